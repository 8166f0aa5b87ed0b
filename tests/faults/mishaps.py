#!/usr/bin/python3
"""Does to commands that write what happens on real machines: nothing may be lost, torn or left behind.

usage: mishaps.py BINARY [KILLS [WORD]]

Disks that are full, quotas, limits of a file's size, folders that can't be written or go away, closed pipes, signals,
and KILLS of kill -9 at random moments (200). WORD chooses mishaps. Mounting needs root, or user namespaces; a quota
needs root, btrfs and a loop device. What can't be had here is told, and no failure.
"""

import contextlib
import errno
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from commands import LIMIT_S, PROGRAM, QUICK, commands, concluded, files, folder_of_ones_own, is_temporary, json_line, lines, prepared, problem

KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 200
WORD = sys.argv[3] if len(sys.argv) > 3 else ""
PAGE = 4096
MUCH = 20  # times as much to do where the moment is random
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Unavailable(Exception):
    """What a machine does not let us try."""


def default_signals():
    for number in (*SIGNALS, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)


def ran(words, stdin=b"", prepare=default_signals):
    done = subprocess.run([PROGRAM, *words], input=stdin, capture_output=True, timeout=LIMIT_S, preexec_fn=prepare)
    return done.returncode, done.stdout, done.stderr.decode()


def did(*words):
    done = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_S)
    if done.returncode != 0:
        raise Unavailable(f"{words}: {done.stderr or done.stdout}")
    return done.stdout


def tool(name):
    if shutil.which(name) is None:
        raise Unavailable(f"no {name}")
    return name


@contextlib.contextmanager
def inside(folder):
    """In a folder of its own, so that what is beside it is no result."""
    os.makedirs(folder, exist_ok=True)
    home = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(home)


@contextlib.contextmanager
def mounted(folder, *how):
    os.mkdir(folder)
    did("mount", *how, folder)
    try:
        with inside(folder):
            yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextlib.contextmanager
def remounted(limited, free):
    """The file system that one is in, with an option for a while."""
    did("mount", "-o", f"remount,{limited}", os.getcwd())
    yield default_signals
    did("mount", "-o", f"remount,{free}", os.getcwd())


def in_turn(limits, limited):
    """Each command under each of the limits, from the least, until it has done all; how many failed, and what was wrong.

    `limited(limit)` is a context in which the limit holds, which gives what a process is to do at its start.
    """
    points, wrong = 0, []
    for name, prepare, words, stdin in commands():
        prepared(prepare)
        wanted, expected, _ = ran(words, stdin)
        after = files()
        for limit in limits:
            before = prepared(prepare)
            with limited(limit) as at_start:
                status, told, error = ran(words, stdin, at_start)
            is_wrong = problem(status, told, error, before, files(), after, expected, wanted)
            if not is_wrong and status != wanted and (status != 1 or not re.search(r"cannot \w+ .*: .* \(.*\)", error)):
                is_wrong = f"ends with {status} and tells no place and remedy: {error}"
            if is_wrong:
                wrong.append(f"{name}, {limit}: {is_wrong}")
            if status == wanted and files().keys() == after.keys():
                break
            points += 1
        else:
            wrong.append(f"{name}: fails at every limit: {error}")
    return points, wrong


def full_disk():
    """A file system that has only so many pages left."""
    @contextlib.contextmanager
    def limited(pages):
        with open("../ballast", "wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, max((os.statvfs(".").f_bfree - pages) * PAGE, 1))
        yield default_signals
        os.unlink("../ballast")

    with mounted("disk", "-t", "tmpfs", "-o", "size=16m", "tmpfs"), inside("work"):
        return in_turn([0, 1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 64, 128, 256, 512], limited)


def no_inodes():
    """A file system with no room for so many files more."""
    def limited(count):
        status = os.statvfs(".")
        return remounted(f"nr_inodes={status.f_files - status.f_ffree + count}", "nr_inodes=1000")

    with mounted("disk", "-t", "tmpfs", "-o", "size=64m,nr_inodes=1000", "tmpfs"):
        return in_turn([0, 1, 2, 3, 5, 8, 13, 21, 34], limited)


def quota():
    """A subvolume that may hold so many bytes."""
    tool("mkfs.btrfs")
    with open("quota.img", "wb") as image:
        image.truncate(256 << 20)
    did("mkfs.btrfs", "--quiet", "quota.img")

    @contextlib.contextmanager
    def limited(limit):
        did("btrfs", "filesystem", "sync", "..")
        did("btrfs", "qgroup", "limit", str(limit), few, "..")
        yield default_signals
        did("btrfs", "qgroup", "limit", "none", few, "..")

    with mounted("quota", "-o", "loop", "quota.img"):
        did("btrfs", "quota", "enable", ".")
        did("btrfs", "subvolume", "create", "few")
        few = "0/" + did("btrfs", "inspect-internal", "rootid", "few").strip()
        os.chdir("few")
        return in_turn([PAGE * pages for pages in (4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024, 2048)], limited)


def file_size():
    """`ulimit -f`."""
    @contextlib.contextmanager
    def limited(size):
        def at_start():
            default_signals()
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        yield at_start

    return in_turn([0, 1, 100, 1000, 4096, 9000, 20000, 50000, 1 << 17, 1 << 20], limited)


def open_files():
    """`ulimit -n`."""
    @contextlib.contextmanager
    def limited(count):
        def at_start():
            default_signals()
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))
        yield at_start

    return in_turn([4, 5, 6, 7, 8, 10, 14, 20], limited)


