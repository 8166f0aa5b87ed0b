#!/usr/bin/python3
"""What a run shows on a terminal of how far it is, and that it shows nothing elsewhere.

usage: progress_test.py BINARY
"""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time

from harness import BINARY, LIMIT_S, check, run_bytes, run_tests

ERASED = "\r\x1b[K"
WORDS = ["--duration", "0.5", "-j", "1", "--to", "raw", "--bits", "16", "-o", "/dev/null"]


def on_terminal(*words, columns=80, stdin=None, **more):
    """What drumgen writes to a terminal behind standard error, and its status."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {key: value for key, value in os.environ.items() if key != "CI"}
    process = subprocess.Popen([BINARY, *words], stdin=stdin or subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=theirs, env={**env, "TERM": "xterm", **more})
    os.close(theirs)
    text = b""
    while True:
        try:
            some = os.read(ours, 65536)
        except OSError:  # Linux's way to tell that the other side is closed
            break
        if not some:
            break
        text += some
    os.close(ours)
    return text.decode().replace("\r\n", "\n"), process.wait(timeout=LIMIT_S)


def shown_in(text):
    """The lines of progress; each is written anew ten times a second."""
    lines = re.findall(r"\r\x1b\[K([^\r\n]+)", text)
    return [line for line in lines if not line.startswith("drumgen: ")]


def long_enough(lines, columns=80):
    """Sounds that take until so many lines are shown, on a machine of any speed, and what is."""
    count = 100
    while True:
        sounds = ["snare/909"] * count
        text, status = on_terminal("render", *sounds, *WORDS, columns=columns)
        if len(shown_in(text)) >= lines or count > 100_000:
            return sounds, text, status
        count *= 3


def tells_percent_rate_and_time_left():
    sounds, text, status = long_enough(3)
    check(status == 0, text)
    shown = shown_in(text)
    check(len(shown) >= 3, text)
    for line in shown:
        found = re.fullmatch(r"(\d+) %, (\d+) of (\d+), \d+ a second, \d+ x real time, (\d+ min )?\d+ s left", line)
        check(found, line)
        check(int(found[3]) == len(sounds), line)
        check(int(found[1]) == 100 * int(found[2]) // len(sounds) and int(found[1]) < 100, line)
    # The line is taken away, and the summary stands alone.
    check(text.endswith(text[text.rindex(ERASED):]) and "\n" in text[text.rindex(ERASED):], "cleared at the end")
    last = text[text.rindex(ERASED) + len(ERASED):]
    check(re.fullmatch(rf"drumgen: {len(sounds)} sounds, [0-9.]+ s of sound in .*\n", last), last)


def fits_the_terminal():
    _, text, _ = long_enough(1, columns=30)
    lines = shown_in(text)
    check(lines and all(len(line) < 30 for line in lines), lines)


def gives_way_to_messages():
    patches, _ = run_bytes("propose", "snare", "-n", str(2 * len(long_enough(1)[0])))
    number = patches.count(b"\n") + 1
    with open("set.jsonl", "wb") as file:
        file.write(patches + b'{"instrument": "kick", "params": {"tune": 999}}\n' + patches)
    text, status = on_terminal("render", "set.jsonl", *WORDS, "--keep-going")
    check(status == 2, text)
    told = text[:text.index(f"set.jsonl:{number}: kick: tune = 999")]
    check(told.endswith(ERASED + "drumgen: ") or told == "drumgen: ", told[-80:])
    check(re.search(r"\r\x1b\[K\d+ sounds, \d+ a second", text), "of an unknown number no percent")


def is_silent_where_nobody_can_see_it():
    for words, more in ((["-q"], {}), ([], {"TERM": "dumb"}), ([], {"CI": "true"})):
        text, _ = on_terminal("render", *["snare/909"] * 40, *WORDS, *words, **more)
        check(text == "", f"{words} {more}: {text}")
    _, error = run_bytes("render", *["snare/909"] * 40, *WORDS)
    check(error == "", error)


sys.exit(run_tests([
    tells_percent_rate_and_time_left, fits_the_terminal, gives_way_to_messages, is_silent_where_nobody_can_see_it,
]))
