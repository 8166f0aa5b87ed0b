#!/usr/bin/python3
"""What drumgen list prints, and that the flags which list print the same.

usage: list_test.py BINARY
"""

import os
import sys

from harness import check, run_bytes, run_tests


def listed(*words, status=0, **more):
    out, error = run_bytes("list", *words, status=status, **more)
    return out.decode() if status == 0 else error


def names_of(text):
    return [line.split()[0] for line in text.splitlines()]


def tells_what_can_be_listed():
    check(names_of(listed()) == ["instruments", "presets", "kits", "patterns", "formats", "players"], listed())
    for name in names_of(listed()):
        check(name in run_bytes("list", "--help")[0].decode(), f"{name} in the help")
        check(listed(name).strip(), name)


def is_what_the_flags_print():
    check(listed("presets").encode() == run_bytes("render", "--list-presets")[0], "presets")
    check(listed("presets", "hat").encode() == run_bytes("render", "--list-presets", "hat")[0], "of an instrument")
    check(listed("kits").encode() == run_bytes("export-kit", "--list")[0], "kits")


def names_are_taken_where_they_belong():
    for name in names_of(listed("instruments")):
        run_bytes("propose", name)
        check(all(preset.startswith(name + "/") for preset in names_of(listed("presets", name))), name)
    for name in names_of(listed("kits")):
        run_bytes("export-kit", name, "--list")
    endings = [word for line in listed("formats").splitlines() for word in line.split() if word[0] == "."]
    for ending in endings:
        if ending in (".svg", ".png"):
            run_bytes("render", "kick", "--plot", "x" + ending)
        elif ending in (".zip", ".h2drumkit", ".sf2", ".dslibrary"):
            run_bytes("export-kit", "--slot", "kick=kick", "-o", "x" + ending)
        else:
            run_bytes("render", "kick", "-o", "x" + ending)
        check(os.path.getsize("x" + ending) > 0, ending)
    check({".wav", ".aif", ".mp3", ".svg", ".sf2"} <= set(endings), endings)


def players_are_those_in_path():
    os.mkdir("bin")
    with open("bin/paplay", "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\n")
    os.chmod("bin/paplay", 0o755)
    found = dict(line.split(None, 1) for line in
                 listed("players", env={**os.environ, "PATH": os.path.abspath("bin")}).splitlines())
    check(found.pop("paplay") == "installed" and set(found.values()) == {"not installed"}, found)


def mistakes_are_told():
    check('"preset" is unknown, did you mean "presets"?' in listed("preset", status=2), "a wrong kind")
    check('kits takes no name, and "808" stands behind it; leave it out' in listed("kits", "808", status=2), "too much")
    check('unknown instrument "kik", did you mean "kick"?' in listed("presets", "kik", status=2), "no instrument")


sys.exit(run_tests([
    tells_what_can_be_listed, is_what_the_flags_print, names_are_taken_where_they_belong, players_are_those_in_path,
    mistakes_are_told,
]))
