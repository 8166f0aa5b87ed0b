#!/usr/bin/python3
"""Makes the Debian package, installs it into an empty root, runs what is there, and builds a program against it.

usage: package_test.py BINARY
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BINARY = pathlib.Path(sys.argv[1]).resolve()
BUILD = BINARY.parent
PROGRAM = pathlib.Path(__file__).with_name("program").resolve()
INSTALLED = """
bin/drumgen
include/drumgen/render.h
share/bash-completion/completions/drumgen
share/doc/drumgen/CHANGELOG.md
share/doc/drumgen/copyright
share/drumgen/presets/kick/909.json
share/drumgen/schemas/patch.json
share/fish/vendor_completions.d/drumgen.fish
share/man/man1/drumgen-render.1
share/man/man1/drumgen.1
share/man/man7/drumgen-kick.7
share/zsh/site-functions/_drumgen
""".split()


def run(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, timeout=600, **more)
    if done.returncode != 0:
        sys.exit(f"{words} ends with {done.returncode}:\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout


def libraries_of(*files):
    """The shared libraries that the files need, by the names that the loader finds them under."""
    found = set()
    for file in files:
        found |= set(re.findall(r"(/\S+) \(0x", run("ldd", file).decode()))
    return found


def make_package(folder):
    run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", folder)
    (package,) = folder.glob("*.deb")
    return package


def install(package, root):
    """As dpkg installs it into a root where nothing else is."""
    database = root / "var/lib/dpkg"
    for name in ("info", "updates"):
        (database / name).mkdir(parents=True)
    (database / "status").touch()
    if os.geteuid() == 0:
        # What it depends on comes from elsewhere, see fill().
        run("dpkg", f"--root={root}", "--force-depends", "--log=/dev/null", "-i", package)
    else:
        run("dpkg-deb", "--extract", package, root)
    for name in INSTALLED:
        assert (root / "usr" / name).stat().st_size > 0, name
    told = run("dpkg-deb", "--field", package).decode()
    (needed,) = re.findall("^Depends: (.*)$", told, re.MULTILINE)
    assert "Package: drumgen\n" in told and "libc6" in needed and "libsndfile1" in needed, told


def fill(root):
    """Copies in what the package depends on, and nothing else."""
    loaded = [run("ldconfig", "-p").decode()]
    for name in ("libsndfile.so.1", "libzip.so.4"):
        loaded += re.findall(rf"{re.escape(name)} .*=> (\S+)", loaded[0])
    for library in libraries_of(root / "usr/bin/drumgen", *loaded[1:]) | set(loaded[1:]):
        place = root / library.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, place)
    (root / "tmp").mkdir()


def use(root):
    """Runs it with the root as all that there is, or at least from there."""
    tried = subprocess.run(["/usr/sbin/chroot", root, "/usr/bin/drumgen", "--version"], capture_output=True)
    if b"Operation not permitted" not in tried.stderr:
        start, tmp = ["/usr/sbin/chroot", root, "/usr/bin/drumgen"], "/tmp"
    else:
        start, tmp = [root / "usr/bin/drumgen"], root / "tmp"
    clean = {"env": {"PATH": "/usr/bin"}}
    for words in (["render", "kick/909", "-o", f"{tmp}/k.wav"], ["render", "kick/909", "-o", f"{tmp}/k.flac"],
                  ["export-kit", "808", "-o", f"{tmp}/kit.zip"], ["schema", "patch"]):
        run(*start, *words, **clean)
    same = run(*start, "render", "--verify", f"{tmp}/k.wav", f"{tmp}/k.flac", f"{tmp}/kit.zip", **clean)
    assert same.count(b": same\n") >= 8, same
    run(BINARY, "render", "kick/909", "-o", root / "tmp/here.wav")
    assert (root / "tmp/here.wav").read_bytes() == (root / "tmp/k.wav").read_bytes(), "the same samples"
    run("mandoc", "-T", "lint", "-W", "error", root / "usr/share/man/man1/drumgen-render.1")


def build_against(prefix, folder):
    """A program of 20 lines, by find_package() alone."""
    (config,) = prefix.rglob("drumgen-config.cmake")
    run("cmake", "-S", PROGRAM, "-B", folder, f"-Ddrumgen_DIR={config.parent}")
    run("cmake", "--build", folder)
    made = folder / "kick.wav"
    told = run(folder / "program", made).decode()
    assert re.fullmatch(r"kick, 24000 samples at 48000 Hz\n", told), told
    assert run(BINARY, "render", "--verify", made) == f"{made}: same\n".encode()
    lines = (PROGRAM / "program.cpp").read_text().splitlines()
    assert len(lines) <= 20, f"{len(lines)} lines"


with tempfile.TemporaryDirectory(prefix="drumgen-package-") as name:
    folder = pathlib.Path(name)
    root = folder / "root"
    root.mkdir()
    install(make_package(folder / "made"), root)
    assert BUILD.as_posix().encode() not in (root / "usr/bin/drumgen").read_bytes(), "names no folder of the build"
    build_against(root / "usr", folder / "from-package")
    fill(root)
    use(root)
    run("cmake", "--install", BUILD, "--prefix", folder / "prefix")
    for name in INSTALLED:
        assert (folder / "prefix" / name).exists(), name
    build_against(folder / "prefix", folder / "from-prefix")
