#!/usr/bin/python3
"""What goes well once goes well a million times: memory stays flat, and every sound is what it is alone.

usage: long_runs.py BINARY [SOUNDS [WORD]]

SOUNDS go through one batch (1 000 000), and a tenth of them are rated, a hundredth are a kit's and keys of an audition;
WORD chooses runs.
"""

import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from harness import BINARY, Failed, check

SOUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
WORD = sys.argv[3] if len(sys.argv) > 3 else ""
KINDS = ("kick", "snare", "hat", "clap", "rim", "tom", "cowbell", "cymbal", "clave", "shaker")
SHORT = {"duration": 0.1, "quality": "draft"}


def run(*words, status=0, **more):
    done = subprocess.run([BINARY, *words], capture_output=True, **more)
    check(done.returncode == status, f"{words} ends with {done.returncode}: {done.stderr.decode()[:500]}")
    return done.stdout, done.stderr.decode()


def resident_kib(process):
    with open(f"/proc/{process.pid}/status") as status:
        return int(re.search(r"VmRSS:\s*(\d+)", status.read()).group(1))


def proposed(count):
    """Lines of patches without end, of all instruments in turn, as they are proposed."""
    each = count // len(KINDS) + 1
    sources = [subprocess.Popen([BINARY, "propose", kind, "-n", str(each), "--seed", "41"], stdout=subprocess.PIPE) for kind in KINDS]
    for at in range(count):
        patch = json.loads(sources[at % len(KINDS)].stdout.readline())
        patch["index"] = at
        patch.setdefault("render", {}).update(SHORT)
        yield json.dumps(patch).encode() + b"\n"
    for source in sources:
        source.kill()
        source.wait()


