#!/usr/bin/python3
"""No output destroys an input or another output, and every output takes any kind of target: each option
that names an output, with each kind of thing that a name can stand for.

usage: outputs_test.py BINARY
"""

import json
import os
import pathlib
import pty
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import threading
import time
import tty

from harness import BINARY, LIMIT_S, check, run_bytes, run_tests

QUICK = ("--duration", "0.05", "--quality", "draft")
PATCH = b'{"instrument": "kick", "seed": 3}'
OLD = b"what was there before"
NOBODY = 65534

# The words of a command for each output, T for the target. A name with a field is told with its first name.
OUTPUTS = {
    "-o": ("render", "in.json", "-o", "T"),
    "-o, a field": ("render", "in.json", "in.json", "-o", "T{index}"),
    "-o, TAR": ("render", "in.json", "kick/909", "--to", "tar", "-o", "T"),
    "-o, raw": ("render", "in.json", "kick/909", "--to", "raw", "--bits", "16", "-o", "T"),
    "-o, shards": ("render", "in.json", "kick/909", "--to", "tar", "-o", "T{shard}"),
    "--plot": ("render", "in.json", "--plot", "T"),
    "--page": ("render", "in.json", "--page", "T"),
    "--manifest": ("render", "in.json", "kick/909", "--to", "tar", "-o", "/dev/null", "--manifest", "T"),
    "--manifest of shards": ("render", "in.json", "--to", "tar", "-o", "s{shard}", "--manifest", "T"),
    "--depfile": ("render", "in.json", "-o", "/dev/null", "--depfile", "T"),
    "a kit": ("export-kit", "--slot", "kick=in.json", "--format", "zip", "-o", "T"),
    "a kit, TAR": ("export-kit", "--slot", "kick=in.json", "--format", "hydrogen", "-o", "T"),
    "a kit, SoundFont": ("export-kit", "--slot", "kick=in.json", "--format", "sf2", "-o", "T"),
    "a kit's --depfile": ("export-kit", "--slot", "kick=in.json", "-o", "/dev/null", "--format", "zip", "--depfile", "T"),
}
FIRST = {"{index}": "1", "{shard}": "0"}


def words_of(name, target):
    """The command's words, and the path that its first output has."""
    words = [word.replace("T", target) if word.startswith("T") else word for word in OUTPUTS[name]]
    path = next(word for word in words if word.startswith(target))
    for field, first in FIRST.items():
        path = path.replace(field, first)
    return [*words, *QUICK], path


def run(words, status=0, **more):
    return run_bytes(*words, status=status, **more)


def everything():
    """What lies in the folder: type, links' targets and content of each name."""
    found = {}
    for path in sorted(pathlib.Path(".").rglob("*")):
        mode = path.lstat().st_mode
        found[str(path)] = (
            stat.S_IFMT(mode),
            os.readlink(path) if path.is_symlink() else path.read_bytes() if stat.S_ISREG(mode) else None,
        )
    return found


def fresh():
    """An empty folder with the input."""
    for path in pathlib.Path(".").iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    pathlib.Path("in.json").write_bytes(PATCH)


def wanted_of(name):
    """What the output holds where nothing is in its way, and the names it leaves beside itself."""
    fresh()
    words, path = words_of(name, "out")
    run(words)
    data = pathlib.Path(path).read_bytes()
    check(len(data) > 10, f"{name}: writes something")
    return data, set(everything()) - {path}


def read_in_thread(read):
    box = []
    thread = threading.Thread(target=lambda: box.append(read()))
    thread.start()
    return thread, box


def each_output(test):
    for name in OUTPUTS:
        wanted, beside = wanted_of(name)
        fresh()
        test(name, wanted, beside)


