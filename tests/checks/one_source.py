"""Checks that a parameter's name stands once in src/: in its table, and nowhere else.

Asks the program, the first argument, for the names.
"""

import json
import pathlib
import re
import subprocess
import sys

# What a literal holds when it names a parameter: the id alone, or its flag.
LITERAL = re.compile(r'\\?"(?:--)?([a-z0-9_-]+?)\\?"')

# Keys of a patch in its flat form that are no parameters.
PATCH_KEYS = {"seed", "index"}

# The keys of a kit have a table of their own, where one may be named as a parameter is; and formats of
# players have their own names.
OTHER_TABLES = {pathlib.Path("src/param/kit_keys.h"), pathlib.Path("src/kit/hydrogen.cpp")}


def schema(kind):
    return json.loads(
        subprocess.run(
            [sys.argv[1], "schema", kind, "--format", "json"],
            check=True, capture_output=True, text=True,
        ).stdout
    )


def ids_of(described):
    return set(described["properties"]) - PATCH_KEYS


def main():
    root = pathlib.Path("src")
    table = (root / "instruments/instruments.def").read_text()
    names = re.findall(r"^\s*\w+\((\w+)\)", table, re.MULTILINE)
    tables = {name: ids_of(schema(name)) for name in names}
    render_ids = set(schema("patch")["properties"]["render"]["properties"])
    suffixes = {
        found
        for found in re.findall(
            r'LayerRow\{&LayerParams::\w+,\s*\{"(\w+)"', (root / "param/layer.h").read_text()
        )
    }
    problems = []
    if not names or not suffixes or not render_ids or not all(tables.values()):
        problems.append("no parameter found to look for")
    known = render_ids | suffixes | set().union(*tables.values())

    places = {}
    for path in sorted(root.rglob("*")):
        if path.suffix not in {".cpp", ".h", ".def"} or path in OTHER_TABLES:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for word in LITERAL.findall(line.split("//")[0]):
                word = word.replace("-", "_")
                if word in known:
                    places.setdefault(word, []).append((path, number))

    for word, found in sorted(places.items()):
        # One instrument's macro may be called as another's layer.
        own = {root / f"instruments/{name}.cpp" for name, ids in tables.items()
               if word in ids or f"{word}_gain" in ids}
        outside = [place for place in found if place[0] not in own]
        # A name of the render object or of every layer has one table in param/.
        if word in render_ids | suffixes:
            rows = [place for place in outside if place[0].parts[1] == "param"]
            outside = [place for place in outside if place not in rows[:1]]
        problems += [f'{path}:{number}: "{word}" outside its table' for path, number in outside]
        for path in own:
            lines = [number for place, number in found if place == path]
            if len(lines) > 1:
                problems.append(f'{path}:{lines[1]}: "{word}" again; it stands in line {lines[0]}')
    endings = tuple(f"_{suffix}" for suffix in suffixes)
    layered = {word for word in known if word.endswith(endings)}
    for word in sorted(known - layered - set(places)):
        problems.append(f'"{word}" stands in no table')
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
