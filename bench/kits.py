"""Times export-kit as a whole process, in turn with render of the same sounds.

    bench/kits.py DRUMGEN [PAIRS]

A plain kit of the first 16 presets beside the files of its sounds: medians, and the median of the ratios
pair by pair. Then the same kit with 4 velocities and 3 round robins, in each format alone: time, size, and
peak memory, which counts Python's own pages when it is small.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

FORMATS = ("zip", "dir", "hydrogen", "sf2", "decentsampler", "drumgizmo")


def run(words):
    """Wall seconds, CPU seconds and peak MiB of a process."""
    start = time.perf_counter()
    pid = os.posix_spawnp(words[0], words, os.environ)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{words} failed")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def size_of(path):
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return len(files), sum(one.stat().st_size for one in files)


def main():
    drumgen = sys.argv[1]
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    listed = subprocess.run([drumgen, "render", "--list-presets"], capture_output=True, text=True, check=True).stdout
    presets = [line.split()[0] for line in listed.splitlines()][:16]
    slots = [word for number, preset in enumerate(presets) for word in ("--slot", f"s{number}={preset}")]
    with tempfile.TemporaryDirectory() as folder:
        runs = {
            "render, 16 files": [drumgen, "render", *presets, "-o", f"{folder}/{{index}}.wav"],
            "export-kit": [drumgen, "export-kit", *slots, "-o", f"{folder}/kit.zip"],
            "export-kit --describe": [drumgen, "export-kit", *slots, "--describe", "-o", f"{folder}/kit.zip"],
        }
        taken = {name: [] for name in runs}
        for turn in range(pairs + 2):
            for name, words in runs.items():
                result = run(words)
                if turn >= 2:
                    taken[name].append(result)
        print(f"{'16 slots':24} {'wall ms':>8} {'cpu ms':>8} {'wall / render':>14}")
        for name, results in taken.items():
            wall, cpu, _ = (statistics.median(column) for column in zip(*results))
            ratio = statistics.median(
                mine[0] / other[0] for mine, other in zip(results, taken["render, 16 files"]))
            print(f"{name:24} {wall * 1e3:8.1f} {cpu * 1e3:8.1f} {ratio:14.2f}")
        print(f"\n{'16 x 4 x 3':24} {'wall ms':>8} {'MB':>8} {'files':>8} {'peak MiB':>9}")
        for name in FORMATS:
            path = pathlib.Path(folder, f"deep-{name}")
            words = [drumgen, "export-kit", *slots, "--velocities", "4", "--round-robins", "3", "--format", name,
                     "-o", str(path)]
            results = [run(words) for _ in range(5)]
            count, size = size_of(path)
            wall, _, peak = (statistics.median(column) for column in zip(*results))
            print(f"{name:24} {wall * 1e3:8.0f} {size / 1e6:8.1f} {count:8} {peak:9.0f}")


if __name__ == "__main__":
    main()
