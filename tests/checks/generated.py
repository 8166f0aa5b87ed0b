"""Compares schemas/ and man/ with what the program prints, or writes them.

usage: generated.py PROGRAM [--write]

Also renders each manual page as a reader sees it and looks for every parameter there.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

PROGRAM = sys.argv[1]


def printed(*arguments):
    return subprocess.run(
        [PROGRAM, *arguments], check=True, capture_output=True, text=True
    ).stdout


def instruments():
    table = pathlib.Path("src/instruments/instruments.def").read_text()
    return re.findall(r"^\s*\w+\((\w+)\)", table, re.MULTILINE)


def commands():
    return re.findall(r"^  ([a-z-]+)  +\w", printed("--help").partition("commands:")[2].partition("--version")[0],
                      re.MULTILINE)


def files():
    """What each committed file must hold."""
    yield pathlib.Path("schemas/patch.json"), printed("schema", "patch", "--format", "json")
    yield pathlib.Path("schemas/kit.json"), printed("schema", "kit", "--format", "json")
    yield pathlib.Path("man/drumgen.1.scd"), printed("schema", "drumgen", "--format", "man")
    for name in commands():
        yield pathlib.Path(f"man/drumgen-{name}.1.scd"), printed("schema", name, "--format", "man")
    for name in instruments():
        yield pathlib.Path(f"schemas/{name}.json"), printed("schema", name, "--format", "json")
        yield pathlib.Path(f"man/drumgen-{name}.7.scd"), printed("schema", name, "--format", "man")


def page_problems(path, text):
    """What is wrong with a manual page as scdoc and mandoc show it."""
    environment = dict(os.environ, SOURCE_DATE_EPOCH="0")
    roff = subprocess.run(["scdoc"], input=text, capture_output=True, text=True, env=environment)
    if roff.returncode != 0:
        return [f"{path}: scdoc refuses it: {roff.stderr.strip()}"]
    shown = subprocess.run(
        ["mandoc", "-T", "utf8", "-O", "width=200", "-W", "error"],
        input=roff.stdout, capture_output=True, text=True,
    )
    problems = []
    if shown.returncode != 0:
        problems.append(f"{path}: mandoc finds errors: {(shown.stderr or shown.stdout).strip()}")
    # Bold and underlined letters are overstruck.
    plain = re.sub(".\b", "", shown.stdout)
    name = re.fullmatch(r"drumgen-(\w+)\.7", path.stem)
    if name:
        schema = json.loads(printed("schema", name[1], "--format", "json"))
        ids = list(schema["properties"])
        if not ids:
            problems.append(f"{path}: the schema has no parameter")
        problems += [f"{path}: does not show {i}" for i in ids if i not in plain]
    return problems


def main():
    write = "--write" in sys.argv[2:]
    problems = []
    expected = dict(files())
    for path, text in expected.items():
        if write:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            problems.append(f"{path}: differs from what drumgen prints; run ./dev docs")
        if path.suffix == ".scd":
            problems += page_problems(path, text)
    for folder in ("schemas", "man"):
        for path in sorted(pathlib.Path(folder).glob("*")):
            if path not in expected:
                problems.append(f"{path}: nothing prints it; remove it")
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
