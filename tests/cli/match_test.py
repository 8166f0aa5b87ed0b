#!/usr/bin/python3
"""What `drumgen match` makes of recordings: ours, anybody's, and what is none.

usage: match_test.py BINARY
"""

import json
import math
import os
import pathlib
import struct
import subprocess
import sys
import wave

from harness import BINARY, LIMIT_S, SANITIZED, check, run_bytes, run_tests

EFFORT = ("--effort", "100" if SANITIZED else "300")


def run(*words):
    done = subprocess.run([BINARY, *words], capture_output=True, timeout=LIMIT_S, text=True)
    return done.returncode, done.stdout, done.stderr


def write_wav(path, samples, rate=48000, channels=1):
    """16 bits; samples are frames of one channel, the same in each."""
    with wave.open(path, "wb") as out:
        out.setparams((channels, 2, rate, 0, "NONE", ""))
        out.writeframes(b"".join(struct.pack("<h", round(32767 * x)) * channels for x in samples))


def ping(hz=400, rate=48000, seconds=0.4, lead=0.05):
    """Silence, then a tone that dies."""
    return [0.0] * round(lead * rate) + [
        0.8 * math.exp(-k / rate / 0.06) * math.sin(2 * math.pi * hz * k / rate) for k in range(round(seconds * rate))]


def matches(*words, **more):
    printed, error = run_bytes("match", *words, **more)
    return [json.loads(line) for line in printed.splitlines()], error


def finds_a_sound_of_ours():
    run_bytes("render", "tom", "--tune", "130", "-o", "mine.wav")
    found, error = matches("mine.wav", "--instrument", "tom", "--effort", "1200")
    check(len(found) == 1 and not error, (found, error))
    patch = found[0]
    check(patch["instrument"] == "tom" and patch["name"] == "mine", patch)
    check(patch["distance_db"] < 3.5, patch["distance_db"])
    check(abs(math.log2(patch["params"]["tune"] / 130)) < 0.05, patch["params"]["tune"])
    check(patch["differs"], patch)


def tells_the_instrument_by_name_or_sound():
    run_bytes("render", "kick/808-long", "-o", "x.wav")
    check(matches("x.wav", *EFFORT)[0][0]["instrument"] == "kick", "by its sound")
    os.rename("x.wav", "Tom-Floor.wav")
    check(matches("Tom-Floor.wav", *EFFORT)[0][0]["instrument"] == "tom", "by its name")
    check(matches("Tom-Floor.wav", "--instrument", "kick", *EFFORT)[0][0]["instrument"] == "kick", "as it is told")


def goes_on_into_render_and_kits():
    for kind in ("kick", "snare", "hat"):
        run_bytes("render", kind, "-o", f"{kind}-1.wav")
    lines, _ = run_bytes("match", "kick-1.wav", "snare-1.wav", "hat-1.wav", *EFFORT)
    run_bytes("render", "-", "-o", "{name}-again.wav", stdin=lines)
    check(pathlib.Path("snare-1-again.wav").exists(), os.listdir())
    run_bytes("export-kit", "-", "--velocities", "2", "--round-robins", "2", "-o", "kit.sf2", stdin=lines)
    check(pathlib.Path("kit.sf2").stat().st_size > 10000, "a kit")


def answers_in_order_and_always_the_same():
    names = []
    for number, hz in enumerate((200, 300, 500, 900)):
        names.append(f"ping-{number}.wav")
        write_wav(names[-1], ping(hz))
    words = (*names, "--instrument", "tom", "--effort", "100")
    one = run_bytes("match", *words, "-j", "1")[0]
    check([json.loads(line)["name"] for line in one.splitlines()] == [name[:-4] for name in names], one)
    for jobs in ("3",) if SANITIZED else ("2", "3", "8"):
        check(run_bytes("match", *words, "-j", jobs)[0] == one, jobs)
    environment = {**os.environ, "DRUMGEN_ISA": "portable"}
    check(run_bytes("match", *words, env=environment)[0] == one, "other kernels")
    check(matches(names[0], *words[len(names):])[0][0] == json.loads(one.splitlines()[0]), "alone")


