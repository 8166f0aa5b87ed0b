"""Checks that no object compiled for one ISA defines a symbol that others could share.

The linker keeps one copy of an inline function. Were it the copy compiled for AVX-512, the
program would stop with an illegal instruction on machines without. Run on a release build; the
first argument is its program.
"""

import pathlib
import re
import subprocess
import sys

# nm's letters for what is merged by name: weak functions and objects, unique globals.
MERGED = "WwVvu"


def main():
    build = pathlib.Path(sys.argv[1]).parent
    libraries = sorted(build.glob("libdrumgen_kernels_*.a"))
    problems = [] if libraries else [f"{build}: no kernel library found"]
    for library in libraries:
        isa = library.stem.removeprefix("libdrumgen_kernels_")
        listing = subprocess.run(
            ["nm", "-C", "--defined-only", library], check=True, capture_output=True, text=True
        )
        own = re.compile(rf"drumgen::isa_{isa}::|\bisa_{isa}::")
        count = 0
        for line in listing.stdout.splitlines():
            found = re.fullmatch(r"[0-9a-f]+ (\w) (.*)", line)
            if not found:
                continue
            count += 1
            if found[1] in MERGED and not own.search(found[2]):
                problems.append(f"{library.name}: shares {found[2]}")
        if count == 0:
            problems.append(f"{library.name}: no symbol found")
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