def a_regular_file_is_replaced():
    def test(name, wanted, beside):
        words, path = words_of(name, "out")
        pathlib.Path(path).write_bytes(OLD)
        os.chmod(path, 0o640)
        os.link(path, "other")
        run(words)
        check(pathlib.Path(path).read_bytes() == wanted, f"{name}: new content")
        check(stat.S_IMODE(os.stat(path).st_mode) == 0o640 or name.startswith("--manifest"), f"{name}: mode")
        check(pathlib.Path("other").read_bytes() == OLD, f"{name}: another name keeps the old content")
        check(set(everything()) == beside | {path, "other"}, f"{name}: leaves {set(everything())}")
        pathlib.Path(path).write_bytes(OLD)
        _, error = run([*words, "--no-clobber"], status=1)
        check("leave out --no-clobber to replace it" in error, f"{name}: --no-clobber says {error}")
        check(pathlib.Path(path).read_bytes() == OLD, f"{name}: --no-clobber keeps it")

    each_output(test)


def a_link_stays_and_what_it_names_is_replaced():
    def test(name, wanted, beside):
        for exists in (True, False):
            fresh()
            words, path = words_of(name, "out")
            os.mkdir("sub")
            os.symlink("sub/real", path)
            if exists:
                pathlib.Path("sub/real").write_bytes(OLD)
            run(words)
            check(os.path.islink(path), f"{name}: the link stays")
            check(pathlib.Path("sub/real").read_bytes() == wanted, f"{name}: its target is new")
            check(set(everything()) == beside | {path, "sub", "sub/real"}, f"{name}: {set(everything())}")

    each_output(test)


def an_input_is_refused():
    def test(name, wanted, beside):
        for kind in ("itself", "hard link", "symbolic link", "link to a link", "through a folder"):
            fresh()
            target = "out"
            words, path = words_of(name, target)
            if kind == "itself":
                os.rename("in.json", path)
                words = [word.replace("in.json", path) for word in words]
            elif kind == "hard link":
                os.link("in.json", path)
            elif kind == "symbolic link":
                os.symlink("in.json", path)
            elif kind == "link to a link":
                os.symlink("in.json", "between")
                os.symlink("between", path)
            else:
                os.mkdir("sub")
                os.rename("in.json", f"sub/{path}")
                os.symlink("sub", "way")
                words = [word.replace("in.json", f"way/{path}") for word in words]
                words = [word.replace("out", "sub/out") if word.startswith("out") else word for word in words]
            before = everything()
            _, error = run(words, status=2)
            check("is the input" in error and "would be lost" in error, f"{name}, {kind}: {error}")
            check(everything() == before, f"{name}, {kind}: changed {everything()}")
        if "in.json" not in words_of(name, "out")[0]:
            return  # a slot is never read from standard input
        fresh()
        words, path = words_of(name, "out")
        os.rename("in.json", path)
        with open(path, "rb") as stdin:
            done = subprocess.run([BINARY, *("-" if word == "in.json" else word for word in words)],
                                  stdin=stdin, capture_output=True, timeout=LIMIT_S)
        # Standard input can be given once, which is told too where there are two patches of it.
        check(done.returncode == 2 and pathlib.Path(path).read_bytes() == PATCH, f"{name}: {done.stderr}")

    each_output(test)


def a_fifo_is_written_through():
    def test(name, wanted, beside):
        words, path = words_of(name, "out")
        os.mkfifo(path)
        thread, box = read_in_thread(lambda: pathlib.Path(path).read_bytes())
        run(words)
        thread.join(LIMIT_S)
        check(box == [wanted], f"{name}: the reader gets {box}")
        check(stat.S_ISFIFO(os.stat(path).st_mode), f"{name}: it stays")
        check(set(everything()) == beside | {path}, f"{name}: leaves {set(everything())}")

    each_output(test)


def no_file_gets_what_is_meant_for_a_closed_stream():
    """While files are written, others get told of on standard output and error; these numbers must not be a file's."""
    lines = "".join(json.dumps({"instrument": "kick", "seed": seed, "render": {"duration": 0.05, "quality": "draft"}}) + "\n" for seed in range(40))
    pathlib.Path("in.jsonl").write_text(lines + '{"instrument": "gong"}\n')
    words = [BINARY, "render", "in.jsonl", "-o", "{index}.wav", "--manifest", "m.jsonl", "--keep-going", "--json"]
    for closed in ((0,), (1,), (2,), (0, 1, 2)):
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LIMIT_S,
                              preexec_fn=lambda: [os.close(stream) for stream in closed])
        check(done.returncode in ((2,) if 1 not in closed else (1, 2)), f"{closed}: ends with {done.returncode}")
        for path in pathlib.Path().glob("*.wav"):
            run(["render", str(path), "--verify"])
        lists = list(pathlib.Path().glob("m.*"))
        check(len(lists) == 1, f"{closed}: {lists}")
        listed = lists[0].read_text()
        check(all(set(json.loads(line)) >= {"index", "patch"} for line in listed.splitlines()), f"{closed}: {listed[-300:]}")
        lists[0].unlink()


