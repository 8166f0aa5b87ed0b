"""Checks that dependencies point one way: base <- dsp <- instruments <- render <- explore <- match <- page <- batch <- kit <- cli."""

import pathlib
import re
import sys

# What each folder may include, beside itself. "drumgen" are the public headers.
ALLOWED = {
    "drumgen": set(),
    "base": {"drumgen"},
    "dsp": {"base", "drumgen"},
    "param": {"base", "drumgen"},
    "instruments": {"base", "dsp", "param", "drumgen"},
    "render": {"base", "dsp", "param", "instruments", "drumgen"},
    "measure": {"base", "dsp", "param", "render", "drumgen"},
    "explore": {"base", "dsp", "param", "render", "measure", "drumgen"},
    "match": {"base", "dsp", "param", "render", "measure", "explore", "drumgen"},
    "io": {"base", "param", "drumgen"},
    "page": {"base", "param", "measure", "io", "drumgen"},
    "batch": {"base", "param", "render", "measure", "explore", "match", "io", "page", "drumgen"},
    "kit": {"base", "param", "render", "measure", "explore", "io", "batch", "drumgen"},
    "cli": {"base", "param", "render", "measure", "explore", "io", "batch", "kit", "drumgen"},
}
# Libraries, by the first part of their headers' names.
LIBRARIES = {
    "CLI": {"cli"},
    "nlohmann": {"base", "io", "param"},
    "fmt": {"base"},
    "utf8.h": {"base"},
    "sndfile.h": {"io"},
    "zip.h": {"io"},
    "pugixml.hpp": {"kit"},
}
# Files made by the build.
GENERATED = {"presets.inc", "page.inc"}
# The operating system, beside the standard library.
SYSTEM = {"cli", "batch", "io", "kit"}

# Headers of the system that one file alone may use: what the CPU can do decides the kernels.
ALONE = {"sys/platform/x86.h": "dispatch.cpp"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def problems_of(path, folder):
    for bracket, header in INCLUDE.findall(path.read_text()):
        first = header.split("/")[0]
        if bracket == '"':
            if header not in GENERATED and first != folder and first not in ALLOWED[folder]:
                yield f"{path}: {folder} may not include {header}"
        elif first in LIBRARIES:
            if folder not in LIBRARIES[first]:
                yield f"{path}: {folder} may not use the library of {header}"
        elif (re.search(r"[./]", header) and folder not in SYSTEM
              and ALONE.get(header) != path.name):
            yield f"{path}: {folder} may only use the C++ standard library, not {header}"


def instrument_names():
    table = pathlib.Path("src/instruments/instruments.def").read_text()
    return re.findall(r"^\s*\w+\((\w+)\)", table, re.MULTILINE)


def main():
    problems = []
    count = 0
    for root in (pathlib.Path("src"), pathlib.Path("include")):
        for path in sorted(root.rglob("*")):
            if path.suffix not in {".cpp", ".h", ".def", ".inc"}:
                continue
            count += 1
            folder = path.relative_to(root).parts[0]
            problems += problems_of(path, folder)
            if folder == "explore":
                for name in instrument_names():
                    if f'"{name}' in path.read_text():
                        problems.append(f"{path}: explore may not name the instrument {name}")
    if count == 0:
        problems.append("no source found")
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
