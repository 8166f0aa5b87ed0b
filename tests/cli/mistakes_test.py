#!/usr/bin/python3
"""Runs what mistakes.txt lists, and compares what drumgen says of it.

usage: mistakes_test.py BINARY
"""

import os
import pathlib
import re
import subprocess
import sys

from harness import BINARY, LIMIT_S, check, run_bytes, run_tests

TABLE = pathlib.Path(__file__).with_name("mistakes.txt").read_text()
PROGRAM = 'drumgen() { "$DRUMGEN" "$@"; }\n'


def mistakes():
    """Pairs of a command and the lines that it has to say."""
    blocks = [block.strip().splitlines() for block in TABLE.split("\n\n")]
    return [(block[0].removeprefix("$ "), block[1:]) for block in blocks if block[0].startswith("$ ")]


def each_mistake_is_told_with_its_remedy():
    run_bytes("render", "kick", "-o", "kick.wav")
    pathlib.Path("kick.json").write_text('{"instrument": "kick", "params": {"tune": 50}}\n')
    pathlib.Path("set.jsonl").write_bytes(run_bytes("propose", "kick", "-n", "3")[0])
    pathlib.Path("photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(90))
    before = sorted(os.listdir("."))
    wrong = []
    for command, expected in mistakes():
        done = subprocess.run(
            ["bash", "-c", PROGRAM + command], capture_output=True, stdin=subprocess.DEVNULL, timeout=LIMIT_S,
            env={**os.environ, "DRUMGEN": BINARY},
        )
        pattern = re.escape("\n".join(expected) + "\n").replace(re.escape("..."), ".*")
        if done.returncode not in (1, 2) or done.stdout or not re.fullmatch(pattern, done.stderr.decode()):
            wrong.append(f"{command}\nends with {done.returncode}: {done.stdout.decode()}{done.stderr.decode()}")
        if sorted(os.listdir(".")) != before:
            wrong.append(f"{command}\nleaves {set(os.listdir('.')) - set(before)}")
            break
    check(not wrong, "\n".join(wrong))


def there_are_enough():
    commands = [command for command, _ in mistakes()]
    check(len(commands) >= 60 and len(set(commands)) == len(commands), f"{len(commands)} mistakes")


sys.exit(run_tests([each_mistake_is_told_with_its_remedy, there_are_enough]))