def gives_patches_that_differ():
    write_wav("a.wav", ping())
    found, _ = matches("a.wav", "--instrument", "rim", "-n", "3", "--effort", "900")
    check(len({json.dumps(patch["params"]) for patch in found}) == 3, found)
    distances = [patch["distance_db"] for patch in found]
    check(max(distances) < 4 * min(distances) + 10, distances)


def draws_both_side_by_side():
    write_wav("a.wav", ping())
    write_wav("b.wav", ping(700))
    matches("a.wav", "b.wav", "--instrument", "rim", *EFFORT, "-n", "2", "--plot", "{name}-{index}.svg")
    check(sorted(os.listdir()) == ["a-1.svg", "a-2.svg", "a.wav", "b-3.svg", "b-4.svg", "b.wav"], os.listdir())
    check("a.wav, and rim at " in pathlib.Path("a-1.svg").read_text(), "its title")
    before = pathlib.Path("a.wav").read_bytes()
    os.link("a.wav", "link.svg")
    for plot, text in (("link.svg", "would be lost"), ("x.bmp", ".svg"), ("-", "add {index}")):
        status, printed, error = run("match", "a.wav", "--instrument", "rim", *EFFORT, "--plot", plot)
        check(status == 2 and text in error, (plot, status, error))
    check(run("match", "a.wav", "b.wav", *EFFORT, "--plot", "one.svg")[0] == 2, "two pictures, one name")
    check(pathlib.Path("a.wav").read_bytes() == before and not os.path.exists("one.svg"), "nothing is lost")


def takes_one_hit_of_many():
    write_wav("many.wav", ping(300) + ping(600) + ping(1200))
    listed, _ = run_bytes("match", "many.wav", "--hits")
    hits = [json.loads(line) for line in listed.splitlines()]
    check([hit["hit"] for hit in hits] == [1, 2, 3], hits)
    check([round(hit["at_s"], 2) for hit in hits] == [0.05, 0.5, 0.95], hits)
    check([hit["instrument"] != "" for hit in hits] == [True] * 3, hits)
    check(run_bytes("match", "many.wav", "--hits", "--sensitivity", "0.5")[0] == listed, "as it is by itself")
    run_bytes("render", "kick", "-o", "kick.wav")
    check(len(run_bytes("match", "kick.wav", "--hits")[0].splitlines()) == 1, "a drum is one hit")
    for wrong in ("2", "-1", "nan", "much"):
        status, _, error = run("match", "many.wav", "--hits", "--sensitivity", wrong)
        check(status == 2 and "--sensitivity" in error and "0 to 1" in error, error)
    third, error = matches("many.wav", "--hit", "3", "--instrument", "rim", "--effort", "1000")
    check(third[0]["name"] == "many-3" and not error, (third, error))
    check(abs(math.log2(third[0]["params"]["tune"] / 1200)) < 0.3, third)
    _, error = matches("many.wav", "--instrument", "rim", *EFFORT)
    check("many.wav: has 3 hits; the first is matched" in str(error), error)
    status, _, error = run("match", "many.wav", "--hit", "4")
    check(status == 2 and "has 3 hits, and hit 4 is asked for" in error, error)


def keeps_what_is_locked():
    write_wav("a.wav", ping())
    found, _ = matches("a.wav", "--instrument", "tom", "--lock", "tune=90,seed=7,tilt_db=2", *EFFORT)
    check(found[0]["params"]["tune"] == 90 and found[0]["seed"] == 7 and found[0]["render"]["tilt_db"] == 2, found)
    base = {"instrument": "tom", "seed": 3, "params": {"tune": 200, "ring": 0.4}}
    found, _ = matches("a.wav", "--like", json.dumps(base), "--only", "tune", *EFFORT)
    check(found[0]["params"]["ring"] == 0.4 and found[0]["params"]["tune"] != 200 and found[0]["seed"] == 3, found)
    status, _, error = run("match", "a.wav", "--lock", "tune=90")
    check(status == 2 and "add --instrument NAME" in error, error)
    status, _, error = run("match", "a.wav", "--instrument", "tom", "--lock", "tnue=90")
    check(status == 2 and "tune" in error, error)
    status, _, error = run("match", "a.wav", "--instrument", "tom", "--only", "tnue")
    check(status == 2 and "tune" in error, error)