def a_pipe_of_the_shell_is_written_through():
    def test(name, wanted, beside):
        if "{" in words_of(name, "out")[0][-5] or any("{" in word for word in OUTPUTS[name] if word[0] == "T"):
            return  # a field makes other names than the shell's
        reader, writer = os.pipe()
        thread, box = read_in_thread(lambda: open(reader, "rb").read())
        words = [f"/dev/fd/{writer}" if word == "out" else word for word in words_of(name, "out")[0]]
        run(words, pass_fds=(writer,))
        os.close(writer)
        thread.join(LIMIT_S)
        check(box == [wanted], f"{name}: the reader gets {box}")
        check(set(everything()) == beside, f"{name}: leaves {set(everything())}")
        # And as it is typed.
        script = '"$@" > >(cat > unfinished && mv unfinished printed)'
        words = ["/dev/stdout" if word == "out" else word for word in words_of(name, "out")[0]]
        subprocess.run(["bash", "-c", script, "bash", BINARY, *words], check=True, timeout=LIMIT_S)
        for _ in range(2000):  # the shell does not wait for what reads its pipe
            if os.path.exists("printed"):
                break
            time.sleep(0.01)
        check(pathlib.Path("printed").read_bytes() == wanted, f"{name}: /dev/stdout")

    each_output(test)


def a_device_is_written_through():
    def test(name, wanted, beside):
        words, path = words_of(name, "out")
        master, slave = pty.openpty()
        tty.setraw(slave)
        os.symlink(os.ttyname(slave), path)

        def read():
            data = b""
            while len(data) < len(wanted):
                data += os.read(master, 1 << 16)
            return data

        thread, box = read_in_thread(read)
        run(words)
        thread.join(LIMIT_S)
        os.close(slave)
        os.close(master)
        check(box == [wanted], f"{name}: the device gets {box and len(box[0])} bytes")
        check(os.path.islink(path), f"{name}: the link stays")
        check(set(everything()) == beside | {path}, f"{name}: leaves {set(everything())}")
        os.unlink(path)
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))
            open(path, "wb").close()
        except PermissionError:
            return  # nodes of our own are only for root, outside containers
        run(words)
        check(stat.S_ISCHR(os.stat(path).st_mode), f"{name}: the node stays")

    each_output(test)


def a_folder_is_an_error():
    def test(name, wanted, beside):
        words, path = words_of(name, "out")
        os.mkdir(path)
        before = everything()
        _, error = run(words, status=1)
        check(f"cannot write {path}: Is a directory (name a file in it)" in error, f"{name}: {error}")
        if not name.startswith("-o, shards"):
            check(everything() == before, f"{name}: leaves {set(everything())}")

    each_output(test)


def what_may_not_be_written_is_an_error():
    os.chmod(".", 0o755)

    def as_nobody():
        if os.getuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    def test(name, wanted, beside):
        words, path = words_of(name, "out")
        os.chmod(".", 0o777)
        pathlib.Path(path).write_bytes(OLD)
        os.chmod(path, 0o444)
        with open(BINARY, "rb") as binary:
            # By its open file: folders above it may be closed to others.
            done = subprocess.run([f"/proc/self/fd/{binary.fileno()}", *words], capture_output=True, timeout=LIMIT_S,
                                  pass_fds=(binary.fileno(),), preexec_fn=as_nobody)
        check(done.returncode == 1, f"{name}: {done.stderr}")
        check(f"cannot write {path}: Permission denied (write elsewhere" in done.stderr.decode(), f"{name}: {done.stderr}")
        check(pathlib.Path(path).read_bytes() == OLD, f"{name}: stays")

    each_output(test)


