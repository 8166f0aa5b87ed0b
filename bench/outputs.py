"""Times batches with each output beside compute alone and plain files, in turn, in one run.

    bench/outputs.py DRUMGEN DRUMGEN-BENCH [SOUNDS] [ROUNDS]

Writes to TMPDIR, or /dev/shm where there is one: memory-backed, so that no disk is measured. Prints
medians, and the median of the ratios round by round.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

INSTRUMENTS = ("kick", "snare", "hat")


def main():
    drumgen, bench = (os.path.abspath(path) for path in sys.argv[1:3])
    sounds = int(sys.argv[3]) if len(sys.argv) > 3 else 6000
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", memory)) as folder:
        work = pathlib.Path(folder)
        patches = work / "patches.jsonl"
        with patches.open("w") as out:
            subprocess.run([drumgen, "propose", *INSTRUMENTS, "--seed", "1", "-n",
                            str(sounds)], stdout=out, check=True)

        def render(*words):
            def run():
                target = work / "out"
                target.mkdir()
                start = time.perf_counter()
                subprocess.run([drumgen, "render", str(patches), "--duration", "0.5", *words],
                               cwd=target, check=True, stdout=subprocess.DEVNULL)
                taken = time.perf_counter() - start
                shutil.rmtree(target)
                return taken
            return run

        def measured(*words):
            def run():
                target = work / "out"
                target.mkdir()
                words_here = [bench, *(str(target) if word == "OUT" else word for word in words)]
                taken = float(subprocess.run(words_here, check=True, capture_output=True).stdout)
                shutil.rmtree(target)
                return taken
            return run

        def compute(threads):
            return measured("compute", "--count", str(sounds), "--threads", str(threads),
                            "--instruments", ",".join(INSTRUMENTS))

        runs = {
            "compute alone, 2 threads": compute(2),
            "compute alone, 1 thread": compute(1),
            "plain files, 2 threads": measured("files", "OUT", "--count", str(sounds)),
            "TAR": render("-j", "2", "-o", "set.tar"),
            "TAR with manifest": render("-j", "2", "-o", "set.tar", "--manifest", "set.jsonl"),
            "TAR to a pipe": render("-j", "2", "--to", "tar", "-o", "-"),
            "raw 16-bit": render("-j", "2", "--to", "raw", "--bits", "16", "-o", "set.s16"),
            "raw 32-bit float": render("-j", "2", "--to", "raw", "--bits", "32f", "-o", "set.f32"),
            "raw 32-bit to a pipe": render("-j", "2", "--to", "raw", "--bits", "32f", "-o", "-"),
            "files": render("-j", "2", "-o", "{index:06}.wav"),
        }
        taken = {name: [] for name in runs}
        for turn in range(rounds + 1):
            for name, run in runs.items():
                seconds = run()
                if turn > 0:
                    taken[name].append(seconds)

    compute = taken["compute alone, 2 threads"]
    plain = taken["plain files, 2 threads"]
    print(f"{sounds} sounds of 0.5 s, a third each of {', '.join(INSTRUMENTS)}, high quality, whole process")
    print(f"{'output':26} {'sounds/s':>9} {'x':>7} {'of compute':>11} {'of both':>8}")
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        part = statistics.median(c / s for c, s in zip(compute, seconds))
        # What rendering and plain writing cost one after the other.
        both = statistics.median((c + p) / s for c, p, s in zip(compute, plain, seconds))
        print(f"{name:26} {sounds / middle:9.0f} {sounds / middle / 2:7.0f} {part:11.2f} {both:8.2f}")


if __name__ == "__main__":
    main()
