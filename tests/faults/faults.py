#!/usr/bin/python3
"""Fails each call to the system's files in turn, and allocations, in every command that writes; nothing may be lost or torn.

usage: faults.py FAULTY [STRIDE [FIRST [WORD]]]

FAULTY is drumgen-faulty. With a STRIDE every so many calls fail, from number FIRST modulo STRIDE on; WORD chooses commands.
"""

import errno
import os
import subprocess
import sys

from commands import LIMIT_S, PROGRAM, commands, concluded, files, folder_of_ones_own, prepared, problem

STRIDE = int(sys.argv[2]) if len(sys.argv) > 2 else 1
FIRST = int(sys.argv[3]) % STRIDE if len(sys.argv) > 3 else 0
WORD = sys.argv[4] if len(sys.argv) > 4 else ""
ERRORS = (errno.ENOSPC, errno.EIO)


def run(*words, stdin=b"", **environment):
    """The exit status, what was printed, what was told, and whether something failed on the way."""
    told, tell = os.pipe()
    os.set_inheritable(tell, True)
    done = subprocess.run([PROGRAM, *words], input=stdin, capture_output=True, timeout=LIMIT_S, pass_fds=(tell,),
                          env={**os.environ, "DRUMGEN_TOLD": str(tell), **environment})
    os.close(tell)
    has_failed = bool(os.read(told, 1))
    os.close(told)
    return done.returncode, done.stdout, done.stderr.decode(), has_failed


def tries(name, prepare, words, stdin, expected, after, wanted, kind, numbers):
    """Lets each of the numbers fail; how many did, and what was wrong."""
    points, wrong = 0, []
    for number in numbers:
        before = prepared(prepare)
        environment = {key: value.format(number) for key, value in kind.items()}
        status, printed, error, has_failed = run(*words, stdin=stdin, **environment)
        if not has_failed and "DRUMGEN_SHORT" not in kind:
            break
        points += 1
        told = problem(status, printed, error, before, files(), after, expected, wanted)
        if "DRUMGEN_SHORT" in kind and status != wanted:
            told = f"ends with {status}: {error}"
        if told:
            wrong.append(f"{name}, {environment}: {told}")
    return points, wrong


def counted(stride):
    number = FIRST
    while True:
        yield number
        number += stride


def main():
    total, all_wrong = 0, []
    with folder_of_ones_own("faults"):
        for name, prepare, words, stdin in commands():
            if WORD not in name:
                continue
            prepared(prepare)
            status, expected, error, _ = run(*words, stdin=stdin)
            if status not in (0, 1, 2):
                raise SystemExit(f"{name}: {error}")
            after = files()
            told = []
            kinds = [({"DRUMGEN_FAULT": "{}:" + str(number)}, counted(STRIDE)) for number in ERRORS]
            kinds.append(({"DRUMGEN_FAULT": "{}:" + str(errno.EINTR)}, counted(STRIDE)))
            kinds.append(({"DRUMGEN_SHORT": "{}"}, (7, 4096) if STRIDE == 1 else (4096,)))
            kinds.append(({"DRUMGEN_FAULT_NEW": "{}"}, allocation_points()))
            for kind, numbers in kinds:
                points, wrong = tries(name, prepare, words, stdin, expected, after, status, kind, numbers)
                total += points
                told.append(points)
                all_wrong += wrong
            print(f"{name:26} ENOSPC {told[0]:4}, EIO {told[1]:4}, EINTR {told[2]:4}, short {told[3]}, allocations {told[4]:5}", flush=True)
    return concluded("faults", total, all_wrong)


def allocation_points():
    """The first three thousand where every call fails, else two hundred, then ever fewer: a command allocates tens of thousands of times."""
    dense = 3000 if STRIDE == 1 else 200
    at = float(FIRST)
    while True:
        yield int(at)
        at = at + STRIDE if at < dense else at * (1 + 0.02 * STRIDE)


sys.exit(main())
