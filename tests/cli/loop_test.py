#!/usr/bin/python3
"""What `drumgen match --all-hits` makes of loops: kits, grooves and loops again; and what is none.

usage: loop_test.py BINARY
"""

import array
import json
import math
import os
import pathlib
import random
import struct
import subprocess
import sys
import wave

from harness import BINARY, LIMIT_S, SANITIZED, check, run_bytes, run_tests

RATE = 48000
EFFORT = ("--effort", "100", "-q")
EIGHTHS = {"kick": (0, 5, 8, 13), "snare": (2, 6, 10, 14), "hat": range(16)}
LEVELS = {"kick": 1, "snare": 0.8, "hat": 0.35}


def sound_of(patch):
    run_bytes("render", patch, "--rate", str(RATE), "--bits", "16", "--bare", "-q", "-o", "sound.wav")
    with wave.open("sound.wav") as file:
        return array.array("h", file.readframes(file.getnframes()))


def write_wav(path, samples, rate=RATE):
    with wave.open(path, "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(array.array("h", (max(-32767, min(32767, round(x))) for x in samples)).tobytes())


def write_loop(path, bpm=100):
    """Two bars of eighths, the first of them 10 ms behind the beginning."""
    eighth = 30 / bpm
    loop = [0.0] * round(16 * eighth * RATE)
    for drum, places in EIGHTHS.items():
        sound = sound_of(drum)
        for place in places:
            first = round((place * eighth + 0.01) * RATE)
            for k, x in enumerate(sound[:len(loop) - first]):
                loop[first + k] += 0.7 * LEVELS[drum] * x
    write_wav(path, loop)
    return eighth


def matched(*words, **more):
    printed, error = run_bytes("match", *words, **more)
    return [json.loads(line) for line in printed.splitlines()], error


def notes_in(path):
    """(tick, key, velocity) of a file of one track, and microseconds of a quarter."""
    data = pathlib.Path(path).read_bytes()
    check(data[:4] == b"MThd" and struct.unpack(">HHH", data[8:14]) == (0, 1, 960), data[:14])
    check(data[14:18] == b"MTrk" and int.from_bytes(data[18:22], "big") == len(data) - 22, "one track")
    at, tick, notes, tempo = 22, 0, [], 0

    def number():
        nonlocal at
        value = 0
        while True:
            at += 1
            value = value << 7 | data[at - 1] & 127
            if data[at - 1] < 128:
                return value

    while at < len(data):
        tick += number()
        status = data[at]
        if status == 0xFF:
            kind, at = data[at + 1], at + 2
            length = number()
            if kind == 0x51:
                tempo = int.from_bytes(data[at:at + length], "big")
            at += length
        else:
            check(status & 15 == 9, "the tenth channel")
            if status >> 4 == 9:
                notes.append((tick, data[at + 1], data[at + 2]))
            at += 3
    return notes, tempo


def a_loop_becomes_a_kit_and_its_groove():
    eighth = write_loop("loop.wav")
    lines, told = matched("loop.wav", "--all-hits", "--effort", "100", "--groove", "loop.mid")
    check("16 hits" in told and "100.0" in told and "BPM" in told, told)
    drums = {line["name"]: line for line in lines}
    check({"kick", "snare", "closed_hat"} <= set(drums) and len(drums) < 6, list(drums))
    for name, instrument in (("kick", "kick"), ("snare", "snare"), ("closed_hat", "hat")):
        check(drums[name]["instrument"] == instrument, drums[name])
    check(drums["kick"]["hits"] == [place + 1 for place in EIGHTHS["kick"]], drums["kick"]["hits"])
    check(drums["snare"]["hits"] == [place + 1 for place in EIGHTHS["snare"]], drums["snare"]["hits"])
    for line in lines:
        check(line["hit"] in line["hits"] and -40 <= line["gain_db"] <= 0 and line["differs"], line)
    notes, tempo = notes_in("loop.mid")
    check(abs(tempo - 600000) < 600, f"100 beats a minute: {tempo}")
    kicks = [tick * tempo / 960e6 for tick, key, _ in notes if key == 36]
    check(len(kicks) == 4, notes)
    for second, place in zip(kicks, EIGHTHS["kick"]):
        check(abs(second - place * eighth - 0.01) < 0.006, f"{second} for {place * eighth}")
    text = "".join(json.dumps(line) + "\n" for line in lines).encode()
    run_bytes("export-kit", "-", "--velocities", "2", "--duration", "0.3", "-o", "loop.zip", stdin=text)
    listed = run_bytes("export-kit", "loop.zip", "--list", "--json")[0].splitlines()
    keys = {json.loads(line)["slot"]: json.loads(line)["key"] for line in listed}
    check(keys["kick"] == 36 and keys["snare"] == 38 and keys["closed_hat"] == 42, keys)
    check({key for _, key, _ in notes} <= set(keys.values()), "the groove plays the kit's keys")
    run_bytes("render", "-", "-o", "{name}-again.wav", "--duration", "0.1", stdin=text)


def a_groove_is_lines_too():
    write_loop("loop.wav")
    words = ("loop.wav", "--all-hits", *EFFORT)
    first = run_bytes("match", *words, "--groove", "a.jsonl")[0]
    for more in (("-j", "1"), ("-j", "3")):
        check(run_bytes("match", *words, *more, "--groove", "b.jsonl")[0] == first, f"{more}: the same")
        check(pathlib.Path("a.jsonl").read_bytes() == pathlib.Path("b.jsonl").read_bytes(), f"{more}: the same groove")
    head, *notes = [json.loads(line) for line in pathlib.Path("a.jsonl").read_text().splitlines()]
    check(abs(head["bpm"] - 100) < 0.1 and head["uncertainty"] < 1, head)
    for note in notes:
        check(1 <= note["velocity"] <= 127 and note["level_db"] <= 0, note)
        check(abs(note["beat"] - note["at_s"] * head["bpm"] / 60) < 0.01, note)
    check(max(note["velocity"] for note in notes if note["slot"] == "kick") == 127, "the hardest")
    matched(*words, "--bpm", "50", "--groove", "slow.jsonl")
    slow = json.loads(pathlib.Path("slow.jsonl").read_text().splitlines()[0])
    check(slow == {"bpm": 50, "uncertainty": 0}, slow)
    matched(*words, "--bpm", "50", "--groove", "slow.mid")
    quick, slow = notes_in("slow.mid")[0], [note["at_s"] for note in notes]
    check([round(tick / 960 * 1.2, 2) for tick, _, _ in quick] == [round(second, 2) for second in sorted(slow)], "no note moves")


def gains_of_lines_are_those_of_slots():
    line = {"instrument": "kick", "name": "kick", "gain_db": -6}
    other = {"instrument": "snare", "name": "snare"}
    text = "".join(json.dumps(one) + "\n" for one in (line, other)).encode()
    listed = run_bytes("export-kit", "-", "-o", "kit.zip", "--duration", "0.1", stdin=text) and \
        run_bytes("export-kit", "kit.zip", "--list", "--json")[0]
    gains = {json.loads(one)["slot"]: json.loads(one).get("gain_db", 0) for one in listed.splitlines()}
    check(gains == {"kick": -6, "snare": 0}, gains)
    for wrong in (50, "loud", None):
        _, error = run_bytes("export-kit", "-", "-o", "x.zip", status=2,
                             stdin=(json.dumps({**line, "gain_db": wrong}) + "\n" + json.dumps(other) + "\n").encode())
        check("gain_db" in error and "-40..20 dB" in error and not os.path.exists("x.zip"), error)


def what_is_no_loop_is_refused_or_answered():
    write_wav("silent.wav", [0] * 4800)
    write_wav("one.wav", [20000])
    seconds = [k / RATE for k in range(2 * RATE)]
    write_wav("chord.wav", [5000 * sum(math.sin(2 * math.pi * hz * t) for hz in (220, 277, 330)) for t in seconds])
    rng = random.Random(1)
    write_wav("noise.wav", [rng.uniform(-9000, 9000) for _ in seconds])
    for name in ("chord.wav",) if SANITIZED else ("chord.wav", "noise.wav"):
        lines, _ = matched(name, "--all-hits", *EFFORT, "--groove", "x.mid")
        check(1 <= len(lines) <= 3, f"{name}: {len(lines)} drums")
    for name in ("silent.wav", "one.wav"):
        printed, error = run_bytes("match", name, "--all-hits", *EFFORT, status=2)
        check("is silent" in error and not printed, error)
    write_loop("loop.wav")
    before = pathlib.Path("loop.wav").read_bytes()
    for words, text in (
        (("loop.wav", "chord.wav", "--all-hits"), "takes one recording"),
        (("--all-hits",), "of which recording"),
        (("loop.wav", "--all-hits", "--groove", "x.txt"), "end it with .mid or .jsonl"),
        (("loop.wav", "--groove", "x.mid"), "add --all-hits"),
        (("loop.wav", "--bpm", "100"), "add --all-hits"),
        (("loop.wav", "--all-hits", "--bpm", "0"), "is not a number from 20 to 400"),
        (("loop.wav", "--all-hits", "--bpm", "fast"), "is not a number from 20 to 400"),
        (("loop.wav", "--all-hits", "--hit", "2"), "leave out --hit"),
        (("loop.wav", "--all-hits", "--instrument", "kick"), "leave out --hit"),
    ):
        printed, error = run_bytes("match", *words, status=2)
        check(text in error and not printed, (words, error))
    os.link("loop.wav", "link.mid")
    _, error = run_bytes("match", "loop.wav", "--all-hits", "--groove", "link.mid", status=2)
    check("would be lost" in error and pathlib.Path("loop.wav").read_bytes() == before, error)
    _, error = run_bytes("match", "loop.wav", "--all-hits", "--groove", "none/x.mid", *EFFORT, status=1)
    check("none/x.mid" in error, error)
    # An hour, as a header tells it and as it is.
    with wave.open("hour.wav", "wb") as out:
        out.setparams((1, 1, 8000, 0, "NONE", ""))
        out.writeframes((bytes([228]) + bytes([128]) * (8000 * 20 - 1)) * 180)
    limited = ("bash", "-c", 'ulimit -v 2000000; exec "$0" "$@"', BINARY)
    for words in () if SANITIZED else (("--hits",), ("--all-hits", *EFFORT)):
        done = subprocess.run([*limited, "match", "hour.wav", *words], capture_output=True, timeout=LIMIT_S)
        check(done.returncode == 0 and done.stdout, done.stderr)
    write_wav("short.wav", [12000 if k % 400 < 8 else 0 for k in range(400 * 4300)], 8000)
    _, error = run_bytes("match", "short.wav", "--all-hits", status=2)
    check("hits, more than 4000" in error and "cut it into parts" in error, error)


TESTS = [
    a_loop_becomes_a_kit_and_its_groove,
    *(() if SANITIZED else (a_groove_is_lines_too,)),
    gains_of_lines_are_those_of_slots,
    what_is_no_loop_is_refused_or_answered,
]

sys.exit(run_tests(TESTS))