def read_only():
    """A file system that can't be written."""
    def limited(is_limited):
        return remounted("ro" if is_limited else "rw", "rw")

    with mounted("disk", "-t", "tmpfs", "tmpfs"):
        return in_turn([True, False], limited)


def forbidden():
    """A folder that one may not write into, as somebody who is not root."""
    if os.geteuid() != 0:
        raise Unavailable("needs root, to be somebody else")
    nobody = 65534
    for folder in pathlib.Path(PROGRAM).parents:
        if not folder.stat().st_mode & 0o001:
            raise Unavailable(f"{folder} is closed for others")

    @contextlib.contextmanager
    def limited(is_limited):
        def at_start():
            default_signals()
            os.setgroups([])
            os.setgid(nobody)
            os.setuid(nobody)
        for path in (pathlib.Path("."), *pathlib.Path(".").rglob("*")):
            os.chown(path, nobody, nobody)
            path.chmod((0o755 if path.is_dir() else 0o644) - (0o222 if is_limited else 0) & 0o777)
        yield at_start
        for path in (pathlib.Path("."), *pathlib.Path(".").rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)

    return in_turn([True, False], limited)


def at_moments(count, happen, busy, is_killed):
    """Lets something happen `count` times at random moments of the busy commands; what comes after their end counts for nothing."""
    rng = random.Random(3)
    points, wrong = 0, []
    each = -(-count // len(busy))
    for name, prepare, words, stdin in busy:
        prepared(prepare)
        begin = time.monotonic()
        wanted, expected, error = ran(words, stdin)
        took_s = time.monotonic() - begin
        if wanted not in (0, 2):
            raise SystemExit(f"{name}: {error}")
        after = files()
        left, tries = each, 3 * each
        while left and tries:
            tries -= 1
            before = prepared(prepare)
            with open("in", "wb+") as given, open("out", "wb+") as told, open("err", "wb+") as error:
                for path in ("in", "out", "err"):
                    os.unlink(path)
                given.write(stdin)
                given.seek(0)
                process = subprocess.Popen([PROGRAM, *words], stdin=given, stdout=told, stderr=error, preexec_fn=default_signals)
                try:
                    process.wait(rng.uniform(0, took_s))
                except subprocess.TimeoutExpired:
                    pass
                expects = happen(process)
                status = process.wait(LIMIT_S)
                told.seek(0)
                error.seek(0)
                if status in expects:
                    points += 1
                    left -= 1
                    # What happened stands for a message.
                    is_wrong = problem(1, told.read(), "drumgen", before, files(), after, expected, wanted, is_killed)
                else:
                    is_wrong = problem(status, told.read(), error.read().decode(), before, files(), after, expected, wanted, is_killed)
            if is_wrong:
                wrong.append(f"{name}, ends with {status}: {is_wrong}")
                continue
            # Again, undisturbed, beside what is left: as if nothing had been.
            again = (("feedback", "like", "rim", "--ratings", "r.jsonl"), b"") if words[0] == "feedback" else (words, stdin)
            status, _, error_text = ran(*again)
            now = files()
            if words[0] == "feedback":
                known = now["r.jsonl"].split(b"\n")
                is_lost = status != 0 or known[-1] or not json_line(known[-2]) or \
                    not now["r.jsonl"].startswith(before["r.jsonl"]) or sum(map(json_line, known)) + 2 < len(known)
            else:
                is_lost = status not in (wanted, 0) or [path for path in after if now.get(path) != after[path]]
            if is_lost:
                wrong.append(f"{name}, again: {status} {error_text}")
    return points, wrong


def writing_commands():
    """Those that write files, with much to do."""
    quiet = ("render to stdout", "verify", "learned", "match", "--no-clobber")
    return [command for command in commands(MUCH, "2") if not command[0].endswith(quiet)]


def kills():
    """kill -9: temporary files may be left, nothing else."""
    def happen(process):
        process.kill()
        return (-signal.SIGKILL,)

    return at_moments(KILLS, happen, writing_commands(), is_killed=True)


def signals():
    """SIGINT, SIGTERM, SIGHUP: not even temporary files may be left."""
    turns = [0]

    def happen(process):
        number = SIGNALS[turns[0] % len(SIGNALS)]
        turns[0] += 1
        process.send_signal(number)
        return (-number,)

    return at_moments(KILLS, happen, writing_commands(), is_killed=False)


def folder_removed():
    """The folder of the results goes away while they are written."""
    rng = random.Random(4)
    points, wrong = 0, []
    many = lines(*["kick", "hat", "rim"] * 200)
    ways = ((("render", "-", "-q", "-o", "f/{index}.wav"), many), (("render", "-", "-q", "--to", "tar", "-o", "f/a.tar"), many),
            (("render", "-", "-q", "-o", "f/{index}.wav", "--manifest", "f/m.jsonl"), many),
            (("render", "-", "-q", "--page", "f/p.html"), many),
            (("export-kit", "--slot", "kick=kick", "--velocities", "16", "--round-robins", "8", *QUICK, "--format", "dir", "-o", "f"), b""),
            (("export-kit", "--slot", "kick=kick", "--velocities", "16", "--round-robins", "8", *QUICK, "-o", "f/k.zip"), b""))
    for words, stdin in ways:
        for _ in range(max(KILLS // 20, 2)):
            shutil.rmtree("f", ignore_errors=True)
            os.mkdir("f")
            pathlib.Path("in").write_bytes(stdin)
            with open("in", "rb") as given:
                process = subprocess.Popen([PROGRAM, *words], stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(rng.uniform(0.005, 0.15))
            # Over and over: new files may come while those that are there go.
            while os.path.exists("f") and process.poll() is None:
                shutil.rmtree("f", ignore_errors=True)
            error = process.communicate(timeout=LIMIT_S)[1].decode()
            if process.returncode not in (0, 1, 2) or (process.returncode and "cannot write f" not in error and "cannot " not in error):
                wrong.append(f"{words}: {process.returncode} {error}")
            points += process.returncode != 0
    return points, wrong


def closed_pipe():
    """Whoever reads has enough: no message, no crash, and what is written besides is whole."""
    points, wrong = 0, []
    many = lines(*["kick", "hat", "rim"] * 30)
    ways = ((("render", "-", "-q", "--to", "tar", "-o", "-"), many), (("render", "-", "-q", "--to", "raw", "--bits", "16", "-o", "-"), many),
            (("render", "kick", "-o", "-"), b""), (("propose", "kick", "-n", "20000"), b""), (("mutate", "kick", "-n", "20000"), b""),
            (("schema", "kick"), b""), (("list", "presets"), b""), (("render", "kick", "--dry-run", "--json"), b""), (("--help",), b""),
            (("render", "-", "-q", "--json", "-o", "{index}.wav"), many), (("export-kit", "808", *QUICK, "-o", "-", "--format", "zip"), b""),
            (("render", "kick", "--plot", "-", "-q"), b""))
    for words, stdin in ways:
        for size in (0, 1, 1000, 70000):
            prepared(None)
            with tempfile.TemporaryFile() as given:
                given.write(stdin)
                given.seek(0)
                process = subprocess.Popen([PROGRAM, *words], stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                           preexec_fn=default_signals)
                process.stdout.read(size)
                process.stdout.close()
                error = process.stderr.read().decode()
                status = process.wait(LIMIT_S)
            points += status != 0
            if status not in (0, -signal.SIGPIPE) or error or any(map(is_temporary, files())):
                wrong.append(f"{words}, {size} bytes: {status} {error} {list(files())[:3]}")
    return points, wrong


def closed_streams():
    """Standard streams that are not there: nothing is written into a file that took their number."""
    points, wrong = 0, []
    for closing in ("<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"):
        for words in ("render kick -q -o a.wav", "render kick -q -o a.wav --json", "propose kick -n 3", "export-kit 808 -o k.zip",
                      "feedback like kick --ratings r.jsonl"):
            prepared(None)
            done = subprocess.run(["bash", "-c", f'"$0" {words} {closing}', PROGRAM], capture_output=True, timeout=LIMIT_S)
            points += 1
            for path, data in files().items():
                if path.endswith(".wav") and not data.startswith(b"RIFF") or path.endswith(".zip") and not data.startswith(b"PK") or \
                        path.endswith(".jsonl") and not data.startswith(b"{"):
                    wrong.append(f"{words} {closing}: {path} holds {data[:40]!r}")
            if done.returncode not in (0, 1, 2):
                wrong.append(f"{words} {closing}: ends with {done.returncode}")
    return points, wrong


MISHAPS = (full_disk, no_inodes, quota, file_size, open_files, read_only, forbidden, folder_removed, closed_pipe, closed_streams, signals, kills)


def main():
    if os.geteuid() != 0 and "DRUMGEN_MOUNTS" not in os.environ:
        # As root of a namespace of our own, where that is allowed.
        os.environ["DRUMGEN_MOUNTS"] = "1"
        if subprocess.run(["unshare", "--map-root-user", "--mount", "true"], capture_output=True).returncode == 0:
            os.execvp("unshare", ["unshare", "--map-root-user", "--mount", sys.executable, "-B", *sys.argv])
    total, all_wrong = 0, []
    with folder_of_ones_own("mishaps") as folder:
        for mishap in MISHAPS:
            if WORD not in mishap.__name__:
                continue
            place = os.path.join(folder, mishap.__name__)
            os.mkdir(place)
            os.chdir(place)
            try:
                points, wrong = mishap()
            except Unavailable as why:
                print(f"{mishap.__name__:16} not tried: {why}", flush=True)
                continue
            total += points
            all_wrong += wrong
            print(f"{mishap.__name__:16} {points:5} failed as they must, {len(wrong)} wrong", flush=True)
    return concluded("mishaps", total, all_wrong)


sys.exit(main())