def a_full_disk_leaves_what_was_there():
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8))

    def test(name, wanted, beside):
        words, path = words_of(name, "out")
        for exists in (False, True):
            if exists:
                pathlib.Path(path).write_bytes(OLD)
            _, error = run(words, status=1, preexec_fn=limited)
            check("File too large (raise the limit" in error, f"{name}: {error}")
            left = set(everything()) - {f"{path}.part"}
            check(left == ({"in.json", path} if exists else {"in.json"}), f"{name}: leaves {left}")
        check(pathlib.Path(path).read_bytes() == OLD, f"{name}: stays")
        os.unlink(path)
        os.symlink("/dev/full", path)
        _, error = run(words, status=1)
        check("No space left on device (free some space" in error, f"{name}: {error}")
        check(os.readlink(path) == "/dev/full", f"{name}: the link stays")

    each_output(test)


def two_outputs_are_two_files():
    fresh()
    _, error = run(["render", "kick", *QUICK, "-o", "x.wav", "--manifest", "x.wav", "--depfile", "./x.wav"], status=2)
    check('-o "x.wav" and --manifest "x.wav" are one file' in error, error)
    check('--depfile "./x.wav" and --manifest "x.wav" are one file' in error, error)
    check("drumgen: " in error and error.count("give each a name of its own") == 2, "all at once")
    os.symlink("y.wav", "to_y")
    os.mkdir("a")
    os.symlink("a", "b")
    for words in (
        ("-o", "x.wav", "--plot", "x.wav"),
        ("-o", "y.wav", "--plot", "to_y"),
        ("-o", "a/x.wav", "--manifest", "b/x.wav"),
        ("-o", "{instrument}.wav", "--plot", "./{instrument}.wav"),
        ("-o", "x.wav", "--manifest", "m", "--depfile", "m.part"),
        ("-o", "{index}", "--manifest", "1"),
        ("--to", "tar", "-o", "x.tar", "--manifest", "x.tar"),
        ("--to", "tar", "-o", "x{shard}.tar", "--manifest", "x0.tar"),
        ("--to", "raw", "--bits", "16", "-o", "x", "--depfile", "x"),
        ("-o", "-", "--manifest", "/dev/stdout"),
        ("--json", "-o", "/dev/stdout"),
        ("--show", "-o", "/dev/fd/1"),
    ):
        before = everything()
        _, error = run(["render", "kick/909", *QUICK, *words], status=2)
        check("are one file" in error, f"{words}: {error}")
        check(everything() == before, f"{words}: leaves {set(everything())}")
    with open("log", "wb") as log:
        done = subprocess.run([BINARY, "render", "kick", *QUICK, "--json", "-o", "log"], stdout=log,
                              stderr=subprocess.PIPE, timeout=LIMIT_S)
    check(done.returncode == 2 and b"and standard output are one file" in done.stderr, done.stderr)
    run(["render", "kick", *QUICK, "-o", "/dev/null", "--manifest", "/dev/null", "--depfile", "/dev/null"])


def two_sounds_of_a_stream_are_two_files():
    fresh()
    lines = b'{"instrument": "kick"}\n{"instrument": "kick", "seed": 1}\n{"instrument": "snare"}\n'
    pathlib.Path("set.jsonl").write_bytes(lines)
    _, error = run(["render", "set.jsonl", *QUICK, "-o", "{instrument}.wav"], status=2)
    check('set.jsonl:2 would be "kick.wav", as one before it; add {index} to the name' in error, error)
    fresh()
    pathlib.Path("set.jsonl").write_bytes(lines)
    os.symlink("1.wav", "3.wav")
    os.symlink("1.wav", "2.wav")
    _, error = run(["render", "set.jsonl", *QUICK, "-o", "{index}.wav"], status=2)
    check('set.jsonl:3: -o "3.wav" and -o "2.wav" are one file' in error, error)
    fresh()
    pathlib.Path("2.wav").write_bytes(lines)
    _, error = run(["render", "2.wav", *QUICK, "-o", "{index}.wav"], status=2)
    check("2.wav" in error and pathlib.Path("2.wav").read_bytes() == lines, error)
    os.rename("2.wav", "2.json")
    _, error = run(["render", "2.json", *QUICK, "--to", "wav", "-o", "{index}.json"], status=2)
    check('2.json:2: -o "2.json" is the input "2.json"' in error, error)
    check(pathlib.Path("2.json").read_bytes() == lines, "the input is whole")


