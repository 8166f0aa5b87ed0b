"""Runs the examples of README.md, docs and the manual pages, and compares what they print.

An example is a fenced block whose lines starting with "$ " are commands, each followed by what it
prints. A line "..." stands for any lines, "..." inside a line for any text. A command followed by
nothing must only succeed. In a manual page an indented line that starts with the program's name is
a command too. The examples of one file run in order in one empty directory, with the
directory of the program, the first argument, first in PATH.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile


def examples_in(text):
    """Pairs of a command and the lines expected, as (line number, command, lines)."""
    found = []
    fenced = False
    expected = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
            expected = None
        elif fenced and line.startswith("$ "):
            expected = []
            found.append((number, line[2:], expected))
        elif fenced and found and found[-1][1].endswith("\\") and not found[-1][2]:
            number, command, expected = found.pop()
            expected = []
            found.append((number, command + "\n" + line, expected))
        elif not fenced and line.startswith("\tdrumgen "):
            found.append((number, re.sub(r"\\(.)", r"\1", line.strip()), []))
        elif expected is not None:
            expected.append(line)
    return found


def pattern_of(lines):
    parts = []
    for line in lines:
        if line.strip() == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(re.escape(part) for part in line.split("...")) + r"\n")
    return re.compile("".join(parts))


def run(path):
    environment = dict(os.environ)
    binary = pathlib.Path(sys.argv[1]).resolve()
    environment["PATH"] = f"{binary.parent}{os.pathsep}{environment['PATH']}"
    examples = examples_in(path.read_text())
    with tempfile.TemporaryDirectory() as folder:
        environment["HOME"] = folder
        for name in ("XDG_DATA_HOME", "DRUMGEN_PRESET_PATH"):
            environment.pop(name, None)
        for number, command, expected in examples:
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=900,  # for what hangs; the slowest takes some seconds
            )
            while expected and not expected[-1].strip():
                expected.pop()
            if done.returncode != 0:
                yield f"{path}:{number}: {command}\nends with {done.returncode}:\n{done.stdout}"
            elif expected and not pattern_of(expected).fullmatch(done.stdout):
                wanted = "\n".join(expected)
                yield f"{path}:{number}: {command}\nshould print:\n{wanted}\nbut prints:\n{done.stdout}"
    if not examples and path.parent.name != "docs":
        yield f"{path}: no example found"


def main():
    files = [pathlib.Path("README.md"), *sorted(pathlib.Path("docs").glob("*.md")), *sorted(pathlib.Path("man").glob("*.scd"))]
    if len(files) < 2:
        print("man: no manual page found")
        return 1
    problems = [problem for path in files for problem in run(path)]
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
