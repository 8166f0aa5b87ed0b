#!/usr/bin/python3
"""Completion in the shells themselves: bash, zsh and fish in a terminal, where Tab is pressed.

usage: completion_test.py BINARY
"""

import fcntl
import json
import os
import pathlib
import pty
import select
import subprocess
import sys
import termios
import time

from harness import BINARY, LIMIT_S, check, run_bytes, run_tests

SCRIPTS = pathlib.Path("completions").absolute()


def complete(*words):
    out, error = run_bytes("__complete", *words)
    check(error == "", error)
    return [line.partition("\t")[0] for line in out.decode().splitlines()]


def tells_what_may_stand():
    check({"render", "propose", "--help"} <= set(complete("")), complete(""))
    check(complete("ren") == ["render"], complete("ren"))
    check({"kick", "kick/909", ":files"} <= set(complete("render", "")), complete("render", ""))
    check(complete("render", "kick/90") == ["kick/909", ":files"], complete("render", "kick/90"))
    check("--tune" in complete("render", "kick", "--") and "--tune" not in complete("render", "hat", "--"), "its own")
    check(complete("render", "kick", "--quality", "") == ["draft", "high"], "words")
    check(complete("render", "--bits", "") == ["16", "24", "32f"], "choices")
    check(complete("render", "-o", "") == [":files"], "a file")
    check(complete("propose", "h") == ["hat"], "instruments")
    check({"808", "909", ":files"} <= set(complete("export-kit", "")), "kits")
    check({"like", "dislike"} <= set(complete("feedback", "")), "labels")
    check(complete("nothing", "") == [] and complete() != [], "unknown commands")


def typed(shell, begin, name):
    """Types a command with Tab for most of it into a shell in a terminal; the patch that it rendered."""
    environment = {**os.environ, "PATH": f"{os.getcwd()}/bin:{os.environ['PATH']}", "TERM": "xterm",
                   "XDG_CONFIG_HOME": os.getcwd(), "HISTFILE": ""}
    os.makedirs("bin", exist_ok=True)
    if not os.path.exists("bin/drumgen"):
        os.symlink(BINARY, "bin/drumgen")
    master, slave = pty.openpty()
    # The terminal is the session's own, which fish insists on.
    process = subprocess.Popen(shell, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
                               preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    os.close(slave)
    shown = b""

    def read_until(text):
        nonlocal shown
        end = time.monotonic() + LIMIT_S
        while text not in shown:
            check(time.monotonic() < end, f"{shell[0]} never shows {text}: {shown[-600:]}")
            if select.select([master], [], [], 0.1)[0]:
                shown += os.read(master, 65536)

    try:
        os.write(master, f"{begin}; echo rea''dy\r".encode())
        read_until(b"ready")
        os.write(master, f"drumgen ren\that/tec\t--qual\tdr\t--dur\t0.1 -o {name}.wav; echo do''ne\r".encode())
        read_until(b"done")
    finally:
        process.kill()
        process.wait()
        os.close(master)
    check(os.path.exists(f"{name}.wav"), f"{shown.decode(errors='replace')[-900:]}")
    return json.loads(run_bytes("render", f"{name}.wav", "--json", "--dry-run")[0])["patch"]


def check_patch(patch):
    check(patch["name"] == "hat/techno" and patch["render"]["quality"] == "draft"
          and patch["render"]["duration"] == 0.1, patch)


def bash_completes():
    check_patch(typed(["bash", "--norc", "--noprofile", "-i"], f"source '{SCRIPTS}/drumgen.bash'", "bash"))


def zsh_completes():
    check_patch(typed(["zsh", "-f", "-i"], f"fpath=('{SCRIPTS}' $fpath); autoload -Uz compinit; compinit -u -D", "zsh"))


def fish_completes():
    check_patch(typed(["fish", "--no-config", "-i"], f"source '{SCRIPTS}/drumgen.fish'", "fish"))


sys.exit(run_tests([tells_what_may_stand, bash_completes, zsh_completes, fish_completes]))