def a_wav_may_be_rendered_onto_itself():
    fresh()
    run(["render", "kick", *QUICK, "-o", "a.wav"])
    before = pathlib.Path("a.wav").read_bytes()
    for words in (("-o", "a.wav"), ("-o", "./{name}.wav", "--set", "tune=60")):
        os.rename("a.wav", "kick-0.wav") if "{name}" in words[1] else None
        name = "kick-0.wav" if "{name}" in words[1] else "a.wav"
        _, error = run(["render", name, *QUICK, *words])
        check("is rendered again onto itself" in error, error)
    check(pathlib.Path("kick-0.wav").read_bytes() != before, "it is new")
    _, error = run(["render", "kick-0.wav", "-q", "-o", "kick-0.wav"])
    check(not error, "-q says nothing")
    run(["render", "snare", *QUICK, "-o", "s.wav"])
    before = everything()
    _, error = run(["render", "s.wav", "-o", "{index}.wav", "--plot", "s.wav"], status=2)
    check(error.count('--plot "s.wav" is the input') == 1, error)
    os.symlink("s.wav", "1.wav")
    _, error = run(["render", "kick-0.wav", "s.wav", "-o", "{index}.wav"], status=2)
    check('patch 1: -o "1.wav" is the input "s.wav"' in error, error)
    _, error = run(["render", "s.wav", "--describe", "--plot", "s.wav"], status=2)
    check('--plot "s.wav" is the input "s.wav"' in error, error)
    os.unlink("1.wav")
    check(everything() == before, "nothing has changed")


def a_preset_of_ones_own_is_an_input():
    fresh()
    os.makedirs("mine/kick")
    pathlib.Path("mine/kick/own.json").write_text('{"description": "", "params": {"tune": 50}}')
    more = {"env": {**os.environ, "DRUMGEN_PRESET_PATH": "mine"}}
    before = everything()
    _, error = run(["render", "kick/own", *QUICK, "--to", "wav", "-o", "mine/kick/own.json"], status=2, **more)
    check("is the input" in error and everything() == before, error)


def a_store_of_ratings_is_no_input():
    fresh()
    os.symlink("in.json", "link")
    for path in ("in.json", "link"):
        _, error = run(["feedback", "like", "in.json", "--ratings", path], status=2)
        check("is the input" in error and pathlib.Path("in.json").read_bytes() == PATCH, error)
    printed, _ = run(["feedback", "like", "in.json", "--ratings", "/dev/stdout", "-q"])
    check(json.loads(printed)["label"] == "like", printed)
    os.mkfifo("fifo")
    thread, box = read_in_thread(lambda: pathlib.Path("fifo").read_bytes())
    run(["feedback", "like", "in.json", "--ratings", "fifo", "-q"])
    thread.join(LIMIT_S)
    check(json.loads(box[0])["patch"]["seed"] == 3, "a FIFO")
    _, error = run(["feedback", "--undo", "1", "--ratings", "fifo"], status=2)
    check("keeps no ratings" in error, error)


