#!/usr/bin/python3
"""What is too large is refused early, in little memory and time, and nothing is left of it.

The manual's section LIMITS states what these hold to; the first test compares the numbers.

usage: limits_test.py BINARY
"""

import io
import json
import os
import pathlib
import re
import resource
import struct
import subprocess
import sys
import zipfile

from harness import BINARY, LIMIT_S, SANITIZED, check, run_bytes, run_tests

KICK = '{"instrument": "kick", "render": {"duration": 0.05, "quality": "draft"}}'
RATING = '{"time": "2026-01-01T00:00:00Z", "label": "like", "patch": ' + KICK + "}"
GIB = 1 << 30


def refused(words, message, stdin=b"", endless=None, memory=GIB, cpu_s=60):
    """Runs what must be refused, with little memory and time; standard input may be a line without end."""
    def at_start():
        # A sanitized program takes terabytes of addresses.
        if not SANITIZED:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))

    before = sorted(os.listdir("."))
    source = subprocess.Popen(endless, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) if endless else None
    with subprocess.Popen([BINARY, *words], stdin=source.stdout if source else subprocess.PIPE, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, preexec_fn=at_start) as process:
        if source:
            source.stdout.close()
        try:
            error = process.communicate(None if source else stdin, timeout=LIMIT_S)[1].decode()
        finally:
            process.kill()
            if source:
                source.kill()
                source.wait()
    check(process.returncode == 2 and re.search(message, error), f"{words} ends with {process.returncode}: {error[:500]}")
    check(sorted(os.listdir(".")) == before, f"{words} leaves {set(os.listdir('.')) - set(before)}")


def manual_states_them():
    manual = pathlib.Path(os.path.dirname(os.path.abspath(__file__)), "../../man/drumgen.1.scd").read_text()
    limits = manual[manual.index("# LIMITS"):manual.index("# EXIT STATUS")]
    for number in ("1 MiB", "32 levels", "64 MiB", "8 MiB", "128 slots", "1 GiB", "65 535", "4 194 304", "33 554 432", "4000 to 768 000 Hz",
                   "200 000", "256 MiB", "2000 sounds", "512 MiB", "50 000 notes"):
        check(number in limits, f"LIMITS names {number}")


def json_that_is_deep():
    for words, text in ((("render", "-", "-o", "a.wav"), '{"params": ' + "[" * 500_000), (("export-kit", "-", "-o", "k.zip"), '{"slots": ' + '{"a": ' * 400_000),
                        (("mutate", "-"), "[" * 900_000)):
        refused(words, "nests deeper than 32 levels", text.encode())
    refused(("feedback", "--import", "-", "--ratings", "r.jsonl"), "is damaged", ('{"label": "like", "patch": ' + "[" * 500_000).encode())


def lines_that_are_long():
    if SANITIZED:
        return
    for words in (("render", "-", "-o", "{index}.wav"), ("mutate", "-"), ("export-kit", "-", "-o", "k.zip"), ("feedback", "like", "-", "--ratings", "r.jsonl"),
                  ("render", "--verify", "-")):
        refused(words, "larger than the limit of 64 MiB", endless=("cat", "/dev/zero"))
    refused(("feedback", "--import", "-", "--ratings", "r.jsonl"), "has more than 1048576 bytes", endless=("cat", "/dev/zero"))


def lines_without_end():
    if SANITIZED:
        return
    for words, line in ((("render", "-", "-o", "a.wav"), ""), (("export-kit", "-", "-o", "k.zip"), KICK), (("mutate", "-"), KICK),
                        (("feedback", "like", "-", "--ratings", "r.jsonl"), KICK), (("render", "--verify", "-"), KICK)):
        refused(words, "larger than the limit of 64 MiB", endless=("yes", line))
    refused(("match", "-"), "larger than the limit of 512 MiB", endless=("yes", KICK), memory=3 * GIB)
    refused(("feedback", "--import", "-", "--ratings", "r.jsonl"), "more lines than the limit of 200000; begin another", endless=("yes", RATING))


def ratings_that_are_many():
    if SANITIZED:
        return
    line = (RATING + "\n").encode()
    pathlib.Path("r.jsonl").write_bytes(line * 200_001)
    refused(("feedback", "--undo", "1", "--ratings", "r.jsonl"), "more lines than the limit of 200000")
    refused(("propose", "kick", "--from", "learned", "--ratings", "r.jsonl"), "more lines than the limit of 200000")
    with open("r.jsonl", "wb") as store:
        store.truncate((256 << 20) - 100)
    refused(("feedback", "like", "kick", "--ratings", "r.jsonl"), "r.jsonl would be larger than the limit of 256 MiB; begin another")
    check(os.path.getsize("r.jsonl") == (256 << 20) - 100, "and is as it was")


def zipped(entries, level=1):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return into.getvalue()


