"""Checks that Clang takes the parts that depend on the CPU, as ./dev determinism compiles them.

What chooses kernels is compiled by GCC here, and clang-tidy reads it without them.
"""

import pathlib
import platform
import subprocess
import sys

MACRO = "DRUMGEN_HAS_X86_KERNELS"


def main():
    if platform.machine() != "x86_64":
        return 0
    sources = [path for path in sorted(pathlib.Path("src").rglob("*.cpp")) if MACRO in path.read_text()]
    problems = [] if sources else [f"no source has {MACRO}"]
    for source in sources:
        run = subprocess.run(
            ["clang++", "-std=c++20", "-fsyntax-only", f"-D{MACRO}", "-Iinclude", "-Isrc", source],
            capture_output=True,
            text=True,
        )
        if run.returncode != 0:
            problems.append(run.stderr)
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
