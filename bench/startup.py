"""Times one sound as a whole process, in turn with sox making a file of 0.5 s.

    bench/startup.py DRUMGEN [PAIRS]

Prints medians of wall time and CPU time, and the median of the ratios pair by pair. For peak memory
use /usr/bin/time: a child of Python counts Python's own pages.
Both write to the folder of TMPDIR; drumgen also syncs its file to the disk, sox does not.
"""

import os
import statistics
import sys
import tempfile
import time


def run(words):
    """Wall and CPU seconds of a process."""
    start = time.perf_counter()
    pid = os.posix_spawnp(words[0], words, os.environ)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{words[0]} failed")
    return wall, usage.ru_utime + usage.ru_stime


def main():
    drumgen = sys.argv[1]
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory() as folder:
        ours = [drumgen, "render", "kick", "-o", f"{folder}/k.wav"]
        half = [drumgen, "render", "kick", "--duration", "0.5", "-o", f"{folder}/h.wav"]
        sox = ["sox", "-n", "-r", "48000", "-b", "24", f"{folder}/s.wav", "synth", "0.5", "sine", "50"]
        runs = {"kick, default length": ours, "kick, 0.5 s": half, "sox -n, 0.5 s": sox}
        taken = {name: [] for name in runs}
        for turn in range(pairs + 2):
            for name, words in runs.items():
                result = run(words)
                if turn >= 2:
                    taken[name].append(result)
    print(f"{'whole process':22} {'wall ms':>8} {'cpu ms':>8} {'wall / sox':>11}")
    for name, results in taken.items():
        wall, cpu = (statistics.median(column) for column in zip(*results))
        ratio = statistics.median(
            mine[0] / other[0] for mine, other in zip(results, taken["sox -n, 0.5 s"])
        )
        print(f"{name:22} {wall * 1e3:8.2f} {cpu * 1e3:8.2f} {ratio:11.2f}")


if __name__ == "__main__":
    main()
