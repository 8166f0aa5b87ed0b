"""How well the hits of loops are found, told apart and turned back into loops, and what drums in loops sound like.

    loops.py DRUMGEN [--write] [--keep FOLDER]

Twelve loops are played by fluidsynth with the drums of MuseScore's SoundFont, fourteen are mixed of drums of the Hydrogen
kits that nothing was tuned with (sound.py names those that were): two bars each of a style, some with swing, each hit a few
ms early or late. A hit is found within 25 ms; beside it stands aubioonset. The kind of a hit is that of the drum with the most
energy in its first 150 ms. Single hits are all drums of the kits. Then each loop becomes a kit and its groove, fluidsynth
plays them, and the hits of that are compared with those of the loop.

--write learns what instruments sound like in loops, and writes src/match/loop_kinds.inc: from hits of 330 loops that are mixed
of drums of the other kits and of typical proposals, without what still sounds from before. Up to 24 centres for each instrument;
nearness to each, exp(-(d / 14 dB)^2), is weighted for each instrument by ridge regression, each as much as it is usual in loops.
"""

import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from multiprocessing import Pool

import numpy as np
import soundfile

import sound as real

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests/players"))
from song import write_song  # noqa: E402

RATE = real.RATE
# Beats a minute, swing, and 16 steps of each kind: the ninths of full velocity.
STYLES = (
    ("rock", 110, 0.5, {"kick": "9.......9.9.....", "snare": "....9.......9...", "hat": "8.6.8.6.8.6.8.6."}),
    ("break", 136, 0.5, {"kick": "9.9.......98....", "snare": "....9..4.4..9..4", "hat": "8.7.8.7.8.7.8.7."}),
    ("hiphop", 88, 0.58, {"kick": "9..9...9..9.....", "snare": "....9.......9...", "hat": "8686868686868686"}),
    ("house", 124, 0.5, {"kick": "9...9...9...9...", "snare": "....8.......8...", "open hat": "..7...7...7...7.",
                         "hat": "5...5...5...5..."}),
    ("techno", 132, 0.5, {"kick": "9...9...9...9...", "rim": "...6..6....6..6.", "hat": "..8...8...8...8."}),
    ("trap", 140, 0.5, {"kick": "9.....9...9.....", "snare": "........9.......", "hat": "8.8.8.8.8.8.8888"}),
    ("dnb", 172, 0.5, {"kick": "9.........9.....", "snare": "....9.......9...", "hat": "8.8.8.8.8.8.8.8."}),
    ("toms", 120, 0.5, {"kick": "9.......9.......", "snare": "....9...........", "tom": "........8.88.8.8",
                        "hat": "7.7.7.7........."}),
    ("ride", 100, 0.5, {"kick": "9.....8.9.......", "snare": "....9.....5.9...", "cymbal": "7...7...7...7..."}),
    ("swing", 150, 0.62, {"kick": "7.......7.......", "snare": "....6..........6", "hat": "....7.......7...",
                          "cymbal": "8...8.6.8...8.6."}),
    ("half", 80, 0.5, {"kick": "9...8...........", "snare": "........9.......", "hat": "7.7.7.7.7.7.7.7."}),
    ("bossa", 128, 0.5, {"kick": "9..69..69..69..6", "rim": "8..8...8..8..8..", "hat": "5.5.5.5.5.5.5.5."}),
    ("sparse", 96, 0.5, {"kick": "9...............", "snare": "........9.......", "hat": "....7.......7..."}),
    ("funk", 104, 0.54, {"kick": "9.9...9..9......", "snare": "....9..3.3..9.33", "hat": "8787878787878787"}),
)
KEYS = {"kick": 36, "snare": 38, "hat": 42, "open hat": 46, "rim": 37, "tom": 45, "cymbal": 51}
SOUND_FONT = "/usr/share/sounds/sf3/MuseScore_General.sf3"
PROGRAMS = (0, 8, 16, 24, 25, 32)  # standard, room, power, electronic, 808, jazz
STEPS = 16
TOGETHER_S = 0.03
NEAR_S = 0.025
FILE = pathlib.Path(__file__).parent.parent / "src/match/loop_kinds.inc"