def many_sounds():
    """A batch as one TAR; every so many sounds one is rendered alone, and has the same bytes."""
    every = max(SOUNDS // 100, 1)
    early = max(SOUNDS // 100, min(SOUNDS, 1000))
    alone = {}
    process = subprocess.Popen([BINARY, "render", "-", "-q", "--to", "tar", "-o", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        with process.stdin:
            for at, line in enumerate(proposed(SOUNDS)):
                if at % every == 0:
                    alone[at] = line
                process.stdin.write(line)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    seen = compared = early_kib = last_kib = 0
    with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
        while (member := archive.next()) is not None:
            archive.members.clear()
            if not member.name.endswith(".wav"):
                continue  # the patch beside it
            at = seen
            seen += 1
            if at % every == 0:
                data = archive.extractfile(member).read()
                check(run("render", "-", "-o", "-", input=alone.pop(at))[0] == data, f"sound {at} is another one alone")
                compared += 1
            if at == early:
                early_kib = resident_kib(process)
            elif at > early and at % 1000 == 0:
                last_kib = resident_kib(process)
    feeder.join()
    check(process.wait() == 0, "ends well")
    check(seen == SOUNDS, f"{seen} of {SOUNDS} sounds came")
    grown = last_kib / early_kib - 1
    check(last_kib < max(1.05 * early_kib, early_kib + 2048), f"{early_kib} KiB became {last_kib}")
    return f"{seen} sounds, {compared} the same alone; {early_kib} KiB after {early}, {last_kib} KiB at the end ({grown:+.1%})"


def many_ratings():
    count = SOUNDS // 10
    with open("in.jsonl", "wb") as lines:
        for at, line in enumerate(proposed(count)):
            rating = {"time": f"2026-{at // 2592000 % 12 + 1:02}-{at // 86400 % 28 + 1:02}T{at // 3600 % 24:02}:{at // 60 % 60:02}:{at % 60:02}Z",
                      "label": "like" if at % 3 else "dislike", "patch": json.loads(line)}
            lines.write(json.dumps(rating).encode() + b"\n")
    took = []
    for words in (("feedback", "--import", "in.jsonl"), ("feedback", "--list"), ("feedback", "like", "kick"), ("feedback", "--undo", "1"),
                  ("propose", "kick", "--from", "learned", "-n", "5")):
        begin = time.monotonic()
        printed, _ = run(*words, "--ratings", "r.jsonl")
        took.append(f"{words[1].strip('-') if words[0] == 'feedback' else 'learned'} {time.monotonic() - begin:.1f} s")
        if "--list" in words:
            check(printed.count(b"\n") == count, f"{printed.count(chr(10).encode())} of {count} are listed")
    printed, _ = run("feedback", "--list", "--ratings", "r.jsonl")
    check(printed.count(b"\n") == count, "as many as before one was added and taken back")
    return f"{count} ratings: {', '.join(took)}; {os.path.getsize('r.jsonl') >> 20} MiB"


def kit_of_many():
    """So many sounds in one kit: made, in slots that have layers; refused, when each is a slot."""
    count = SOUNDS // 100
    layers = next(layers for layers in range(2, 17) if count <= 64 * layers * layers or layers == 16)
    slots = max(-(-count // layers // layers), 1)
    kit = {"name": "many", "velocities": layers, "round_robins": layers,
           "slots": {f"slot {at}": {"patch": {"instrument": KINDS[at % len(KINDS)], "seed": at, "render": SHORT}} for at in range(slots)}}
    told = []
    for name in ("k.zip", "k.sf2", "k.h2drumkit", "k.dslibrary"):
        begin = time.monotonic()
        run("export-kit", "-", "-o", name, input=json.dumps(kit).encode())
        told.append(f"{name} {os.path.getsize(name) >> 20} MiB in {time.monotonic() - begin:.1f} s")
    printed, _ = run("render", "--verify", "k.zip")
    check(printed.count(b": same") == slots * layers * layers, f"{printed.count(b': same')} are the same")
    lines = "".join(json.dumps({"instrument": "kick", "seed": at}) + "\n" for at in range(max(count, 129)))
    _, error = run("export-kit", "-", "-o", "none.zip", input=lines.encode(), status=2)
    check("at most 128 are allowed" in error and not os.path.exists("none.zip"), error)
    return f"{slots * layers * layers} sounds: {', '.join(told)}; as slots refused"


def page_of_many():
    """As many sounds as a page takes, and one more."""
    most = 2000
    if SOUNDS < 500 * most:
        return "not tried with fewer than a million sounds"
    lines = list(proposed(most + 1))
    run("render", "-", "-q", "--page", "p.html", input=b"".join(lines[:most]))
    size = os.path.getsize("p.html")
    _, error = run("render", "-", "-q", "--page", "none.html", input=b"".join(lines), status=2)
    check("none.html would show more than 2000 sounds" in error and os.listdir(".") == ["p.html"], f"{error} {os.listdir('.')}")
    return f"{most} sounds: {size >> 20} MiB; one more refused"


def many_keys():
    """An audition of so many keys; ratings are those that were not taken back."""
    count = SOUNDS // 100
    keys = "".join(itertools.islice(itertools.cycle("ldlnlmzdul"), count))
    rated = keys.count("l") + keys.count("d") - keys.count("u")
    process = subprocess.Popen([BINARY, "audition", "hat", "kick", "--player", "none", "--ratings", "a.jsonl", "--seed", "1"],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    begin = time.monotonic()
    error = process.communicate(keys.encode())[1].decode()
    check(process.returncode == 0, f"ends with {process.returncode}: {error[:500]}")
    printed, _ = run("feedback", "--list", "--ratings", "a.jsonl")
    check(printed.count(b"\n") == rated, f"{printed.count(chr(10).encode())} ratings, {rated} were given")
    return f"{count} keys, {rated} ratings in {time.monotonic() - begin:.0f} s"


def main():
    failed = 0
    for long_run in (many_sounds, many_ratings, kit_of_many, page_of_many, many_keys):
        if WORD not in long_run.__name__:
            continue
        with tempfile.TemporaryDirectory(prefix="drumgen-long-") as folder:
            os.chdir(folder)
            os.environ["HOME"] = folder
            begin = time.monotonic()
            try:
                print(f"{long_run.__name__:14} {long_run()} ({time.monotonic() - begin:.0f} s in all)", flush=True)
            except Failed as problem:
                print(f"{long_run.__name__:14} FAILED: {problem}", flush=True)
                failed += 1
            os.chdir("/")
    return 1 if failed else 0


sys.exit(main())
