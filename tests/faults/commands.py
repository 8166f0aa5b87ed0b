"""The commands that write, what is there before each, and what must be true after it has failed."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
QUICK = ("--duration", "0.05", "--quality", "draft")
TWO = ("--slot", "kick=kick", "--slot", "hat=hat")
LIMIT_S = 120


@contextlib.contextmanager
def folder_of_ones_own(name):
    """In a new folder that is home, which others may look into; dates are of 1970."""
    with tempfile.TemporaryDirectory(prefix=f"drumgen-{name}-") as folder:
        os.chmod(folder, 0o755)
        os.chdir(folder)
        os.environ["HOME"] = folder
        os.environ["SOURCE_DATE_EPOCH"] = "0"
        try:
            yield folder
        finally:
            os.chdir("/")


def concluded(what, count, wrong):
    """Prints what was wrong; the exit status."""
    print(*wrong[:40], sep="\n")
    print(f"{count} {what}, {len(wrong)} wrong")
    return 1 if wrong else 0


def printed(*words, stdin=b""):
    return subprocess.run([PROGRAM, *words], input=stdin, capture_output=True, timeout=LIMIT_S).stdout.decode()


def files():
    """All that is here, by name."""
    return {str(path): path.read_bytes() for path in sorted(pathlib.Path(".").rglob("*")) if path.is_file()}


def lines(*kinds):
    return "".join(json.dumps({"instrument": kind, "seed": seed, "render": {"duration": 0.05, "quality": "draft"}}) + "\n"
                   for seed, kind in enumerate(kinds)).encode()


def rated(count):
    text = printed("propose", "kick", "-n", str(count), "--seed", "4")
    return "".join(json.dumps({"time": f"2026-11-30T00:00:{at:02}Z", "label": "like", "patch": json.loads(line)}) + "\n"
                   for at, line in enumerate(text.splitlines())).encode()


def with_ratings(scale=1):
    pathlib.Path("old.jsonl").write_bytes(rated(3))
    pathlib.Path("new.jsonl").write_bytes(rated(3 + 3 * scale))
    printed("feedback", "--import", "old.jsonl", "--ratings", "r.jsonl")


def with_old(*names):
    for name in names:
        pathlib.Path(name).write_bytes(b"old")


def with_recording():
    printed("render", "kick", "--duration", "0.3", "-o", "in.wav")


def with_half_a_batch(scale=1):
    """A batch that was stopped after its first third."""
    pathlib.Path("in.jsonl").write_bytes(lines(*["kick", "hat", "rim"] * scale))
    printed("render", "-", "-o", "{index}.wav", "--manifest", "m.jsonl", "-q", stdin=lines(*(["kick", "hat", "rim"] * scale)[:scale]))
    pathlib.Path("m.jsonl").rename("m.jsonl.part")


def commands(scale=1, threads="1"):
    """Each command: its name, what is there before it, its words, its standard input. With a scale there is more to do."""
    def batch(*kinds):
        return lines(*kinds * scale)

    layers = () if scale == 1 else ("--velocities", "4", "--round-robins", "4")
    work = ("-q", "-j", threads)
    effort = str(100 * scale)
    return (
        ("render a file", lambda: with_old("a.wav"), ("render", "kick", *QUICK, "-o", "a.wav"), b""),
        ("render FLAC", lambda: with_old("a.flac"), ("render", "kick", *QUICK, "-o", "a.flac"), b""),
        ("render --no-clobber", lambda: with_old("a.wav"), ("render", "kick", *QUICK, "--no-clobber", "-o", "a.wav"), b""),
        ("render many", lambda: with_old("1.wav", "3.wav"), ("render", "-", *work, "-o", "{index}.wav"), batch("kick", "hat", "rim")),
        ("render a TAR", lambda: with_old("a.tar"), ("render", "-", *work, "--to", "tar", "-o", "a.tar"), batch("kick", "hat")),
        ("render raw", None, ("render", "-", *work, "--to", "raw", "--bits", "16", "-o", "a.raw", "--manifest", "m.jsonl"),
         batch("kick", "hat")),
        ("render to stdout", None, ("render", "kick", *QUICK, "-o", "-"), b""),
        ("resume", lambda: with_half_a_batch(scale),
         ("render", "in.jsonl", *work, "-o", "{index}.wav", "--manifest", "m.jsonl", "--resume"), b""),
        ("page", lambda: with_old("p.html"), ("render", "-", *work, "--page", "p.html"), batch("kick", "hat")),
        ("plot", lambda: with_old("p.png"), ("render", "kick", *QUICK, "-q", "--plot", "p.png"), b""),
        ("verify", with_half_a_batch, ("render", "--verify", "1.wav"), b""),
        ("feedback", with_ratings, ("feedback", "like", "hat", "--ratings", "r.jsonl"), b""),
        ("undo", with_ratings, ("feedback", "--undo", "2", "--ratings", "r.jsonl"), b""),
        ("import", lambda: with_ratings(scale), ("feedback", "--import", "new.jsonl", "--ratings", "r.jsonl"), b""),
        ("learned", with_ratings, ("propose", "kick", "--from", "learned", "--ratings", "r.jsonl", "-n", str(2 * scale)), b""),
        *((f"export-kit {form}", (lambda name: lambda: with_old(name) if "." in name else None)(name),
           ("export-kit", *TWO, *QUICK, *layers, "-j", threads, "--format", form, "-o", name), b"")
          for form, name in (("zip", "k.zip"), ("dir", "k"), ("hydrogen", "k.h2drumkit"), ("sf2", "k.sf2"),
                             ("decentsampler", "k.dslibrary"), ("drumgizmo", "d"))),
        ("beat", lambda: with_old("b.wav"), ("export-kit", *TWO, *QUICK, *layers, "-j", threads, "--beat", "b.wav"), b""),
        ("match", with_recording, ("match", "in.wav", "--effort", effort, "-j", threads), b""),
        ("groove", with_recording, ("match", "in.wav", "--all-hits", "--effort", effort, "-j", threads, "--groove", "g.mid"), b""),
    )


def whole(name, data, before, after, may_tear):
    """Is a file as it was, or as it is to be? Ratings and lists of a batch may have some of their lines, and the last one's begin."""
    old = before.get(name)
    if data in (old, after.get(name)):
        return True
    if name.endswith((".jsonl", ".jsonl.part")) and data is not None and data.startswith(old or b""):
        *ended, rest = data[len(old or b""):].split(b"\n")
        return all(map(json_line, ended)) and (not rest or may_tear)
    return False


