#!/usr/bin/python3
"""What `drumgen audition` plays, asks, keeps and learns, with keys from a pipe and from a terminal.

usage: audition_test.py BINARY
"""

import json
import os
import pathlib
import pty
import select
import subprocess
import sys
import termios
import time

from harness import BINARY, LIMIT_S, check, run_bytes, run_tests

STORE = "ratings.jsonl"


def audition(keys, *words, **more):
    words = words or ("--player", "none")
    out, error = run_bytes("audition", "hat", "--ratings", STORE, "--seed", "3", *words, stdin=keys.encode(), **more)
    return out.decode(), error


def listed():
    out, _ = run_bytes("feedback", "--list", "--ratings", STORE)
    return [json.loads(line) for line in out.splitlines()]


def program(name, text):
    path = pathlib.Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def wait_for(what, text):
    end = time.monotonic() + LIMIT_S
    while not what():
        check(time.monotonic() < end, f"never: {text}")
        time.sleep(0.02)


def answers_are_ratings():
    out, error = audition("ld\nln?zq")
    check([r["label"] for r in listed()] == ["like", "dislike", "like"], listed())
    seeds = [r["patch"]["seed"] for r in listed()]
    check([f"{k}. hat, seed {seed}" in out for k, seed in enumerate(seeds, 1)] == [True] * 3, out)
    check("5. hat" in out and "6. hat" not in out, "n shows another one, an unknown key none")
    check("2 liked, 1 disliked, in ratings.jsonl; 0 kept" in out, out)
    check("nothing is learned" in error and error.count("\n") == 1, error)
    lines = [json.loads(line) for line in pathlib.Path(STORE).read_text().splitlines()]
    check(all(line["features"]["peak"] > 0 for line in lines), "measured as feedback does")
    again, error = audition("")
    check(again != out and error == "", "learns from what was said")


def the_same_again():
    pathlib.Path(STORE).touch()
    first, _ = audition("nnnq")
    second, _ = audition("nnnq")
    check(first == second, "the same ratings, seed and keys")
    other, _ = run_bytes("audition", "kick", "snare", "--player", "none", "--ratings", STORE, stdin=b"nn")
    check(b"1. kick" in other and b"2. snare" in other and b"3. kick" in other, other)


def keeps_and_never_replaces():
    out, error = audition("kq")
    check(listed()[0]["label"] == "like" and "1 kept" in out, out)
    check("wrote kept-hat-001.wav" in error, error)
    before = pathlib.Path("kept-hat-001.wav").read_bytes()
    run_bytes("render", json.dumps(listed()[0]["patch"]), "-o", "same.wav")
    check(pathlib.Path("same.wav").read_bytes() == before, "as drumgen render writes it")
    audition("kkq")
    check(sorted(path.name for path in pathlib.Path().glob("kept*"))
          == ["kept-hat-001.wav", "kept-hat-002.wav", "kept-hat-003.wav"], os.listdir())
    check(pathlib.Path("kept-hat-001.wav").read_bytes() == before, "it stays")
    os.unlink(STORE)
    out, error = audition("kq", "-o", "kept-hat-001.wav", "--player", "none")
    check("leave out --no-clobber" in error and "0 kept" in out and listed() == [], error)
    audition("kq", "-o", "kept/{instrument}-{seed}.wav", "--player", "none")
    check(listed() == [], "no folder, so nothing is kept")
    _, error = audition("q", "-o", "{what}.wav", "--player", "none", status=2)
    check("what" in error, error)
    audition("q", "-o", "-", "--player", "none", status=2)


def undo_goes_back():
    out, _ = audition("lduudq")
    check([r["label"] for r in listed()] == ["dislike"], listed())
    first = listed()[0]["patch"]["seed"]
    check(out.count(f"hat, seed {first}:") == 2, out)
    check("nothing was rated yet" in audition("u")[0], "nothing to undo")


def mutate_varies_what_is_heard():
    run_bytes("feedback", "like", "hat/808-closed", "--ratings", STORE)
    out, _ = audition("lmlq", "--only", "tightness", "--lock", "seed=7", "--player", "none")
    patches = [r["patch"] for r in listed()[1:]]
    check([patch["seed"] for patch in patches] == [7, 7], patches)
    check([set(patch["params"]) for patch in patches] == [{"tightness"}] * 2, patches)