def pattern(seed):
    """Name of a style, tempo, hits (seconds, kind, velocity 0..1) in order, and the end of two bars."""
    rng = random.Random(seed)
    name, bpm, swing, rows = STYLES[seed % len(STYLES)]
    bpm = round(bpm * rng.uniform(0.9, 1.12), 1)
    step = 60 / bpm / 4
    hits = []
    for bar in (0, 1):
        for kind, row in rows.items():
            for place, mark in enumerate(row):
                velocity = int(mark) / 9 * rng.uniform(0.88, 1.06) if mark != "." else 0
                if velocity and not (bar and place and rng.random() < 0.06):
                    late = (2 * swing - 1) * step if place % 2 else 0
                    hits.append((max((bar * STEPS + place) * step + late + rng.gauss(0.02, 0.003), 0), kind, min(velocity, 1)))
    return name, bpm, sorted(hits), 2 * STEPS * step + 0.02


def truth_of(hits):
    """(seconds, kind, energy) as what is heard: (seconds, the loudest kind, all kinds)."""
    heard = []
    for seconds, kind, energy in sorted(hits):
        if heard and seconds - heard[-1][0] < TOGETHER_S:
            heard[-1][1].append((energy, kind))
        else:
            heard.append((seconds, [(energy, kind)]))
    return [(seconds, max(kinds)[1].removeprefix("open "), [kind for _, kind in kinds]) for seconds, kinds in heard]


def fluidsynth(out, font, song, gain=0.7):
    subprocess.run(["fluidsynth", "-niq", "-r", str(RATE), "-g", str(gain), "-R", "0", "-C", "0", "-T", "wav", "-F", out, font, song],
                   check=True, capture_output=True)
    return soundfile.read(out)[0].mean(1)