def json_line(line):
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def is_temporary(path):
    name = os.path.basename(path)
    return name.startswith(".drumgen-") and name.endswith(".tmp")


def undated(data, name):
    """Times and dates of now are no difference."""
    if not name.endswith((".jsonl", ".jsonl.part")) or data is None:
        return data
    return b"\n".join(json.dumps({key: value for key, value in json.loads(line).items() if key != "time"}).encode() if json_line(line) else line
                      for line in data.split(b"\n"))


def problem(status, told, error, before, now, after, expected, wanted, is_killed=False):
    """What is wrong after a command that was to fail; None when nothing is.

    kill -9 leaves temporary files, and the system may have taken the first page of a write.
    """
    before, now, after = ({name: undated(data, name) for name, data in all_of.items()} for all_of in (before, now, after))
    left = [name for name in now if is_temporary(name)]
    if is_killed:
        now = {name: data for name, data in now.items() if name not in left}
    elif left:
        return f"{left} are left"
    if status < 0 or status not in (0, 1, 2, 3):
        return f"ends with {status}"
    if status == wanted and status in (0, 2):
        if now != after:
            return f"says that all is well, and {[name for name in {*now, *after} if now.get(name) != after.get(name)]} differ"
        return None if told == expected else "says that all is well, and prints less"
    if not error.strip().startswith("drumgen"):
        return f"tells nothing: {error!r}"
    torn = [name for name in {*before, *now} if not whole(name, now.get(name), before, after, is_killed)]
    return f"{torn} are torn or gone: {error}" if torn else None


def prepared(prepare):
    for path in sorted(pathlib.Path(".").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if prepare is not None:
        prepare()
    return files()