def archives_that_unpack_to_much():
    bomb = zipped([("kit_info.json", b" " * (200 << 20))])
    check(len(bomb) < 1 << 20, "small itself")
    pathlib.Path("bomb.zip").write_bytes(bomb)
    for words in (("export-kit", "bomb.zip", "-o", "k.zip"), ("render", "bomb.zip", "-o", "{name}.wav"), ("render", "--verify", "bomb.zip")):
        refused(words, "kit_info.json: is larger than the limit of 8 MiB", memory=GIB // 4)
    # Sizes that lie: the central directory says that it is small.
    lying = bytearray(bomb)
    for at in (lying.index(b"PK\x01\x02") + 24, lying.index(b"PK\x03\x04") + 22):
        lying[at:at + 4] = struct.pack("<I", 100)
    pathlib.Path("bomb.zip").write_bytes(lying)
    refused(("export-kit", "bomb.zip", "-o", "k.zip"), "bomb.zip", memory=GIB // 4)
    run_bytes("export-kit", "808", "--duration", "0.05", "-o", "kit.zip")
    with zipfile.ZipFile("kit.zip") as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    pathlib.Path("bomb.zip").write_bytes(zipped([(name, b"RIFF" + b"\0" * (65 << 20) if name.endswith("kick.wav") else data) for name, data in entries]))
    refused(("render", "--verify", "bomb.zip"), "kick.wav: is larger than the limit of 64 MiB")
    pathlib.Path("bomb.zip").write_bytes(zipped([(str(number), b"") for number in range(65_536)]))
    refused(("export-kit", "bomb.zip", "-o", "k.zip"), "holds 65536 entries, at most 65535")


def wav(rate, channels, data, size=None):
    size = len(data) if size is None else size
    return b"RIFF" + struct.pack("<I", (36 + size) & 0xFFFFFFFF) + b"WAVEfmt " + \
        struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * channels * 2 & 0xFFFFFFFF, channels * 2 & 0xFFFF, 16) + b"data" + struct.pack("<I", size) + data


def sounds_that_are_long():
    # Silence of hours, in kilobytes.
    subprocess.run(["sox", "-n", "-r", "8000", "-b", "16", "-c", "1", "long.flac", "trim", "0", "75:00"], check=True)
    check(os.path.getsize("long.flac") < 8 << 20, "small itself")
    for words in (("render", "--describe", "long.flac"), ("render", "long.flac", "--plot", "p.png"), ("render", "-q", "long.flac", "--page", "p.html")):
        refused(words, "holds 36000000 frames; at most 4194304 can be measured")
    for words in (("match", "long.flac"), ("match", "--hits", "long.flac"), ("match", "--all-hits", "long.flac")):
        refused(words, "holds 36000000 frames; at most 33554432 can be measured")
    refused(("render", "--verify", "long.flac"), "long.flac")
    refused(("export-kit", "long.flac", "-o", "k.zip"), "long.flac")
    # Numbers of a header that nobody can mean; a rate of 1 Hz once ended a measurement with a division by zero.
    for rate, channels, message in ((0, 1, "sample rate of 0 Hz"), (1, 1, "has 1 samples a second, which is not 4000 to 768000; resample"),
                                    (3999, 2, "has 3999 samples a second"), (768_001, 1, "has 768001 samples a second"),
                                    (0xFFFFFFFF, 1, "sample rate of 4294967295 Hz"), (48000, 65535, "Too many channels")):
        pathlib.Path("a.wav").write_bytes(wav(rate, channels, b"\1\2" * 70_000))
        for words in (("render", "--describe", "a.wav"), ("match", "--hits", "a.wav"), ("render", "a.wav", "--plot", "p.png")):
            refused(words, message)


def patterns_that_are_long():
    def song(events, ticks=480):
        track = b"\0\x99\x24\x7f" + events + b"\0\xff\x2f\0"
        return b"MThd" + struct.pack(">IHHH", 6, 0, 1, ticks) + b"MTrk" + struct.pack(">I", len(track)) + track

    for events, message in ((b"\0\x24\x7f" * 50_000, "has 50001 notes, at most 50000 are played"), (b"\xff\xff\xff\x7f\x24\x7f", "s long, at most 600 s"),
                            (b"\0\x24\x7f" * 1_500_000, "larger than the limit of 4 MiB")):
        pathlib.Path("p.mid").write_bytes(song(events))
        refused(("export-kit", "808", "--beat", "b.wav", "--pattern", "p.mid"), message)


def kits_that_are_large():
    def kit(count, patch, **more):
        return json.dumps({"name": "large", "slots": {f"s{number}": {"patch": patch} for number in range(count)}, **more}).encode()

    refused(("export-kit", "-", "-o", "k.zip"), "has 10000 slots, at most 128", kit(10_000, {"instrument": "kick"}))
    refused(("export-kit", "-", "-o", "k.zip"), "has 10000 slots, at most 128", (KICK + "\n").encode() * 10_000, cpu_s=3)
    long = {"instrument": "cymbal", "render": {"rate": 192000, "duration": 8, "width": 0.5, "quality": "draft"}}
    refused(("export-kit", "-", "-o", "k.zip"), "would have more than 1024 MiB in its 2048 files", kit(128, long, velocities=16), memory=2 * GIB)
    os.mkdir("sounds")
    run_bytes("render", "kick", "--duration", "0.05", "-o", "sounds/0.wav")
    for number in range(1, 10_000):
        os.link("sounds/0.wav", f"sounds/{number}.wav")
    refused(("export-kit", "sounds", "-o", "k.zip"), "has 10000 slots, at most 128", cpu_s=3)


TESTS = [
    manual_states_them,
    json_that_is_deep,
    lines_that_are_long,
    lines_without_end,
    ratings_that_are_many,
    archives_that_unpack_to_much,
    sounds_that_are_long,
    patterns_that_are_long,
    kits_that_are_large,
]

sys.exit(run_tests(TESTS))