def played(seed):
    """A loop of a SoundFont: samples, tempo, truth."""
    with tempfile.TemporaryDirectory() as folder:
        song, out = folder + "/s.mid", folder + "/s.wav"
        name, bpm, hits, end = pattern(seed)
        program = PROGRAMS[seed % len(PROGRAMS)]
        energies = {}
        for kind in {kind for _, kind, _ in hits}:
            write_song(song, [(0.1, KEYS[kind], 108)], 1, program=program)
            energies[kind] = float((fluidsynth(out, SOUND_FONT, song)[:RATE // 4] ** 2).sum())
        write_song(song, [(seconds, KEYS[kind], max(1, round(velocity * 120))) for seconds, kind, velocity in hits], end, program=program)
        loop = fluidsynth(out, SOUND_FONT, song)[:int((end + 0.3) * RATE)]
        return f"{name}, program {program}", loop, bpm, truth_of((s, kind, energies[kind] * v**4) for s, kind, v in hits)


def onset_of(drum):
    """Where a tenth of its peak is passed: the beginning that is heard."""
    return int(np.argmax(np.abs(drum) > 0.1 * np.abs(drum).max()))


def mix(hits, end_s):
    """Samples of (seconds, kind, gain, drum), and (seconds, kind, energy) of each."""
    loop = np.zeros(int((end_s + 0.3) * RATE))
    energies = []
    for seconds, kind, gain, drum in hits:
        onset = onset_of(drum)
        at = int(seconds * RATE) - onset
        part = drum[max(0, -at):] * gain
        at = max(at, 0)
        loop[at:at + len(part)] += part[:len(loop) - at]
        energies.append((seconds, kind, float((drum[:onset + int(0.15 * RATE)] ** 2).sum()) * gain**2))
    return loop, energies


def drums_of_kits(is_tuned):
    """Kind of pattern, then drums, of each kit that was tuned with or was not; none whose sample is of several strokes."""
    kits = {}
    for kind, kit, path in real.real_files():
        if (kit in real.TUNING_KITS) == is_tuned and "Flink" not in path.name and np.abs(drum := real.load(path)).max(initial=0) > 0:
            kits.setdefault(kit, {}).setdefault("hat" if kind == "closed hat" else kind, []).append(drum)
    return kits


def mixed(seed, kits):
    """A loop of a Hydrogen kit that has kick, snare and hat."""
    whole = [kit for kit in sorted(kits) if {"kick", "snare", "hat"} <= set(kits[kit])]
    kit = whole[seed % len(whole)]
    rng = random.Random(1000 + seed)
    name, bpm, hits, end = pattern(seed)
    chosen = {kind: rng.choice(drums) for kind, drums in kits[kit].items()}
    others = {"tom": "snare", "rim": "snare", "cymbal": "open hat", "open hat": "hat"}

    def has(kind):
        return kind if kind in chosen else has(others[kind])

    loop, energies = mix([(s, has(kind), v * v, chosen[has(kind)]) for s, kind, v in hits], end)
    return f"{name}, {kit}", loop / max(1, np.abs(loop).max()), bpm, truth_of(energies)


def score(found, truth):
    """How many are found, invented, missed, each at most once."""
    left = list(found)
    hit = 0
    for seconds in truth:
        near = min(left, key=lambda at: abs(at - seconds), default=None)
        if near is not None and abs(near - seconds) <= NEAR_S:
            left.remove(near)
            hit += 1
    return hit, len(left), len(truth) - hit


def f1(scores):
    hit, invented, missed = np.sum(scores, axis=0)
    return 2 * hit / (2 * hit + invented + missed)


def tell_f1(what, scores):
    hit, invented, missed = np.sum(scores, axis=0)
    print(f"loops: {what:28} F1 {f1(scores):.3f}, precision {hit / (hit + invented):.3f}, recall {hit / (hit + missed):.3f}, "
          f"worst {min(f1([one]) for one in scores):.2f}")


class Matcher:
    def __init__(self, path):
        self.path = path

    def hits(self, path, *words):
        lines = subprocess.run([self.path, "match", path, "--hits", *words], capture_output=True, check=True).stdout
        return [json.loads(line) for line in lines.splitlines()]


def hits_of_loops(matcher, loops, folder):
    """F1 of hits beside aubio's, and how many kinds are right."""
    ours, theirs, kinds, wrong = [], [], [], {}
    for number, (name, loop, _, truth) in enumerate(loops):
        path = f"{folder}/{number:02}.wav"
        soundfile.write(path, loop, RATE, subtype="PCM_24")
        hits = matcher.hits(path)
        times = [seconds for seconds, _, _ in truth]
        ours.append(score([hit["at_s"] for hit in hits], times))
        lines = subprocess.run(["aubioonset", path], capture_output=True, check=True).stdout.split()
        theirs.append(score([float(line) for line in lines], times))
        for seconds, kind, _ in truth:
            near = min(hits, key=lambda hit: abs(hit["at_s"] - seconds))
            if abs(near["at_s"] - seconds) <= NEAR_S and kind in ("kick", "snare", "hat", "tom", "cymbal"):
                kinds.append(near["instrument"] == kind)
                if not kinds[-1]:
                    wrong[kind, near["instrument"]] = wrong.get((kind, near["instrument"]), 0) + 1
        if f1(ours[-1:]) < 0.9:
            print(f"loops:   {name}: {f1(ours[-1:]):.2f} of {len(truth)} hits")
    tell_f1("hits", ours)
    tell_f1("hits, aubioonset", theirs)
    most = ", ".join(f"{a} as {b} {n}" for (a, b), n in sorted(wrong.items(), key=lambda item: -item[1])[:6])
    print(f"loops: kinds right              {np.mean(kinds):.1%} of {len(kinds)} ({most})")


def loops_again(matcher, loops, folder):
    """Tempo, and each loop as a kit and its groove, played by fluidsynth, beside itself."""
    tempos, again, levels = [], [], []
    for number, (name, loop, bpm, _) in enumerate(loops):
        path, kit, groove, out = (f"{folder}/{number:02}{end}" for end in (".wav", ".sf2", ".mid", "-again.wav"))
        done = subprocess.run([matcher.path, "match", path, "--all-hits", "--effort", "1000", "--groove", groove],
                              capture_output=True, check=True)
        found = float(re.search(rb"([\d.]+) BPM", done.stderr).group(1))
        tempos.append(min(abs(found * factor / bpm - 1) for factor in (0.5, 1, 2)) < 0.01)
        subprocess.run([matcher.path, "export-kit", "-", "--velocities", "4", "-q", "-o", kit], input=done.stdout, check=True)
        played_again = fluidsynth(out, kit, groove)[:len(loop)]
        played_again = np.pad(played_again, (0, len(loop) - len(played_again)))
        soundfile.write(out, played_again / np.abs(played_again).max(), RATE, subtype="PCM_24")
        times = [hit["at_s"] for hit in matcher.hits(path)]
        again.append(score([hit["at_s"] for hit in matcher.hits(out)], times))

        def level(samples, seconds):
            first = int(seconds * RATE)
            return 10 * np.log10((samples[first:first + RATE * 80 // 1000] ** 2).sum() + 1e-9)

        apart = np.array([level(played_again, seconds) - level(loop, seconds) for seconds in times])
        levels.append(np.median(np.abs(apart - np.median(apart))))
        if f1(again[-1:]) < 0.9:
            print(f"loops:   {name}: {f1(again[-1:]):.2f} of its hits are there again")
    print(f"loops: tempo within 1 %         {sum(tempos)} of {len(tempos)}, half and double counted as right")
    tell_f1("hits of loops made again", again)
    print(f"loops: their levels             {np.median(levels):.1f} dB apart (median of medians), worst loop {max(levels):.1f} dB")


def single_hits(matcher):
    """How many drums of the kits are one hit."""
    counts = {False: [], True: []}
    for _, kit, path in real.real_files():
        if np.abs(real.load(path)).max(initial=0) > 0:
            counts[kit in real.TUNING_KITS].append(len(matcher.hits(str(path))))
    for is_tuned, found in counts.items():
        one = sum(count == 1 for count in found)
        print(f"loops: one hit each             {one} of {len(found)} drums of kits that {'were' if is_tuned else 'nothing was'} tuned with")


# What is usual in loops, for what is learned.
USUAL = {"kick": 0.28, "snare": 0.2, "hat": 0.32, "tom": 0.06, "cymbal": 0.07, "clap": 0.02, "rim": 0.025, "cowbell": 0.01,
         "shaker": 0.01, "clave": 0.005}
ROWS = {
    "kick": ("9.......9.9.....", "9.9.......98....", "9..9...9..9.....", "9...9...9...9...", "9.....9...9.....", "9..69..69..69..6"),
    "snare": ("....9.......9...", "....9..4.4..9..4", "........9.......", "....9..3.3..9.33", "............9.99"),
    "hat": ("8.6.8.6.8.6.8.6.", "8686868686868686", "..7...7...7...7.", "8.8.8.8.8.8.8888", "7...7...7...7...", "....8.......8..."),
    "tom": ("........8.88.8.8", "..........8.8.8.", "....8..8..8.....", "8.8............."),
    "cymbal": ("7...7...7...7...", "8...8.6.8...8.6.", "9...............", "8.8.8.8.8.8.8.8."),
    "rim": ("...6..6....6..6.", "8..8...8..8..8.."), "clap": ("....9.......9...", "....9.......9..7"),
    "cowbell": ("8...8...8...8...", "8.8..8.8.8..8.8."), "shaker": ("8686868686868686", "8.8.8.8.8.8.8.8."),
    "clave": ("8..8..8...8.8...",),
}
SHARE = {"kick": 1, "snare": 1, "hat": 0.8, "tom": 0.45, "cymbal": 0.4, "rim": 0.2, "clap": 0.2, "cowbell": 0.15, "shaker": 0.15,
         "clave": 0.12}
LEVEL_DB = {"hat": -8, "shaker": -9, "cymbal": -5}
CENTRES, WIDTH_DB, RIDGE, LOOPS = 24, 14, 0.3, 330
BANDS, WINDOWS = 19, 7
EDGES_MS = np.array([0, 5, 15, 35, 80, 170, 350, 700.0])
drums_to_learn = {}


def energies_of(samples):
    """Energies of the cells of a table that begins with the first sample."""
    count = real.TIMES[-1]
    samples = np.pad(samples[:count], (0, max(0, count - len(samples)))).astype(np.float32)
    bands = real.fft.irfft(real.fft.rfft(samples, real.SIZE)[None] * real.MASKS, real.SIZE, axis=1)[:, :count].astype(float)
    energy = np.concatenate([np.zeros((BANDS, 1)), np.cumsum(bands * bands, axis=1)], axis=1)
    return energy[:, real.TIMES[1:]] - energy[:, real.TIMES[:-1]]


def net_levels(loop, at, length_s):
    """The table of a hit as match/recording.h has it: without what still sounds from before, as far as it is known."""
    energy = energies_of(loop[max(0, at - 32):])
    first = at - int(0.0807 * RATE)
    if first >= 0:
        before = energies_of(loop[first:at - 48])
        early, late = before[:, 2] / 20, before[:, 3] / 44
        fall = np.clip((late + 1e-12) / (early + 1e-12), 1e-3, 1 - 1e-6) ** (1 / 32)  # in a ms
        left = late * fall**23
        energy -= left[:, None] * np.diff(fall[:, None] ** EDGES_MS, axis=1) / np.log(fall)[:, None]
    energy = np.maximum(energy, 0)
    known = max(1, int(np.searchsorted(EDGES_MS, length_s * 1000, side="right")) - 1)
    energy[:, known:] = 0
    levels = 10 * np.log10(energy / max(energy.sum(), 1e-20) + 1e-12)
    levels = np.maximum(levels, levels.max() - 60)
    levels[:, known:] = np.nan
    return levels.ravel()


def learned_loop(seed):
    """Tables of the hits of a random loop, and the kind of each."""
    rng = random.Random(seed)
    step = 60 / rng.uniform(75, 175) / 4
    kinds = [kind for kind, share in SHARE.items() if rng.random() < share]
    if rng.random() < 0.25:
        kinds.remove(rng.choice(kinds))
    swing = rng.choice((0.5, 0.5, 0.56, 0.62))
    hits = []
    for kind in kinds:
        drums = drums_to_learn[kind]
        drum = rng.choice(drums)
        other = rng.choice(drums) if kind in ("tom", "hat") else drum
        level = 10 ** (rng.gauss(LEVEL_DB.get(kind, -1), 4) / 20)
        for bar in (0, 1):
            for place, mark in enumerate(rng.choice(ROWS[kind])):
                if mark != "." and not (bar and rng.random() < 0.08):
                    gain = (int(mark) / 9 * rng.uniform(0.85, 1.06)) ** 2 * level
                    late = (2 * swing - 1) * step if place % 2 else 0
                    seconds = max((bar * STEPS + place) * step + late + rng.gauss(0.02, 0.003), 0.005)
                    hits.append((seconds, kind, gain, other if rng.random() < 0.25 else drum))
    loop, energies = mix(sorted(hits, key=lambda hit: hit[0]), 2 * STEPS * step + 0.5)
    truth = truth_of(energies)
    ends = [seconds for seconds, _, _ in truth[1:]] + [len(loop) / RATE]
    return [(net_levels(loop, max(0, int((seconds + rng.gauss(0, 0.0015)) * RATE)), end - seconds), kind)
            for (seconds, kind, _), end in zip(truth, ends)]


def centres_of(tables, rng):
    """Lloyd's k-means, where windows that are not known do not count; whole dB."""
    known = ~np.isnan(tables)
    levels = np.where(known, tables, 0)
    centres = np.where(known, tables, -55.0)[rng.choice(len(tables), min(CENTRES, len(tables)), replace=False)]
    for _ in range(20):
        nearest = distances(tables, centres).argmin(1)
        for k in range(len(centres)):
            count = known[nearest == k].sum(0)
            mean = levels[nearest == k].sum(0) / np.maximum(count, 1)
            centres[k] = np.where(count > 0, mean, centres[k])
    return np.rint(centres)


def distances(tables, centres):
    """Mean squares over what is known."""
    known = ~np.isnan(tables)
    levels = np.where(known, tables, 0)
    square = (levels**2).sum(1)[:, None] - 2 * levels @ centres.T + known.astype(float) @ (centres**2).T
    return np.maximum(square, 0) / known.sum(1)[:, None]


def learn(drumgen):
    names = drumgen.instruments()
    for kit in drums_of_kits(True).values():
        for kind, drums in kit.items():
            name = "hat" if kind == "hat" else real.KINDS[kind][0]
            drums_to_learn.setdefault(name, []).extend(4 * [drum / np.abs(drum).max() for drum in drums])
    for name in names:
        lines = drumgen.run("propose", name, "-n", "60", "--seed", "77").decode()
        for drum in drumgen.sounds(lines, 1.5, "--quality", "draft"):
            if np.abs(drum).max() > 0:
                drums_to_learn.setdefault(name, []).append(np.asarray(drum, float) / np.abs(drum).max())
    with Pool() as pool:
        hits = sum(pool.map(learned_loop, range(LOOPS), chunksize=5), [])
    tables = np.array([table for table, _ in hits])
    labels = np.array([names.index(kind) for _, kind in hits])
    rng = np.random.default_rng(0)
    centres = np.concatenate([centres_of(tables[labels == k], rng) for k in range(len(names))])
    near = np.c_[np.exp(-distances(tables, centres) / WIDTH_DB**2), np.ones(len(tables))]
    weight = (np.array([USUAL[name] for name in names]) / np.bincount(labels, minlength=len(names)) * len(labels))[labels]
    wanted = np.eye(len(names))[labels] * 2 - 1
    weights = np.linalg.solve(near.T @ (near * weight[:, None]) + RIDGE * np.eye(near.shape[1]), near.T @ (wanted * weight[:, None]))
    print(f"loops: learned from {len(labels)} hits, {np.mean((near @ weights).argmax(1) == labels):.1%} of these are known")
    lines = ["// Written by bench/loops.py --write: typical hits in loops, levels of their tables in dB, and what nearness to",
             "// each says for each instrument; the last row of weights is that of every hit.",
             f"constexpr double loop_width_db = {WIDTH_DB};",
             f"constexpr std::array<std::string_view, {len(names)}> loop_names{{" + ", ".join(f'"{name}"' for name in names) + "};",
             f"constexpr std::int8_t loop_levels[{len(centres)}][hit_cells]{{"]
    lines += ["    {" + ",".join(str(int(level)) for level in centre) + "}," for centre in centres]
    lines += ["};", f"constexpr float loop_weights[{len(weights)}][{len(names)}]{{"]
    lines += ["    {" + ",".join(f"{value:.3f}F" for value in row) + "}," for row in weights]
    FILE.write_text("\n".join([*lines, "};"]) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drumgen")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--keep", metavar="FOLDER", help="where the loops stay")
    options = parser.parse_args()
    path = os.path.abspath(options.drumgen)
    if options.write:
        learn(real.Drumgen(path))
        return
    matcher = Matcher(path)
    kits = drums_of_kits(False)
    with Pool() as pool:
        loops = pool.map(played, range(500, 512)) + [mixed(seed, kits) for seed in range(700, 714)]
    with tempfile.TemporaryDirectory() as folder:
        folder = options.keep or folder
        os.makedirs(folder, exist_ok=True)
        hits_of_loops(matcher, loops, folder)
        loops_again(matcher, loops, folder)
        single_hits(matcher)


if __name__ == "__main__":
    main()
