"""How near the sounds come to real drums, what each macro moves, how velocity and presets behave.

    sound.py DRUMGEN [--parts reach,figures,macros,velocity,presets,peaks] [--instruments kick,...] [-n 1000]
             [--seeds 1,2,3,4]

The real drums are those of Debian's hydrogen-data and hydrogen-drumkits. The eight kits named below were looked at when
the proposals were tuned; the others judge the result. A sound becomes a table: 19 bands evenly spaced in pitch from
40 Hz to 16 kHz by 7 windows from its onset, in dB of its whole energy, down to 60 dB below the loudest cell. The
distance of two sounds is the RMS difference of their tables, dB.
"""

import argparse
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from multiprocessing import Pool

import numpy as np
import soundfile
from scipy import fft
from scipy.signal import resample_poly

RATE = 48000
EDGES = np.geomspace(40, 16000, 20)
TIMES = (np.array([0, 5, 15, 35, 80, 170, 350, 700]) * RATE // 1000).astype(int)
SIZE = 40000  # of a transform
TUNING_KITS = {
    "Audiophob", "ColomboAcousticDrumkit", "ElectricEmpireKit", "GMRockKit", "HardElectro1", "Millo-Drums_v.1",
    "TR808EmulationKit", "rumpf_kit_z01_h2",
}
# Kind of real drum: the instrument that makes it, and names that it has in kits. The first that fits counts.
KINDS = {
    "rim": ("rim", r"side|rim|stick"),
    "kick": ("kick", r"kick|bass ?drum|^bd|\bbd\b"),
    "snare": ("snare", r"snare|\bsd\b|^sd"),
    "clap": ("clap", r"clap"),
    "open hat": ("hat", r"(open|oh).*(hat|hh)|hat.*open|hh.*open|^ohh|hihat o|\boh\b"),
    "closed hat": ("hat", r"(closed|close|pedal|ch).*(hat|hh)|hat.*(closed|close|pedal)|^chh|hh.*closed|hihat c"),
    "tom": ("tom", r"tom"),
    "conga": ("tom", r"conga|bongo"),
    "cowbell": ("cowbell", r"cowbell"),
    "cymbal": ("cymbal", r"crash|ride|cymbal|splash|china"),
    "shaker": ("shaker", r"shaker|maraca|cabasa|tamb"),
    "clave": ("clave", r"clave|wood"),
}
FIGURES = ("T20 ms", "attack ms", "centroid Hz", "<200 Hz", "200-1k", "1-5k", ">5k")


def band_masks():
    hz = np.log(np.maximum(np.fft.rfftfreq(SIZE, 1 / RATE), 1))
    edges = np.log(EDGES)
    slope = 0.25 * (edges[1] - edges[0])
    rise = [np.clip((hz - edges[b]) / slope + 0.5, 0, 1) for b in range(19)]
    fall = [np.clip((edges[b + 1] - hz) / slope + 0.5, 0, 1) for b in range(19)]
    return np.sqrt(np.array(rise) * np.array(fall)).astype(np.float32)


MASKS = band_masks()


def onset(sound):
    return int(np.argmax(np.abs(sound) > np.abs(sound).max() * 0.02))


def table(sound):
    start, count = max(0, onset(sound) - 24), TIMES[-1]
    sound = sound[start:start + count]
    sound = np.pad(sound, (0, count - len(sound))).astype(np.float32)
    bands = fft.irfft(fft.rfft(sound, SIZE)[None] * MASKS, SIZE, axis=1)[:, :count].astype(np.float64)
    energy = np.concatenate([np.zeros((19, 1)), np.cumsum(bands * bands, axis=1)], axis=1)
    cells = energy[:, TIMES[1:]] - energy[:, TIMES[:-1]]
    levels = 10 * np.log10(np.maximum(cells, 0) / cells.sum() + 1e-12)
    return np.maximum(levels, levels.max() - 60).ravel()


def distances(a, b):
    return np.sqrt(np.maximum(0, (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T) / a.shape[1])


def figures(sound):
    sound = sound[onset(sound):][: 4 * RATE]
    total = np.cumsum(np.concatenate([np.zeros(240), sound * sound]))
    level = (total[240:] - total[:-240]) / 240
    top = int(np.argmax(level))
    below = level[top:] < level[top] / 100
    t20 = int(np.argmax(below)) if below.any() else len(below)
    power = np.abs(np.fft.rfft(sound, 1 << 18)) ** 2
    hz = np.fft.rfftfreq(1 << 18, 1 / RATE)
    attack = np.argmax(np.abs(sound) >= 0.9 * np.abs(sound).max())
    centroid = math.exp((power * np.log(np.maximum(hz, 20))).sum() / power.sum())
    bounds = ((0, 200), (200, 1000), (1000, 5000), (5000, 24000))
    shares = [power[(hz >= low) & (hz < high)].sum() / power.sum() for low, high in bounds]
    return [t20 / 48, attack / 48, centroid, *shares]


def load(path):
    sound, rate = soundfile.read(path, always_2d=True)
    sound = sound.mean(1)
    if rate != RATE:
        shared = math.gcd(RATE, rate)
        sound = resample_poly(sound, RATE // shared, rate // shared)
    return sound


def real_files():
    """Kind, name of the kit, file."""
    listed = subprocess.run(["dpkg", "-L", "hydrogen-data", "hydrogen-drumkits"], capture_output=True, text=True).stdout
    for xml in sorted(line for line in listed.splitlines() if line.endswith("/drumkit.xml")):
        folder = pathlib.Path(xml).parent
        text = re.sub(r' xmlns="[^"]*"', "", pathlib.Path(xml).read_text(errors="replace"))
        for instrument in ElementTree.fromstring(text).iter("instrument"):
            name = (instrument.findtext("name") or "").lower()
            files = [layer.findtext("filename") for layer in instrument.iter("layer")] or [instrument.findtext("filename")]
            files = [folder / file for file in files if file and (folder / file).exists()]
            kind = next((kind for kind, (_, pattern) in KINDS.items() if re.search(pattern, name)), None)
            if files and kind:
                yield kind, folder.name, files[-1]  # the last layer is the loudest


def real_drums():
    """Kind, whether its kit was tuned with, samples."""
    for kind, kit, path in real_files():
        sound = load(path)
        if np.abs(sound).max(initial=0) > 0:
            yield kind, kit in TUNING_KITS, sound


def drums_and_tables(pool):
    """Kind, kit and file of each drum that is no silence, and their tables."""
    files = list(real_files())
    sounds = pool.map(load, [path for _, _, path in files])
    heard = [at for at, sound in enumerate(sounds) if np.abs(sound).max(initial=0) > 0]
    return [files[at] for at in heard], np.array(pool.map(table, [sounds[at] for at in heard]))


class Drumgen:
    def __init__(self, path):
        self.path = path

    def run(self, *words, lines=""):
        return subprocess.run([self.path, *words], input=lines.encode(), capture_output=True, check=True).stdout

    def sounds(self, lines, seconds, *more, rate=RATE):
        raw = self.run("render", "-", "--bits", "32f", "--duration", str(seconds), "--to", "raw", "-q", "-o", "-", *more,
                       lines=lines)
        return np.frombuffer(raw, "<f4").reshape(-1, int(seconds * rate))

    def proposals(self, instrument, count, seed):
        return self.run("propose", instrument, "--from", "uniform", "-n", str(count), "--seed", str(seed)).decode()

    def macros(self, instrument):
        return json.loads(self.run("schema", instrument, "--format", "json"))["properties"]

    def instruments(self):
        return json.loads(self.run("schema"))["properties"]["instrument"]["enum"]


def reach(drumgen, real, options, pool):
    """Median distance of a real drum to the nearest of n proposals, over some seeds."""
    tables = {}
    for kind, (instrument, _) in KINDS.items():
        if instrument not in options.instruments:
            continue
        for seed in options.seeds:
            if (instrument, seed) not in tables:
                sounds = drumgen.sounds(drumgen.proposals(instrument, options.n, seed), 0.75, "--quality", "draft")
                tables[instrument, seed] = np.array(pool.map(table, list(sounds), chunksize=25))
        for tuned in (True, False):
            wanted = np.array([table(sound) for k, t, sound in real if k == kind and t == tuned])
            if len(wanted) == 0:
                continue
            medians = [np.median(distances(wanted, tables[instrument, seed]).min(1)) for seed in options.seeds]
            print(f"reach {kind:10} {'tuning' if tuned else 'other':6} kits, {len(wanted):2} drums: "
                  f"{np.mean(medians):5.2f} dB ({', '.join(f'{m:.2f}' for m in medians)})", flush=True)


def enclose(drumgen, real, options, pool):
    """Do p5..p95 of the proposals enclose p10..p90 of the real drums?"""
    measured = {}
    for kind, (instrument, _) in KINDS.items():
        if instrument not in options.instruments:
            continue
        if instrument not in measured:
            lines = drumgen.proposals(instrument, options.n, options.seeds[0])
            measured[instrument] = np.array(pool.map(figures, list(drumgen.sounds(lines, 2)), chunksize=25))
        drums = np.array([figures(sound) for k, _, sound in real if k == kind])
        for at, name in enumerate(FIGURES):
            low, high = np.percentile(drums[:, at], [10, 90])
            ours = np.percentile(measured[instrument][:, at], [5, 50, 95])
            verdict = "" if ours[0] <= low and ours[2] >= high else "  NOT ENCLOSED"
            print(f"figures {kind:10} {name:12} real p10..p90 {low:9.4g} .. {high:9.4g}   "
                  f"ours p5, p50, p95 {ours[0]:9.4g} {ours[1]:9.4g} {ours[2]:9.4g}{verdict}", flush=True)
    if "hat" in measured:
        print(f"figures hats with a T20 below 170 ms: {np.mean(measured['hat'][:, 0] < 170):.0%}")


def macros(drumgen, options, pool):
    """How far each macro moves the sound from end to end, and how that is spread over its range."""
    for instrument in options.instruments:
        middles = [json.loads(line)["params"] for line in drumgen.proposals(instrument, 400, 1).splitlines()]
        base = {name: round(float(np.median([one[name] for one in middles])), 4) for name in middles[0]}
        base["variety"] = 0
        for name in base:
            row = drumgen.macros(instrument)[name]
            low, high = row["minimum"], row["maximum"]
            # Pitches and times go evenly in their logarithm.
            places = [low * (high / low) ** (i / 8) if low > 0 else low + (high - low) * i / 8 for i in range(9)]
            lines = [json.dumps({"instrument": instrument, "seed": seed, "params": {**base, name: round(at, 6)}})
                     for seed in (1, 2) for at in places]
            tables = np.array(pool.map(table, list(drumgen.sounds("\n".join(lines), 0.75)))).reshape(2, 9, -1)
            apart = lambda a, b: np.sqrt(((tables[:, a] - tables[:, b]) ** 2).mean(1)).mean()
            steps = np.array([apart(i, i + 1) for i in range(8)])
            print(f"macros {instrument:6} {name:15} end to end {apart(0, 8):5.1f} dB, the largest eighth has "
                  f"{steps.max() / steps.sum():.0%}", flush=True)


def velocity(drumgen, options):
    """Does each harder hit have a louder loudest 5 ms, and how much brighter is the hardest?"""
    for instrument in options.instruments:
        patches = [json.loads(line) for line in drumgen.proposals(instrument, options.n // 5, 9).splitlines()]
        lines = [json.dumps({**patch, "render": {"velocity": step / 20}}) for patch in patches for step in range(21)]
        sounds = drumgen.sounds("\n".join(lines), 1).reshape(len(patches), 21, RATE)
        energy = np.cumsum(sounds.astype(float) ** 2, axis=2)
        level = 10 * np.log10((energy[:, :, 240:] - energy[:, :, :-240])[:, :, ::12].max(2))
        steps = np.diff(level, axis=1)
        ratios = [figures(one[20])[2] / figures(one[0])[2] for one in sounds]
        print(f"velocity {instrument:6} {len(patches)} proposals: least step {steps.min():.2f} dB, "
              f"not rising {np.sum(steps <= 0)}; centroid hardest / softest: median {np.median(ratios):.2f}")


def presets(drumgen, options, pool):
    """How far each preset is from the nearest other of its instrument."""
    names = [line.split()[0] for line in drumgen.run("render", "--list-presets").decode().splitlines()]
    for instrument in options.instruments:
        mine = [name for name in names if name.startswith(instrument + "/")]
        sounds = [np.frombuffer(drumgen.run("render", name, "--bits", "32f", "--duration", "0.75", "--to", "raw", "-o", "-"),
                                "<f4") for name in mine]
        apart = distances(*[np.array(pool.map(table, sounds))] * 2)
        np.fill_diagonal(apart, np.inf)
        for name, row in zip(mine, apart):
            print(f"presets {name:22} nearest {mine[row.argmin()]:22} {row.min():5.1f} dB")


def interpolated_peak(sound):
    """Peak of the band-limited curve through the samples, at 16 places of each."""
    size = fft.next_fast_len(len(sound) + 2048, real=True) // 2 * 2
    return np.abs(fft.irfft(fft.rfft(sound, size), 16 * size) * 16).max()


def sox_peak(sound, rate):
    words = ["sox", "-t", "f32", "-r", str(rate), "-c", "1", "-", "-n", "rate", "-v", "384000", "stat"]
    told = subprocess.run(words, input=sound.astype("<f4").tobytes(), capture_output=True, check=True).stderr.decode()
    return max(abs(float(line.split(":")[1])) for line in told.splitlines() if line.startswith(("Maximum a", "Minimum a")))


def peaks(drumgen, options, pool):
    """Do other meters read the peak of 0.95 that every render is said to have?"""
    count = options.n // 10
    for rate in (44100, 48000, 88200, 96000):
        for quality in ("high", "draft"):
            read, told = [], []
            for instrument in options.instruments:
                sounds = drumgen.sounds(drumgen.proposals(instrument, count, 5), 2, "--rate", str(rate), "--quality", quality,
                                        rate=rate)
                read += pool.map(interpolated_peak, list(sounds), chunksize=8)
                told += [sox_peak(sound, rate) for sound in sounds[::10]]
            decibels = lambda values: 20 * np.log10(np.array(values) / 0.95)
            print(f"peaks {rate:5} Hz {quality:5} ideal interpolation of {len(read)}: {decibels(read).min():+.3f} .. "
                  f"{decibels(read).max():+.3f} dB; sox rate -v 384000 of {len(told)}: {decibels(told).min():+.3f} .. "
                  f"{decibels(told).max():+.3f} dB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drumgen")
    parser.add_argument("--parts", default="reach,figures,macros,velocity,presets,peaks")
    parser.add_argument("--instruments", default="", help="default: all")
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seeds", default="1,2,3,4")
    options = parser.parse_args()
    options.seeds = [int(seed) for seed in options.seeds.split(",")]
    drumgen = Drumgen(os.path.abspath(options.drumgen))
    options.instruments = options.instruments.split(",") if options.instruments else drumgen.instruments()
    parts = options.parts.split(",")
    real = list(real_drums()) if {"reach", "figures"} & set(parts) else []
    with Pool() as pool:
        for part in parts:
            if part == "reach":
                reach(drumgen, real, options, pool)
            elif part == "figures":
                enclose(drumgen, real, options, pool)
            elif part == "macros":
                macros(drumgen, options, pool)
            elif part == "velocity":
                velocity(drumgen, options)
            elif part == "presets":
                presets(drumgen, options, pool)
            elif part == "peaks":
                peaks(drumgen, options, pool)
            else:
                sys.exit(f"sound.py: unknown part {part!r}")


if __name__ == "__main__":
    main()
