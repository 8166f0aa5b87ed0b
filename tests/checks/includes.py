"""Checks that dependencies point one way: base <- dsp <- instruments <- render <- explore <-
match <- kit <- page <- input <- batch <- session <- export <- cli, and that the system is met in one room."""

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
    "archive": {"base", "param", "drumgen"},
    "sound_file": {"base", "param", "drumgen"},
    "document": {"base", "param", "drumgen"},
    "midi": {"base", "drumgen"},
    "system": {"base", "drumgen"},
    "page": {"base", "param", "measure", "sound_file", "drumgen"},
    "input": {"base", "param", "render", "archive", "sound_file", "document", "system", "drumgen"},
    "batch": {"base", "param", "render", "measure", "archive", "sound_file", "document", "system",
              "page", "input", "drumgen"},
    "session": {"base", "param", "render", "measure", "explore", "match", "sound_file", "document",
                "system", "input", "batch", "drumgen"},
    "kit": {"base", "param", "render", "measure", "explore", "match", "archive", "sound_file",
            "document", "midi", "drumgen"},
    "export": {"base", "param", "render", "measure", "explore", "match", "archive", "sound_file",
               "document", "midi", "kit", "system", "input", "batch", "session", "drumgen"},
    "cli": {"base", "param", "render", "measure", "explore", "archive", "sound_file", "document", "midi",
            "kit", "system", "input", "batch", "session", "export", "drumgen"},
}
# Libraries, by the first part of their headers' names.
LIBRARIES = {
    "CLI": {"cli"},
    "nlohmann": {"base", "document", "param"},
    "fmt": {"base"},
    "utf8.h": {"base"},
    "sndfile.h": {"sound_file"},
    "zip.h": {"archive"},
    "pugixml.hpp": {"kit"},
}
# Files made by the build.
GENERATED = {"presets.inc", "page.inc", "patterns.inc"}
# The operating system: its own headers, and what of the standard library reaches for a disk.
SYSTEM = {"system/posix", "system/windows"}
DISK = {"filesystem", "fstream", "csignal"}

# Headers that one file alone may use: what the CPU can do decides the kernels and a hash.
ALONE = {"sys/platform/x86.h": "dispatch.cpp", "cpuid.h": "sha256.cpp", "immintrin.h": "sha256.cpp"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def problems_of(path, folder):
    is_system = str(path.parent.relative_to(path.parts[0])) in SYSTEM
    for bracket, header in INCLUDE.findall(path.read_text()):
        first = header.split("/")[0]
        if bracket == '"':
            if header not in GENERATED and first != folder and first not in ALLOWED[folder]:
                yield f"{path}: {folder} may not include {header}"
        elif first in LIBRARIES:
            if folder not in LIBRARIES[first]:
                yield f"{path}: {folder} may not use the library of {header}"
        elif header in DISK and folder != "system":
            yield f"{path}: {folder} may not use {header}; system/ has what it needs"
        elif re.search(r"[./]", header) and not is_system and ALONE.get(header) != path.name:
            yield f"{path}: may only use the C++ standard library, not {header}"


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
