#!/usr/bin/python3
"""The program is safe to run on anybody's files: their names reach no terminal raw, their paths stay in their folder,
nothing is run by a shell, and nothing is written beside what was named.

usage: safety_test.py BINARY
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

from harness import BINARY, LIMIT_S, SANITIZED, check, run_tests

# What a terminal obeys: colours, its title, its own 8-bit introducer as UTF-8 and as a byte, the way back, a bell.
HOSTILE = ("\x1b[31mred", "\x1b]0;title\x07", "\u009b31m", "a\rb", "a\x08b", "a\x7fb", "a\nb")[:2 if SANITIZED else None]
QUICK = ("--duration", "0.05", "--quality", "draft")
LINE = {"instrument": "kick", "render": {"duration": 0.05, "quality": "draft"}}
OBEYED = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")


def told(*words, stdin=b"", **more):
    """What a terminal would be given: all that is printed."""
    done = subprocess.run([BINARY, *words], input=stdin, capture_output=True, timeout=LIMIT_S, **more)
    check(done.returncode in (0, 1, 2, 3), f"{words} ends with {done.returncode}: {done.stderr.decode(errors='replace')}")
    found = OBEYED.search(done.stdout + done.stderr)
    check(not found, f"{words} prints {found and found.group()!r}: {(done.stdout + done.stderr)[:300]!r}")
    return done.returncode, done.stdout, done.stderr


def names_of_files_reach_no_terminal():
    subprocess.run([BINARY, "render", "kick", *QUICK, "-o", "plain.wav"], check=True)
    for name in HOSTILE:
        path = "./" + name + ".wav"
        shutil.copy("plain.wav", path)
        for words in (("render", path, "-v", "-o", path), ("render", path, "--describe"), ("render", path, "--describe", "--json"), ("render", path, "--dry-run"),
                      ("render", "--verify", path), ("render", "--verify", path, "--json"), ("render", path, "--json", "-o", "b.wav"),
                      ("render", path + "none"), ("render", path, "--plot", path + ".none"), ("render", path, "-o", path + "/x.wav"),
                      ("feedback", "like", path, "--ratings", path + ".jsonl"), ("feedback", "--list", "--ratings", path + ".jsonl"),
                      ("match", path, "--effort", "100"), ("match", "--hits", path), ("match", path, "--json", "--effort", "100"),
                      ("export-kit", path, "-o", "k.zip"), ("export-kit", f"--slot=kick={path}", "-v", "-o", name + ".zip"),
                      ("export-kit", "808", "--name", name, "-o", "k.zip"), ("export-kit", "808", "--list", "--name", name),
                      ("export-kit", "808", "--pattern", path, "--beat", "b.wav"), ("mutate", path), ("propose", name), (name,), ("render", f"--{name}", "1"),
                      ("render", "kick", "--set", f"tune={name}"), ("schema", name), ("list", name), ("audition", name, "--player", "none"),
                      ("render", "kick", "-o", "{" + name + "}.wav"), ("feedback", "--import", path, "--ratings", "r.jsonl")):
            told(*words)
        os.unlink(path)


def names_in_files_reach_no_terminal():
    os.mkdir("presets")
    for at, name in enumerate(HOSTILE):
        pathlib.Path("presets", f"{name}.json").write_text(json.dumps({"instrument": "kick", "description": name}))
        patch = json.dumps({**LINE, "name": name}).encode()
        unknown = json.dumps({**LINE, name: 1, "params": {name: 2}}).encode()
        for text in (patch, unknown, json.dumps({"instrument": name}).encode(), name.encode(), b'{"instrument": "kick", "' + name.encode() + b'": 1}'):
            for words in (("render", "-", "-v", "-o", f"{at}.wav"), ("render", "-", "--dry-run"), ("mutate", "-"), ("render", text.decode(), "-o", "a.wav")):
                told(*words, stdin=text)
            told("feedback", "--import", "-", "--ratings", "r.jsonl", stdin=json.dumps({"label": name, "time": name, "patch": json.loads(patch)}).encode())
        for kit in ({"name": name, "slots": {"kick": LINE}}, {"slots": {name: LINE}}, {"slots": {"kick": name}}, {name: 1, "slots": {"kick": {name: LINE}}}):
            told("export-kit", "-", "-v", "-o", "k.zip", stdin=json.dumps(kit).encode())
            told("export-kit", "-", "--list", stdin=json.dumps(kit).encode())
        with zipfile.ZipFile("a.zip", "w") as archive:
            archive.writestr("kit_info.json", json.dumps({"slots": {"kick": {"patch": LINE, "files": [{"file": name, "sha256": name}]}}}))
            archive.writestr(name, "x")
        for words in (("render", "--verify", "a.zip"), ("export-kit", "a.zip", "-o", "k.zip"), ("render", "a.zip", "-v", "-o", "{name}.wav")):
            told(*words)
    environment = {**os.environ, "DRUMGEN_PRESET_PATH": os.path.abspath("presets")}
    for words in (("list", "presets"), ("list", "presets", "--json"), ("render", "kick/red", "--dry-run"), ("list", "kits")):
        told(*words, env=environment)


def kits_name_no_file_outside():
    subprocess.run([BINARY, "render", "kick", *QUICK, "-o", "secret.wav"], check=True)
    os.mkdir("kit")
    shutil.copy("secret.wav", "kit/own.wav")
    here = os.path.abspath("secret.wav")
    for path in ("../secret.wav", here, "a/../../secret.wav", "..\\secret.wav", "C:secret.wav", "/dev/zero", "/dev/stdin"):
        for body in ({"slots": {"kick": path}}, {"slots": {"kick": {"patch": path}}}):
            pathlib.Path("kit/kit.json").write_text(json.dumps(body))
            pathlib.Path("kit/kit_info.json").write_text(json.dumps(body))
            for words in (("export-kit", "kit/kit.json", "-o", "k.zip"), ("export-kit", "kit", "-o", "k.zip"), ("render", "kit", "-o", "{name}.wav"),
                          ("render", "kit/kit.json", "-o", "{name}.wav")):
                status, _, error = told(*words)
                check(status == 2 and b"kit's folder" in error and b"--slot" in error, f"{words} {path}: {status} {error}")
                check(not os.path.exists("k.zip") and not os.path.exists("kick.wav"), f"{words} {path} writes")
    pathlib.Path("kit/kit.json").write_text(json.dumps({"slots": {"kick": "own.wav", "snare": "snare/808-1"}}))
    status, _, error = told("export-kit", "kit/kit.json", *QUICK, "-o", "k.zip")
    check(status == 0, f"what lies beside it is read: {error}")
    status, _, error = told("export-kit", "--slot", f"kick={here}", *QUICK, "-o", "k2.zip")
    check(status == 0, f"and what the user names: {error}")


def manifests_name_no_file_outside():
    """A list that was tampered with makes a resumed batch neither read, write nor remove another file."""
    lines = "".join(json.dumps({**LINE, "seed": seed}) + "\n" for seed in range(3)).encode()
    os.mkdir("set")
    pathlib.Path("victim.wav").write_text("mine")
    subprocess.run([BINARY, "render", "-", "-q", "-o", "{index}.wav", "--manifest", "m.jsonl"], input=lines, check=True, cwd="set")
    listed = pathlib.Path("set/m.jsonl").read_text()
    for other in ("../victim.wav", os.path.abspath("victim.wav")):
        pathlib.Path("set/m.jsonl").unlink(missing_ok=True)
        pathlib.Path("set/m.jsonl.part").write_text(listed.replace("1.wav", other))
        told("render", "-", "-q", "-o", "{index}.wav", "--manifest", "m.jsonl", "--resume", stdin=lines, cwd="set")
        check(pathlib.Path("victim.wav").read_text() == "mine", f"{other} is as it was")


def names_in_templates_stay_inside():
    for name in ("../x", "/tmp/x", "..", ".", "a/b", "..\\x", "~", "-o", "$(touch y)", "`touch y`", "CON"):
        told("render", "-", "-q", "-o", "out-{name}.wav", stdin=json.dumps({**LINE, "name": name}).encode())
        told("render", "-", "-q", "-o", "{name}.wav", stdin=json.dumps({**LINE, "name": name}).encode())
        told("render", "-", "-q", "--to", "tar", "-o", "a.tar", stdin=json.dumps({**LINE, "name": name}).encode())
    check(not any(path.is_dir() for path in pathlib.Path(".").iterdir()) and not os.path.exists("../x.wav") and not os.path.exists("y"), os.listdir("."))
    listed = subprocess.run(["tar", "-tf", "a.tar"], capture_output=True, text=True, check=True).stdout
    check(not re.search(r"(^|/)\.\.(/|$)|^/", listed, re.MULTILINE), listed)


def a_player_is_no_shell():
    """The name of a player and of what it plays are words, whatever is in them."""
    os.mkdir("bin")
    player = pathlib.Path("bin/player;touch${IFS}y;$(touch${IFS}y)")
    player.write_text('#!/bin/sh\nfor word in "$@"; do echo "[$word]" >> said; done\n')
    player.chmod(0o755)
    temporary = os.path.abspath("tmp; touch y")
    os.mkdir(temporary)
    subprocess.run([BINARY, "audition", "hat", "--player", str(player.absolute()), "--ratings", "r.jsonl"], input=b"nq", check=True, capture_output=True,
                   timeout=LIMIT_S, env={**os.environ, "TMPDIR": temporary})
    check(not os.path.exists("y"), "nothing of a name is run")
    check(os.listdir(temporary) == [], "and nothing is left of what was played")
    # A player of the folder one happens to be in is not taken.
    for name in ("aplay", "paplay", "play", "ffplay"):
        path = pathlib.Path(name)
        path.write_text("#!/bin/sh\ntouch y\n")
        path.chmod(0o755)
    subprocess.run([BINARY, "audition", "hat", "--ratings", "r.jsonl"], input=b"nq", capture_output=True, timeout=LIMIT_S, env={**os.environ, "PATH": "/nowhere"})
    check(not os.path.exists("y"), "nor one of this folder")


def nothing_is_written_beside():
    """What the system is asked to make, change or remove lies where the command says."""
    if SANITIZED or shutil.which("strace") is None or subprocess.run(["strace", "-o", "trace", "true"], capture_output=True).returncode != 0:
        return  # in a container, one process may not be allowed to look at another
    lines = "".join(json.dumps({**LINE, "seed": seed}) + "\n" for seed in range(5)).encode()
    subprocess.run([BINARY, "render", "kick", "--duration", "0.3", "-o", "in.wav"], check=True)
    ways = ((("render", "kick", *QUICK, "-o", "out/a.wav"), b""), (("render", "-", "-q", "-o", "out/{index}.wav", "--manifest", "out/m.jsonl"), lines),
            (("render", "-", "-q", "-o", "out/{index}.flac"), lines), (("render", "-", "-q", "--to", "tar", "-o", "out/a.tar"), lines),
            (("render", "-", "-q", "--page", "out/p.html"), lines), (("render", "in.wav", "--plot", "out/p.png"), b""), (("render", "in.wav", "--describe"), b""),
            (("render", "--verify", "in.wav"), b""), (("feedback", "like", "in.wav", "--ratings", "out/r.jsonl"), b""),
            (("feedback", "--list", "--ratings", "out/r.jsonl"), b""), (("propose", "kick", "--from", "learned", "--ratings", "out/r.jsonl"), b""),
            (("match", "in.wav", "--effort", "100"), b""), (("match", "in.wav", "--all-hits", "--effort", "100", "--groove", "out/g.mid"), b""),
            (("export-kit", "808", *QUICK, "-o", "out/k.zip"), b""), (("export-kit", "808", *QUICK, "--format", "dir", "-o", "out/k"), b""),
            (("export-kit", "808", *QUICK, "-o", "out/k.sf2"), b""), (("export-kit", "808", *QUICK, "-o", "out/k.h2drumkit"), b""),
            (("export-kit", "808", *QUICK, "--beat", "out/b.wav"), b""), (("list", "presets"), b""), (("schema", "kick"), b""), (("--version",), b""),
            (("audition", "hat", "--player", "none", "--ratings", "out/r.jsonl", "-o", "out/kept-{seed}.wav"), b"lkdq"))
    os.mkdir("out")
    calls = "openat,open,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,truncate,chmod,fchmodat,mknod,mknodat"
    for words, stdin in ways:
        done = subprocess.run(["strace", "-f", "-qq", "-o", "trace", "-e", f"trace={calls}", BINARY, *words], input=stdin, capture_output=True, timeout=LIMIT_S)
        check(done.returncode in (0, 3), f"{words}: {done.stderr.decode()}")
        lines_of_trace = pathlib.Path("trace").read_text(errors="replace").splitlines()
        check(lines_of_trace, f"{words}: strace saw nothing")
        for line in lines_of_trace:
            if "open" in line.split("(")[0] and not re.search(r"O_WRONLY|O_RDWR|O_CREAT", line):
                continue
            paths = re.findall(r'"([^"]*)"', line)
            beside = [path for path in paths if not path.startswith("out/") and path != "out" and not path.startswith("/dev/") and not path.startswith("/proc/self/fd")]
            check(not beside or " = -1 " in line, f"{words}: {line}")
    check(not [name for name in os.listdir("out") if name.startswith(".")], os.listdir("out"))


TESTS = [
    names_of_files_reach_no_terminal,
    names_in_files_reach_no_terminal,
    kits_name_no_file_outside,
    manifests_name_no_file_outside,
    names_in_templates_stay_inside,
    a_player_is_no_shell,
    nothing_is_written_beside,
]

sys.exit(run_tests(TESTS))
