"""What the tests of the command line share: the program, checks, and a folder of its own for each test."""

import os
import subprocess
import sys
import tempfile
import traceback

BINARY = os.path.abspath(sys.argv[1])


# A sanitized program takes ten times as long: where the way of many sounds is tested, fewer of them go.
SANITIZED = "DRUMGEN_SANITIZED" in os.environ


class Failed(Exception):
    pass


def check(truth, what):
    if not truth:
        raise Failed(what)


# Seconds after which a process hangs, however slow the machine: each takes a few, sanitized ones too.
LIMIT_S = 900


def run_tests(tests):
    """Runs each test in an empty folder that is its home; the exit status."""
    for name in ("XDG_DATA_HOME", "DRUMGEN_PRESET_PATH"):
        os.environ.pop(name, None)
    failed = 0
    for test in tests:
        with tempfile.TemporaryDirectory(prefix="drumgen-test-") as folder:
            os.chdir(folder)
            os.environ["HOME"] = folder
            try:
                test()
            except Exception as error:
                failed += 1
                print(f"{test.__name__}: {error}")
                if not isinstance(error, Failed):
                    traceback.print_exc(file=sys.stdout)
            os.chdir("/")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


def run_bytes(*words, status=0, stdin=b"", timeout=LIMIT_S, **more):
    """Runs drumgen in the current folder; what it prints on standard output and standard error.

    A status of None stands for 0 or 3.
    """
    done = subprocess.run([BINARY, *words], input=stdin, capture_output=True, timeout=timeout, **more)
    check(
        done.returncode == status or (status is None and done.returncode in (0, 3)),
        f"{words} ends with {done.returncode}: {done.stderr.decode()}",
    )
    return done.stdout, done.stderr.decode()
