#!/usr/bin/python3
"""Fails each call to the system's files in turn, and allocations, in every command that writes; nothing may be lost or torn.

usage: faults.py FAULTY [STRIDE [WORD]]

FAULTY is drumgen-faulty. With a STRIDE every so many calls fail; WORD chooses commands.
"""

import errno
import json
import os
import pathlib
import subprocess
import sys
import tempfile

FAULTY = os.path.abspath(sys.argv[1])
STRIDE = int(sys.argv[2]) if len(sys.argv) > 2 else 1
WORD = sys.argv[3] if len(sys.argv) > 3 else ""
ERRORS = (errno.ENOSPC, errno.EIO)
QUICK = ("--duration", "0.05", "--quality", "draft")
TWO = ("--slot", "kick=kick", "--slot", "hat=hat")
LIMIT_S = 120


def run(*words, stdin=b"", **environment):
    """The exit status, what was printed, what was told, and whether something failed on the way."""
    told, tell = os.pipe()
    os.set_inheritable(tell, True)
    done = subprocess.run([FAULTY, *words], input=stdin, capture_output=True, timeout=LIMIT_S, pass_fds=(tell,),
                          env={**os.environ, "DRUMGEN_TOLD": str(tell), **environment})
    os.close(tell)
    has_failed = bool(os.read(told, 1))
    os.close(told)
    return done.returncode, done.stdout, done.stderr.decode(), has_failed


def files():
    """All that is here, by name."""
    return {str(path): path.read_bytes() for path in sorted(pathlib.Path(".").rglob("*")) if path.is_file()}


def lines(*kinds):
    return "".join(json.dumps({"instrument": kind, "seed": seed, "render": {"duration": 0.05, "quality": "draft"}}) + "\n"
                   for seed, kind in enumerate(kinds)).encode()


def rated(count):
    text = run("propose", "kick", "-n", str(count), "--seed", "4")[1].decode()
    return "".join(json.dumps({"time": f"2026-11-30T00:00:{at:02}Z", "label": "like", "patch": json.loads(line)}) + "\n"
                   for at, line in enumerate(text.splitlines())).encode()


def with_ratings():
    pathlib.Path("old.jsonl").write_bytes(rated(3))
    run("feedback", "--import", "old.jsonl", "--ratings", "r.jsonl")


def with_old(*names):
    for name in names:
        pathlib.Path(name).write_bytes(b"old")


def with_recording():
    run("render", "kick", "--duration", "0.3", "-o", "in.wav")


def with_half_a_batch():
    """A batch that was stopped after its first sound."""
    pathlib.Path("in.jsonl").write_bytes(lines("kick", "hat", "rim"))
    run("render", "-", "-o", "{index}.wav", "--manifest", "m.jsonl", "-q", stdin=lines("kick"))


# A command, what is there before it, its words, and its standard input.
COMMANDS = (
    ("render a file", lambda: with_old("a.wav"), ("render", "kick", *QUICK, "-o", "a.wav"), b""),
    ("render FLAC", lambda: with_old("a.flac"), ("render", "kick", *QUICK, "-o", "a.flac"), b""),
    ("render --no-clobber", lambda: with_old("a.wav"), ("render", "kick", *QUICK, "--no-clobber", "-o", "a.wav"), b""),
    ("render many", lambda: with_old("1.wav", "3.wav"), ("render", "-", "-q", "-j", "1", "-o", "{index}.wav"), lines("kick", "hat", "rim")),
    ("render a TAR", lambda: with_old("a.tar"), ("render", "-", "-q", "-j", "1", "--to", "tar", "-o", "a.tar"), lines("kick", "hat")),
    ("render raw", None, ("render", "-", "-q", "-j", "1", "--to", "raw", "--bits", "16", "-o", "a.raw", "--manifest", "m.jsonl"), lines("kick", "hat")),
    ("render to stdout", None, ("render", "kick", *QUICK, "-o", "-"), b""),
    ("resume", with_half_a_batch, ("render", "in.jsonl", "-q", "-j", "1", "-o", "{index}.wav", "--manifest", "m.jsonl", "--resume"), b""),
    ("page", lambda: with_old("p.html"), ("render", "-", "-q", "-j", "1", "--page", "p.html"), lines("kick", "hat")),
    ("plot", lambda: with_old("p.png"), ("render", "kick", *QUICK, "-q", "--plot", "p.png"), b""),
    ("verify", with_half_a_batch, ("render", "--verify", "1.wav"), b""),
    ("feedback", with_ratings, ("feedback", "like", "hat", "--ratings", "r.jsonl"), b""),
    ("undo", with_ratings, ("feedback", "--undo", "2", "--ratings", "r.jsonl"), b""),
    ("import", with_ratings, ("feedback", "--import", "old.jsonl", "--ratings", "r.jsonl"), b""),
    ("learned", with_ratings, ("propose", "kick", "--from", "learned", "--ratings", "r.jsonl", "-n", "2"), b""),
    *((f"export-kit {form}", (lambda name: lambda: with_old(name) if "." in name else None)(name),
       ("export-kit", *TWO, *QUICK, "-j", "1", "--format", form, "-o", name), b"")
      for form, name in (("zip", "k.zip"), ("dir", "k"), ("hydrogen", "k.h2drumkit"), ("sf2", "k.sf2"), ("decentsampler", "k.dslibrary"),
                         ("drumgizmo", "d"))),
    ("beat", lambda: with_old("b.wav"), ("export-kit", *TWO, *QUICK, "-j", "1", "--beat", "b.wav"), b""),
    ("match", with_recording, ("match", "in.wav", "--effort", "100", "-j", "1"), b""),
    ("groove", with_recording, ("match", "in.wav", "--all-hits", "--effort", "100", "-j", "1", "--groove", "g.mid"), b""),
)


