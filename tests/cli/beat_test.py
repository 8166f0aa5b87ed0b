#!/usr/bin/python3
"""Kits that play a beat: `drumgen export-kit --beat`.

usage: beat_test.py BINARY
"""

import array
import json
import math
import os
import pathlib
import sys
import wave

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "players"))
from harness import SANITIZED, check, run_bytes, run_tests  # noqa: E402
from song import write_song  # noqa: E402

PAIR = ("--slot", "kick=kick/909", "--slot", "open_hat=hat/909-open", "--slot", "closed_hat=hat/909-closed")
PLAIN = ("--bits", "16", "--mono")


def export(*words, **more):
    return run_bytes("export-kit", *words, **more)


def frames_of(path):
    with wave.open(path) as file:
        check(file.getsampwidth() == 2 and file.getnchannels() == 1, "16 bits, one channel")
        return array.array("h", file.readframes(file.getnframes())), file.getframerate()


def level_db(frames):
    return 10 * math.log10(sum(x * x for x in frames) / max(len(frames), 1) + 1e-9)


def write_beats(path, notes, end=4):
    """(quarter, key, velocity), at 120 quarters a minute."""
    write_song(path, [(beat / 2, key, velocity) for beat, key, velocity in notes], end / 2)


def every_pattern_plays():
    names = [line.split()[0] for line in run_bytes("list", "patterns")[0].decode().splitlines()]
    check(len(names) >= 6 and {"rock", "techno", "latin"} <= set(names), names)
    names = names[:2] if SANITIZED else names
    for name in names:
        _, told = export("909", "--beat", f"{name}.wav", "--pattern", name, "--duration", "0.3", "--quality", "draft", "-v")
        check(f"wrote {name}.wav" in told and "BPM" in told, told)
        features = json.loads(run_bytes("render", f"{name}.wav", "--describe", status=None)[0])["features"]
        check(0.3 < features["true_peak"] <= 0.955, f"{name}: {features['true_peak']}")
    check(sorted(os.listdir()) == sorted(f"{name}.wav" for name in names), "no kit without -o")


def the_same_for_any_threads():
    for jobs in ("1", "2", "5"):
        export("808", "--beat", f"{jobs}.wav", "--round-robins", "2", "--duration", "0.3", "-j", jobs, "-o", f"{jobs}.zip")
    for jobs in ("2", "5"):
        check(pathlib.Path(f"{jobs}.wav").read_bytes() == pathlib.Path("1.wav").read_bytes(), jobs)
    export("808", "--round-robins", "2", "--duration", "0.3", "-o", "alone.zip")
    check(pathlib.Path("alone.zip").stat().st_size == pathlib.Path("1.zip").stat().st_size, "the kit is as it was")
    export("808", "--beat", "rock.flac", "--duration", "0.3")
    check(pathlib.Path("rock.flac").read_bytes()[:4] == b"fLaC", "other formats")


