"""Checks that tests stand where their sources do, and that their suites are called so."""

import pathlib
import re
import sys

SUITE = re.compile(r'TEST_SUITE(?:_BEGIN)?\("([^"]+)"\)')


def problems_of(path):
    room = path.parent.name
    name = path.stem.removesuffix("_test")
    if not any(pathlib.Path("src", room).rglob(f"{name}.*")):
        yield f"{path}: there is no {name} in src/{room}"
    suites = SUITE.findall(path.read_text())
    if suites != [f"{room}/{name}"]:
        yield f"{path}: its suites are {suites}, not {room}/{name}"


def main():
    tests = [path for path in sorted(pathlib.Path("tests").rglob("*_test.cpp"))
             if path.parent.name != "laws"]
    problems = [problem for path in tests for problem in problems_of(path)]
    if not tests:
        problems.append("no test found")
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