def whole(name, data, before, after):
    """Is a file as it was, or as it is to be? Ratings and lists of a batch may have some of their lines."""
    if data in (before.get(name), after.get(name)):
        return True
    if name.endswith((".jsonl", ".jsonl.part")) and data is not None:
        rest = data[len(before.get(name) or b""):]
        return data.startswith(before.get(name) or b"") and all(json_line(line) for line in rest.split(b"\n") if line) and \
            (not rest or rest.endswith(b"\n"))
    return False


def json_line(line):
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def undated(data, name):
    """Times and dates of now are no difference."""
    if not name.endswith((".jsonl", ".jsonl.part")) or data is None:
        return data
    return b"\n".join(json.dumps({key: value for key, value in json.loads(line).items() if key != "time"}).encode() if json_line(line) else line
                      for line in data.split(b"\n"))


def problem(status, printed, error, before, now, after, expected, wanted):
    """What is wrong after a command that was to fail; None when nothing is."""
    before, now, after = ({name: undated(data, name) for name, data in all_of.items()} for all_of in (before, now, after))
    left = [name for name in now if "drumgen-tmp" in name]
    if left:
        return f"{left} are left"
    if status < 0 or status not in (0, 1, 2, 3):
        return f"ends with {status}"
    if status == wanted and status in (0, 2):
        if now != after:
            return f"says that all is well, and {[name for name in {*now, *after} if now.get(name) != after.get(name)]} differ"
        return None if printed == expected else "says that all is well, and prints less"
    if not error.strip().startswith("drumgen"):
        return f"tells nothing: {error!r}"
    torn = [name for name in {*before, *now} if not whole(name, now.get(name), before, after)]
    return f"{torn} are torn or gone: {error}" if torn else None


def prepared(prepare):
    for path in sorted(pathlib.Path(".").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if prepare is not None:
        prepare()
    return files()


def tries(name, prepare, words, stdin, expected, after, wanted, kind, numbers):
    """Lets each of the numbers fail; how many did, and what was wrong."""
    points, wrong = 0, []
    for number in numbers:
        before = prepared(prepare)
        environment = {key: value.format(number) for key, value in kind.items()}
        status, printed, error, has_failed = run(*words, stdin=stdin, **environment)
        if not has_failed and "DRUMGEN_SHORT" not in kind:
            break
        points += 1
        told = problem(status, printed, error, before, files(), after, expected, wanted)
        if "DRUMGEN_SHORT" in kind and status != wanted:
            told = f"ends with {status}: {error}"
        if told:
            wrong.append(f"{name}, {environment}: {told}")
    return points, wrong


def counted(stride):
    number = 0
    while True:
        yield number
        number += stride


def main():
    total, all_wrong = 0, []
    with tempfile.TemporaryDirectory(prefix="drumgen-faults-") as folder:
        os.chdir(folder)
        os.environ["HOME"] = folder
        os.environ["SOURCE_DATE_EPOCH"] = "0"
        for name, prepare, words, stdin in COMMANDS:
            if WORD not in name:
                continue
            prepared(prepare)
            status, expected, error, _ = run(*words, stdin=stdin)
            if status not in (0, 1, 2):
                raise SystemExit(f"{name}: {error}")
            after = files()
            told = []
            kinds = [({"DRUMGEN_FAULT": "{}:" + str(number)}, counted(STRIDE)) for number in ERRORS]
            kinds.append(({"DRUMGEN_FAULT": "{}:" + str(errno.EINTR)}, counted(STRIDE)))
            kinds.append(({"DRUMGEN_SHORT": "{}"}, (7, 4096) if STRIDE == 1 else (4096,)))
            kinds.append(({"DRUMGEN_FAULT_NEW": "{}"}, allocation_points()))
            for kind, numbers in kinds:
                points, wrong = tries(name, prepare, words, stdin, expected, after, status, kind, numbers)
                total += points
                told.append(points)
                all_wrong += wrong
            print(f"{name:26} ENOSPC {told[0]:4}, EIO {told[1]:4}, EINTR {told[2]:4}, short {told[3]}, allocations {told[4]:5}", flush=True)
        os.chdir("/")
    print(*all_wrong[:40], sep="\n")
    print(f"{total} faults, {len(all_wrong)} wrong")
    return 1 if all_wrong else 0


def allocation_points():
    """The first two hundred, then ever fewer: a command allocates tens of thousands of times."""
    at = 0.0
    while True:
        yield int(at)
        at = at + STRIDE if at < 200 else at * (1 + 0.02 * STRIDE)


sys.exit(main())