def hits_are_where_and_as_loud_as_the_song_says():
    write_beats("song.mid", [(0, 36, 127), (1, 36, 64), (3, 36, 127)])
    export(*PAIR, *PLAIN, "--beat", "song.wav", "--pattern", "song.mid", "--duration", "0.4")
    frames, rate = frames_of("song.wav")
    heard = [frames[round(beat * rate / 2):round(beat * rate / 2) + rate // 4] for beat in (0, 1, 2, 3)]
    levels = [level_db(part) for part in heard]
    check(abs(levels[0] - levels[3]) < 0.1 and levels[2] < levels[0] - 60, levels)
    check(3 < levels[0] - levels[1] < 20, f"softer: {levels}")
    check(max(map(abs, frames[:100])) > 0 and len(frames) >= 2 * rate, "from the start to the end")
    export(*PAIR, *PLAIN, "--beat", "slow.wav", "--pattern", "song.mid", "--duration", "0.4", "--tempo", "60")
    slow, _ = frames_of("slow.wav")
    check(len(slow) == 4 * rate and abs(level_db(slow[3 * rate:3 * rate + rate // 4]) - levels[3]) < 0.1, "at its half")
    # A closed hat cuts an open one off.
    write_beats("open.mid", [(0, 46, 127)])
    write_beats("both.mid", [(0, 46, 127), (1, 42, 1)])
    for name in ("open", "both"):
        export(*PAIR, *PLAIN, "--beat", f"{name}.wav", "--pattern", f"{name}.mid")
    rest = [level_db(frames_of(f"{name}.wav")[0][round(0.55 * rate):round(0.65 * rate)]) for name in ("open", "both")]
    check(rest[1] < rest[0] - 12, f"choked: {rest}")


def what_a_loop_became_is_heard_again():
    run_bytes("render", "kick/909", "snare/909", "kick/909", "snare/909", "--duration", "0.5", "--bits", "16", "--to", "raw", "-o", "loop.raw")
    with wave.open("loop.wav", "wb") as out:
        out.setparams((1, 2, 48000, 0, "NONE", ""))
        out.writeframes(pathlib.Path("loop.raw").read_bytes())
    lines, _ = run_bytes("match", "loop.wav", "--all-hits", "--effort", "100", "-q", "--groove", "loop.mid")
    export("-", *PLAIN, "--beat", "again.wav", "--pattern", "loop.mid", stdin=lines)
    hits = [json.loads(line) for line in run_bytes("match", "again.wav", "--hits")[0].splitlines()]
    check([round(hit["at_s"], 1) for hit in hits] == [0, 0.5, 1, 1.5], hits)


def what_can_not_be_played_is_refused():
    write_beats("high.mid", [(0, 100, 100)])
    write_beats("some.mid", [(0, 36, 100), (1, 100, 100)])
    write_beats("long.mid", [(0, 36, 100)], end=4000)
    pathlib.Path("text.mid").write_text("no song")
    kits = run_bytes("propose", "--kit", "-n", "2")[0]
    before = set(os.listdir())
    for words, status, text in (
        (("808", "--beat", "x.txt"), 2, "end it with .wav or .flac"),
        (("808", "--beat", "-"), 2, "--beat - is not taken"),
        (("808", "--beat", "x.wav", "--pattern", "rok"), 2, 'did you mean "rock"'),
        (("808", "--beat", "x.wav", "--pattern", "none.mid"), 1, "cannot read none.mid"),
        (("808", "--beat", "x.wav", "--pattern", "text.mid"), 2, "is no MIDI file"),
        (("808", "--beat", "x.wav", "--pattern", "high.mid"), 2, "no note of the pattern"),
        (("808", "--beat", "x.wav", "--pattern", "long.mid"), 2, "at most 600 s"),
        (("808", "--beat", "x.wav", "--tempo", "0"), 2, "is not a number from 20 to 999"),
        (("808", "--beat", "x.wav", "--tempo", "fast"), 2, "is not a number from 20 to 999"),
        (("808", "--tempo", "100", "-o", "x.zip"), 2, "add --beat FILE.wav"),
        (("808", "--pattern", "rock", "-o", "x.zip"), 2, "add --beat FILE.wav"),
        (("808", "--beat", "x.wav", "-o", "x.wav"), 2, "x.wav"),
        (("808", "--beat", "none/x.wav"), 1, "none/x.wav"),
        (("808",), 2, "--beat FILE.wav"),
    ):
        _, error = export(*words, status=status)
        check(text in error, (words, error))
    _, error = export("-", "--beat", "x.wav", status=2, stdin=kits)
    check("played by one kit, and 2 are given" in error, error)
    check(set(os.listdir()) == before, f"nothing is written: {set(os.listdir()) - before}")
    _, error = export("808", "--beat", "x.wav", "--pattern", "some.mid", "--duration", "0.2")
    check("1 of 2 notes are on keys without a drum" in error, error)
    before = pathlib.Path("x.wav").read_bytes()
    export("808", "--beat", "x.wav", "--no-clobber", "--duration", "0.1", status=1)
    check(pathlib.Path("x.wav").read_bytes() == before, "kept")


TESTS = [
    every_pattern_plays,
    the_same_for_any_threads,
    hits_are_where_and_as_loud_as_the_song_says,
    what_a_loop_became_is_heard_again,
    what_can_not_be_played_is_refused,
]

sys.exit(run_tests(TESTS))