def reads_what_anybody_records():
    wav = pathlib.Path("a.wav")
    write_wav("a.wav", ping())
    same = {}
    for name, words in (("a.flac", ()), ("a.aiff", ()), ("low.wav", ("-r", "8000")), ("high.wav", ("-r", "192000", "-c", "8"))):
        os.system(f"sox a.wav {' '.join(words)} {name}")
        same[name] = matches(name, "--instrument", "rim", *EFFORT)[0][0]
    check(same["a.flac"]["params"] == same["a.aiff"]["params"], same)
    for name in ("low.wav", "high.wav"):
        check(abs(math.log2(same[name]["params"]["tune"] / same["a.flac"]["params"]["tune"])) < 0.5, same)
    piped, _ = matches("-", "--instrument", "rim", *EFFORT, stdin=wav.read_bytes())
    check("name" not in piped[0] and piped[0]["params"] == same["a.flac"]["params"], piped)
    cut = wav.read_bytes()[:20000]
    pathlib.Path("cut.wav").write_bytes(cut)
    found, error = matches("cut.wav", "--instrument", "rim", *EFFORT)
    check(len(found) == 1 and "truncated" in str(error), error)


def refuses_what_is_no_hit():
    write_wav("silent.wav", [0.0] * 4800)
    write_wav("good.wav", ping())
    pathlib.Path("text.wav").write_text("no sound")
    pathlib.Path("empty.wav").write_bytes(b"")
    with open("nan.wav", "wb") as out:
        frames = struct.pack("<4f", 0.5, math.nan, 0.5, 0)
        out.write(b"RIFF" + struct.pack("<I", 36 + len(frames)) + b"WAVEfmt " +
                  struct.pack("<IHHIIHH", 16, 3, 1, 48000, 192000, 4, 32) + b"data" + struct.pack("<I", len(frames)) +
                  frames)
    for name, text in (("silent.wav", "is silent"), ("text.wav", ""), ("empty.wav", ""), ("nan.wav", "not a finite number"),
                       ("missing.wav", "cannot read")):
        status, printed, error = run("match", name)
        check(status in (1, 2) and printed == "" and name in error and text in error, (name, status, error))
    status, printed, error = run("match", "silent.wav", "good.wav", "--instrument", "rim", *EFFORT)
    check(status == 2 and len(printed.splitlines()) == 1 and "silent.wav" in error, "the others are answered")
    with wave.open("hour.wav", "wb") as out:
        out.setparams((1, 2, 48000, 0, "NONE", ""))
        out.writeframes(bytes(2 * 48000 * 600))
    status, printed, error = run("match", "hour.wav")
    check(status == 2 and "hour.wav" in error, error)
    for words in (("match",), ("match", "good.wav", "--effort", "5"), ("match", "good.wav", "-n", "0"),
                  ("match", "good.wav", "--instrument", "bass"), ("match", "-", "-")):
        status, printed, error = run(*words)
        check(status == 2 and printed == "" and error, words)


TESTS = [
    finds_a_sound_of_ours,
    tells_the_instrument_by_name_or_sound,
    goes_on_into_render_and_kits,
    answers_in_order_and_always_the_same,
    gives_patches_that_differ,
    draws_both_side_by_side,
    takes_one_hit_of_many,
    keeps_what_is_locked,
    reads_what_anybody_records,
    refuses_what_is_no_hit,
]

sys.exit(run_tests(TESTS))
