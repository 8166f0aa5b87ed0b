"""How near matches come to recordings, whether they find the instrument, and how long that takes.

    match.py DRUMGEN BENCH [--parts real,own,instrument,weights,time] [--kinds kick,...] [--effort N] [-n 6]

real: for each kind of real drum the median distance of its match, as drumgen tells it, for the kits that proposals were
tuned with and for the others. own: sounds of ours with macros drawn as proposals are, with their seeds and with small
ones and no variety; how many come within 2 dB, within 10 cents (where a pitch is clear) and within 10 % of T20.
instrument: how often it is found, by name and sound, and with names that tell nothing. weights: of two drums of one kind
and one of another, from different kits, how often the two are the nearer, with each part of the difference left out.
time: seconds for one sound, medians, on all processors.
"""

import argparse
import json
import math
import os
import pathlib
import subprocess
import tempfile
import time

import numpy as np

import sound as real


class Matcher:
    def __init__(self, options):
        self.path = os.path.abspath(options.drumgen)
        self.effort = options.effort

    def run(self, *words, text=None):
        return subprocess.run([self.path, *words], input=text, capture_output=True, text=True, check=False).stdout

    def matches(self, files, *words):
        """A patch each."""
        effort = ["--effort", str(self.effort)] if self.effort else []
        return [json.loads(line) for line in self.run("match", *map(str, files), "-q", *effort, *words).splitlines()]

    def described(self, path):
        return json.loads(self.run("render", "--describe", str(path)))["features"]


def real_matches(matcher, drums, options):
    for kind in options.kinds:
        for tuned in (True, False):
            files = [path for k, kit, path in drums if k == kind and (kit in real.TUNING_KITS) == tuned]
            if files:
                found = [patch["distance_db"] for patch in matcher.matches(files, "--instrument", real.KINDS[kind][0])]
                print(f"real {kind:10} {'tuning' if tuned else 'other':6} kits, {len(found):2} drums: median "
                      f"{np.median(found):.2f} dB, quartiles {np.percentile(found, 25):.2f} {np.percentile(found, 75):.2f}",
                      flush=True)


def own_matches(matcher, options):
    totals = {}
    for instrument in json.loads(matcher.run("schema"))["properties"]["instrument"]["enum"]:
        lines = matcher.run("propose", instrument, "-n", str(options.n), "--seed", "4242").splitlines()
        for seeds in ("drawn", "small"):
            patches = [json.loads(line) for line in lines]
            if seeds == "small":
                for seed, patch in enumerate(patches):
                    patch["seed"] = seed
                    del patch["params"]["variety"]
            with tempfile.TemporaryDirectory() as folder:
                text = "\n".join(map(json.dumps, patches))
                matcher.run("render", "-", "--bare", "-o", folder + "/{index:02}.wav", text=text)
                files = sorted(pathlib.Path(folder).glob("*.wav"))
                found = matcher.matches(files, "--instrument", instrument)
                distances = [patch["distance_db"] for patch in found]
                text = "\n".join(json.dumps({**patch, "name": f"{at:02}"}) for at, patch in enumerate(found))
                matcher.run("render", "-", "-o", folder + "/found-{name}.wav", text=text)
                pairs = [(matcher.described(file), matcher.described(f"{folder}/found-{at:02}.wav"))
                         for at, file in enumerate(files)]
            cents = [abs(1200 * math.log2(b["f0_hz"] / a["f0_hz"])) for a, b in pairs if a["f0_hz"] and b["f0_hz"]]
            t20 = [abs(b["t20_s"] / a["t20_s"] - 1) for a, b in pairs]
            total = totals.setdefault(seeds, ([], [], []))
            for all_of, some in zip(total, (distances, cents, t20)):
                all_of += some
            print(f"own {instrument:8} {seeds} seeds: median {np.median(distances):.2f} dB, within 2 dB "
                  f"{np.mean(np.array(distances) < 2):.0%}", flush=True)
    for seeds, (distances, cents, t20) in totals.items():
        print(f"own, all of {seeds} seeds, {len(distances)}: median {np.median(distances):.2f} dB, within 2 dB "
              f"{np.mean(np.array(distances) < 2):.0%}; {len(cents)} with a clear pitch: within 10 cents "
              f"{np.mean(np.array(cents) < 10):.0%}; T20 within 10 %: {np.mean(np.array(t20) < 0.1):.0%}")


