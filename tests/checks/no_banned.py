"""Checks that nothing in the sources can make samples differ between machines or runs.

Reads the sources, and the symbols that the objects of the build import that made the
program, the first argument.
"""

import pathlib
import re
import subprocess
import sys

SOUND_FOLDERS = ("base", "dsp", "instruments", "render")

# Chance and time have no place anywhere; own streams are in base/random.
BANNED_EVERYWHERE = re.compile(
    r"\b(?:s?rand|random_device|\w+_distribution|mt19937\w*|time|std::hash)\s*[(<{]|\brandom_device\b"
)
# Functions whose result the C library decides; own ones are in base/math.
LIBM = (
    "sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp exp2 exp10 expm1 "
    "log log2 log10 log1p pow cbrt hypot erf erfc tgamma lgamma sincos"
).split()
BANNED_CALL = re.compile(r"\bstd::(?:" + "|".join(LIBM) + r")[fl]?\s*\(")
BANNED_SYMBOL = re.compile(r"(?:__)?(?:" + "|".join(LIBM) + r")[fl]?(?:_finite)?(?:@.*)?")

COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def code_of(path):
    """The text without comments and strings, lines kept."""
    return COMMENT_OR_STRING.sub(lambda m: "\n" * m[0].count("\n"), path.read_text())


def source_problems():
    for path in sorted(pathlib.Path("src").rglob("*")):
        if path.suffix not in {".cpp", ".h"}:
            continue
        sound = path.parts[1] in SOUND_FOLDERS
        for number, line in enumerate(code_of(path).splitlines(), 1):
            found = BANNED_EVERYWHERE.search(line)
            if not found and sound:
                found = BANNED_CALL.search(line)
            if found:
                yield f"{path}:{number}: {found[0].strip()} is banned"


def object_problems(build):
    # Of a source alone, and of a folder's sources together.
    objects = {
        folder: [path for path in build.rglob("*.o") if re.search(rf"/src/{folder}/|/unity_src_{folder}_", str(path))]
        for folder in SOUND_FOLDERS
    }
    for folder, found in objects.items():
        if not found:
            yield f"{build}: no object file of {folder} found"
    for path in sum(objects.values(), []):
        listing = subprocess.run(
            ["nm", "--undefined-only", path], check=True, capture_output=True, text=True
        )
        for line in listing.stdout.splitlines():
            symbol = line.split()[-1]
            if BANNED_SYMBOL.fullmatch(symbol):
                yield f"{path}: imports {symbol} from the C library"


def main():
    problems = list(source_problems())
    problems += object_problems(pathlib.Path(sys.argv[1]).parent)
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