def a_run_that_breaks_leaves_no_container():
    fresh()
    good = b'{"instrument": "kick"}\n'
    for words in (("-o", "x.tar"), ("--bits", "16", "-o", "x.raw")):
        name = words[-1]
        pathlib.Path("set.jsonl").write_bytes(good * 12 + b"{}\n" + good)
        before = everything()
        run(["render", "set.jsonl", *QUICK, *words], status=2)
        check(everything() == before, f"{words}: leaves {set(everything())}")
        pathlib.Path(name).write_bytes(OLD)
        run(["render", "set.jsonl", *QUICK, *words, "--manifest", "m"], status=2)
        check(pathlib.Path(name).read_bytes() == OLD and not os.path.exists("m"), "what was there stays")
        os.unlink(name)
        os.unlink("m.part")
        run(["render", "set.jsonl", *QUICK, *words, "--keep-going"], status=2)
        check(os.path.getsize(name) > 10000, "--keep-going is not broken off")
        os.unlink(name)
    run(["render", "set.jsonl", *QUICK, "-o", "x{shard}.tar", "--shard-size", "5"], status=2)
    check(sorted(str(path) for path in pathlib.Path(".").glob("x*")) == ["x0.tar", "x1.tar"], "whole shards stay")
    with tarfile.open("x1.tar") as archive:
        check(len(archive.getnames()) == 10, "and are whole")


def a_reader_that_goes_leaves_nothing():
    fresh()
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.Popen([BINARY, "render", "kick", "--plot", "p.svg", "--json", "-o", "x{index}"], stdout=writer,
                               stderr=subprocess.PIPE)
    os.close(writer)
    process.communicate(timeout=LIMIT_S)
    check(process.returncode == -signal.SIGPIPE, f"dies by the signal, not {process.returncode}")
    check(not [name for name in everything() if name.endswith(".tmp")], f"leaves {set(everything())}")


def a_refused_resume_keeps_the_list():
    fresh()
    words = ["render", "set.jsonl", *QUICK, "-o", "{index}.wav", "--manifest", "m", "--resume"]
    patches = [json.dumps({"instrument": "kick", "seed": seed}).encode() + b"\n" for seed in range(6)]
    pathlib.Path("set.jsonl").write_bytes(b"".join(patches))
    run(words)
    whole = everything()
    run(words)
    check(everything() == whole, "nothing to do")
    refusals = (
        (b'{"instrument": "snare"}\n' * 6, "lists another sound than"),
        (b"".join(patches[:3]) + b'{"instrument": "snare"}\n', "lists another sound than"),
        (b"".join(patches[:3]), "lists more sounds than are given"),
        (b"".join(patches[:3]) + b"{}\n", "no instrument"),
    )
    for text, message in refusals:
        pathlib.Path("set.jsonl").write_bytes(text)
        _, error = run(words, status=2)
        check(message in error, error)
        after = everything()
        check({**after, "set.jsonl": None} == {**whole, "set.jsonl": None}, f"{message}: {set(after)}")
    pathlib.Path("set.jsonl").write_bytes(b"".join(patches))
    os.unlink("3.wav")
    run(words)
    check(everything() == whole, "taken up from the complete list")
    os.mkfifo("fifo")
    _, error = run([*words[:-3], "--manifest", "fifo", "--resume"], status=2)
    check("is no file that --resume could take up" in error, error)


def a_list_in_the_making_harms_no_other_name():
    fresh()
    pathlib.Path("m.part").write_bytes(OLD)
    os.link("m.part", "other")
    run(["render", "kick", *QUICK, "-o", "x.wav", "--manifest", "m"])
    check(pathlib.Path("other").read_bytes() == OLD, "another name of what was there")


TESTS = [
    a_regular_file_is_replaced,
    a_link_stays_and_what_it_names_is_replaced,
    an_input_is_refused,
    a_fifo_is_written_through,
    no_file_gets_what_is_meant_for_a_closed_stream,
    a_pipe_of_the_shell_is_written_through,
    a_device_is_written_through,
    a_folder_is_an_error,
    what_may_not_be_written_is_an_error,
    a_full_disk_leaves_what_was_there,
    two_outputs_are_two_files,
    two_sounds_of_a_stream_are_two_files,
    a_wav_may_be_rendered_onto_itself,
    a_preset_of_ones_own_is_an_input,
    a_store_of_ratings_is_no_input,
    a_run_that_breaks_leaves_no_container,
    a_reader_that_goes_leaves_nothing,
    a_refused_resume_keeps_the_list,
    a_list_in_the_making_harms_no_other_name,
]

sys.exit(run_tests(TESTS))