def instruments_found(matcher, drums):
    wanted = [real.KINDS[kind][0] for kind, _, _ in drums]
    with tempfile.TemporaryDirectory() as folder:
        nameless = [pathlib.Path(folder, f"{at:03}{path.suffix}") for at, (_, _, path) in enumerate(drums)]
        for link, (_, _, path) in zip(nameless, drums):
            link.symlink_to(path)
        for names, files in (("by name and sound", [path for _, _, path in drums]), ("by sound alone", nameless)):
            found = [json.loads(line)["instrument"] for line in
                     matcher.run("match", *map(str, files), "-q", "--effort", "100").splitlines()]
            tuned = np.array([kit in real.TUNING_KITS for _, kit, _ in drums])
            right = np.array([a == b for a, b in zip(found, wanted, strict=True)])
            print(f"instrument of {len(drums)} real drums {names}: {right.mean():.1%} "
                  f"(tuning kits {right[tuned].mean():.1%}, others {right[~tuned].mean():.1%})", flush=True)


def weights(drums, options):
    printed = subprocess.run([os.path.abspath(options.bench), "differences"], capture_output=True, text=True, check=True,
                             input="".join(f"{path}\n" for _, _, path in drums)).stdout
    pairs = np.array([line.split() for line in printed.splitlines()], float)
    count = len(drums)
    apart = np.zeros((5, count, count))
    a, b = pairs[:, 0].astype(int), pairs[:, 1].astype(int)
    apart[:, a, b] = apart[:, b, a] = pairs[:, 2:].T
    kinds = np.array([kind for kind, _, _ in drums])
    kits = np.array([kit for _, kit, _ in drums])
    parts = ("level", "pitch", "noisiness", "attack", "course")
    for label, used in (("all", range(5)), ("levels alone", [0]),
                        *((f"without {parts[k]}", [j for j in range(5) if j != k]) for k in range(1, 5))):
        distance = np.sqrt((apart[list(used)] ** 2).sum(0))
        shares = {}
        for tuned in (True, False):
            among = np.array([(kit in real.TUNING_KITS) == tuned for kit in kits])
            nearer = []
            for at in np.where(among)[0]:
                same = distance[at][among & (kinds == kinds[at]) & (kits != kits[at])]
                other = distance[at][among & (kinds != kinds[at]) & (kits != kits[at])]
                if len(same):
                    nearer.append((same[:, None] < other[None]).mean())
            shares[tuned] = np.mean(nearer)
        print(f"weights: {label:18} the drum of the same kind is nearer in {shares[True]:.1%} (tuning kits), "
              f"{shares[False]:.1%} (others)", flush=True)


def times(matcher, drums, options):
    for kind in options.kinds:
        files = [path for k, _, path in drums if k == kind][:5]
        seconds = []
        for path in files:
            start = time.perf_counter()
            matcher.matches([path], "--instrument", real.KINDS[kind][0])
            seconds.append(time.perf_counter() - start)
        print(f"time {kind:10} {np.median(seconds):.2f} s a sound on {os.cpu_count()} processors", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drumgen")
    parser.add_argument("bench")
    parser.add_argument("--parts", default="real,own,instrument,weights,time")
    parser.add_argument("--kinds", default=",".join(real.KINDS))
    parser.add_argument("--effort", type=int, default=0, help="default: drumgen's own")
    parser.add_argument("-n", type=int, default=6, help="sounds of each instrument of ours")
    options = parser.parse_args()
    options.kinds = options.kinds.split(",")
    matcher = Matcher(options)
    drums = [(kind, kit, path) for kind, kit, path in real.real_files() if np.abs(real.load(path)).max(initial=0) > 0]
    parts = {
        "real": lambda: real_matches(matcher, drums, options),
        "own": lambda: own_matches(matcher, options),
        "instrument": lambda: instruments_found(matcher, drums),
        "weights": lambda: weights(drums, options),
        "time": lambda: times(matcher, drums, options),
    }
    for part in options.parts.split(","):
        if part not in parts:
            parser.error(f"unknown part {part!r}, is none of {', '.join(parts)}")
        parts[part]()


if __name__ == "__main__":
    main()