def plays_with_what_is_there():
    # It is stopped as soon as a key is hit, so what it plays is there whole or not at all.
    program("bin/aplay", 'echo "$@" >> said; cat "$2" > part; mv part "played$(wc -l < said)"; sleep 9999')
    # No other player that this machine may have.
    for name in ("cat", "mv", "wc", "sleep"):
        os.symlink(f"/bin/{name}", f"bin/{name}")
    environment = {**os.environ, "PATH": f"{os.getcwd()}/bin"}
    process = subprocess.Popen([BINARY, "audition", "hat", "--ratings", STORE], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    for count, key in enumerate(b" lq", 1):
        wait_for(lambda: os.path.exists(f"played{count}"), "it plays")
        process.stdin.write(bytes([key]))
        process.stdin.flush()
    check(process.wait(LIMIT_S) == 0, "it ends at once, and what plays with it")
    check(pathlib.Path("said").read_text() == "-q /dev/fd/3\n" * 3, pathlib.Path("said").read_text())
    check(pathlib.Path("played1").read_bytes() == pathlib.Path("played2").read_bytes(), "space plays again")
    patch = listed()[0]["patch"]
    pathlib.Path("played.wav").write_bytes(pathlib.Path("played1").read_bytes())
    run_bytes("render", "played.wav", "--verify")
    run_bytes("render", json.dumps(patch), "--bits", "16", "-o", "same.wav")
    check(pathlib.Path("same.wav").read_bytes() == pathlib.Path("played1").read_bytes(), "what is rated is heard")


def goes_on_without_sound():
    program("bin/silent", "exit 1")
    process = subprocess.Popen([BINARY, "audition", "hat", "--ratings", STORE, "--player", "bin/silent --loud"],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told = process.stderr.readline() + process.stderr.readline()
    check(b"bin/silent could not play it, status 1; sounds are only shown" in told, told)
    out, error = process.communicate(b"lq")
    check(b"2. hat" in out and error == b"", error)
    _, error = audition("q", "--player", "bin/none", status=1)
    check('cannot play with "bin/none"' in error, error)
    out, error = run_bytes("audition", "hat", "--ratings", STORE, env={**os.environ, "PATH": "/nowhere"})
    check("no player is installed" in error and out.count(b"\n") > 8, "the waveform is shown")


def a_terminal_gives_keys_at_once():
    for last in (b"q", b"\x03", b"\x04"):
        master, slave = pty.openpty()
        before = termios.tcgetattr(slave)
        process = subprocess.Popen([BINARY, "audition", "hat", "--ratings", STORE, "--player", "none"],
                                   stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
        shown = b""

        def read_until(text):
            nonlocal shown
            while text not in shown:
                check(select.select([master], [], [], 20)[0], f"never shows {text}: {shown}")
                shown += os.read(master, 65536)

        read_until(b"q quit")
        os.write(master, b"l")
        read_until(b"2. hat")
        os.write(master, last)
        check(process.wait(LIMIT_S) == 0, f"{last} ends it")
        check(termios.tcgetattr(slave) == before, f"{last}: the terminal is as before")
        os.close(master)
        os.close(slave)
    check(len(listed()) == 3, "rated each time")


def refuses():
    _, error = run_bytes("audition", status=2)
    check("no instrument given" in error, error)
    for words in (("gong",), ("hat", "--seed", "-1"), ("hat", "--amount", "2"), ("hat", "--explore", "x"),
                  ("hat", "--lock", "nothing=1"), ("hat", "--like", "kick/909")):
        run_bytes("audition", *words, "--player", "none", "--ratings", STORE, status=2)
    check(not os.path.exists(STORE), "nothing is written")


sys.exit(run_tests([
    answers_are_ratings,
    the_same_again,
    keeps_and_never_replaces,
    undo_goes_back,
    mutate_varies_what_is_heard,
    plays_with_what_is_there,
    goes_on_without_sound,
    a_terminal_gives_keys_at_once,
    refuses,
]))
