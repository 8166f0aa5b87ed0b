#!/usr/bin/python3
"""Two channels: what is written, told, folded down, measured and taken back.

usage: stereo_test.py BINARY
"""

import array
import json
import math
import pathlib
import struct
import sys

from harness import check, run_bytes as run, run_tests


def described(*words):
    return [json.loads(line) for line in run("render", *words, "--describe", status=None)[0].splitlines()]


def samples_of(path):
    """The channels of a raw file of floats."""
    values = array.array("f", pathlib.Path(path).read_bytes())
    return values[0::2], values[1::2]


def energy(channel):
    return sum(x * x for x in channel)


def every_format_takes_two_channels_back():
    for ending in ("wav", "flac", "aiff", "caf", "w64", "rf64", "ogg", "opus", "mp3"):
        path = f"clap.{ending}"
        run("render", "clap/crowd", "--width", "0.6", "-q", "-o", path)
        told = described(path)[0]
        check(told["channels"] == 2 and told["stereo"]["width"] > 0.2, f"{ending}: {told['stereo']}")
        check(told["patch"]["render"]["width"] == 0.6, ending)
        if ending not in ("ogg", "opus", "mp3"):
            printed, _ = run("render", "--verify", path)
            check(b": same" in printed, f"{ending}: {printed}")
        run("render", path, "-q", "-o", f"again.{ending}")
        check(pathlib.Path(path).read_bytes() == pathlib.Path(f"again.{ending}").read_bytes(), f"{ending}: the same bytes")
    run("render", "clap.wav", "--mono", "-q", "-o", "mono.wav")
    printed, _ = run("render", "--verify", "mono.wav")
    check(b": same" in printed and described("mono.wav")[0]["channels"] == 1, "one channel again")
    # A program that folds the channels is found out.
    data = bytearray(pathlib.Path("clap.wav").read_bytes())
    data[22:24] = struct.pack("<H", 1)
    data[32:34] = struct.pack("<H", 3)
    pathlib.Path("torn.wav").write_bytes(data)
    printed, _ = run("render", "--verify", "torn.wav", status=3)
    check(b"one channel, not two" in printed, printed)


def containers_tell_channels():
    run("render", "clap/909", "hat/rock-open", "--width", "0.5", "--bits", "32f", "--duration", "0.3", "-o", "all.raw",
        "--manifest", "all.jsonl")
    lines = [json.loads(line) for line in pathlib.Path("all.jsonl").read_text().splitlines()]
    check([line["channels"] for line in lines] == [2, 2], lines)
    check(all(line["bytes"] == 8 * line["frames"] for line in lines), "interleaved frames of two floats")
    left, right = samples_of("all.raw")
    check(left != right and abs(10 * math.log10(energy(left) / energy(right))) < 1.5, "both sides")
    run("render", "clap/909", "hat/909-open", "-o", "all.tar", "--manifest", "tar.jsonl")
    lines = [json.loads(line) for line in pathlib.Path("tar.jsonl").read_text().splitlines()]
    check([line["channels"] for line in lines] == [1, 1], "machines have one")
    run("render", "clap/909", "hat/909-open", "-o", "all.tar", "--manifest", "tar.jsonl", "--resume")
    told = json.loads(run("render", "clap/crowd", "--json", "-o", "c.wav")[0])
    check(told["channels"] == 2, told)


def the_middle_is_the_sound_of_one_channel():
    for width in ("0.1", "1"):
        run("render", "cymbal/crash", "--width", width, "--bits", "32f", "-o", "two.raw")
        run("render", "cymbal/crash", "--mono", "--bits", "32f", "-o", "one.raw")
        one = array.array("f", pathlib.Path("one.raw").read_bytes())
        left, right = samples_of("two.raw")
        middle = [(a + b) / 2 for a, b in zip(left, right)]
        factor = sum(a * b for a, b in zip(middle, one)) / energy(one)
        check(0.5 < factor <= 1.000001, factor)
        check(max(abs(a - factor * b) for a, b in zip(middle, one)) < 1e-6, "sample for sample")


def pictures_and_pages_show_both():
    run("render", "clap/crowd", "--plot", "clap.svg", "--page", "clap.html", "-o", "clap.wav")
    picture = pathlib.Path("clap.svg").read_text()
    check(">Left<" in picture and ">Right<" in picture and "two channels" in picture, "the picture")
    check("two channels" in pathlib.Path("clap.html").read_text(), "the page")
    shown, _ = run("render", "clap/crowd", "--show", status=0)
    check(b"two channels" in shown, shown[-200:])


def what_is_wrong_is_told():
    for value in ("1.5", "-0.1", "nan", "wide"):
        _, error = run("render", "clap", "--width", value, "-o", "x.wav", status=2)
        check("width" in error and "0..1" in error and not pathlib.Path("x.wav").exists(), error)
    _, error = run("render", "kick", "--room-air", "0", "--width", "0.5", "-o", "x.wav")
    check("both channels are the same" in error, error)
    _, error = run("mutate", "clap", "--only", "rate", status=2)
    check("does not move" in error, error)


def mutations_move_the_width_alone():
    lines = run("mutate", "clap/crowd", "--only", "width", "-n", "5", "--seed", "3")[0].splitlines()
    patches = [json.loads(line) for line in lines]
    check(len({patch["render"]["width"] for patch in patches}) == 5, patches)
    check(len({json.dumps(patch["params"]) for patch in patches}) == 1 and {patch["seed"] for patch in patches} == {0}, "nothing else")


def matches_have_the_width():
    run("render", "hat", "--width", "0.6", "-q", "-o", "wide.wav")
    run("render", "hat", "--mono", "-q", "-o", "one.wav")
    words = ("match", "wide.wav", "--instrument", "hat", "--effort", "100", "-q")
    wide, one = (json.loads(line) for line in run(*words, "one.wav")[0].splitlines())
    check(abs(wide["render"]["width"] - 0.6) < 0.15, wide)
    check("width" not in one.get("render", {}), one)
    locked = json.loads(run(*words, "--lock", "width=0.1")[0])
    check(locked["render"]["width"] == 0.1, locked)


def kits_have_both():
    run("export-kit", "acoustic", "--duration", "0.4", "--format", "zip,sf2,drumgizmo", "-o", "kit")
    run("export-kit", "acoustic", "--duration", "0.4", "--mono", "-o", "one.sf2")
    wide = pathlib.Path("kit.sf2").read_bytes()
    check(wide.count(b"crashL\0") == 1 and wide.count(b"crashR\0") == 1 and wide.count(b"kick\0") >= 1, "linked samples")
    headers = wide[wide.index(b"shdr") + 8:]
    rows = [headers[k:k + 46] for k in range(0, len(headers) - 45, 46)]
    kinds = [struct.unpack("<HH", row[42:46]) for row in rows]
    for number, (linked, kind) in enumerate(kinds[:-1]):
        check(kind in (1, 2, 4) and (kind == 1 or kinds[linked] == (number, 6 - kind)), f"{number}: {linked}, {kind}")
    check(b"crashL\0" not in pathlib.Path("one.sf2").read_bytes(), "folded down")
    text = pathlib.Path("kit-drumgizmo/instruments/crash.xml").read_text()
    check('filechannel="1"' in text and 'filechannel="2"' in text, text)
    check('filechannel="2"' not in pathlib.Path("kit-drumgizmo/instruments/kick.xml").read_text(), "the kick has one")
    printed, _ = run("render", "--verify", "kit.zip")
    check(b"different" not in printed, printed)


TESTS = [
    every_format_takes_two_channels_back, containers_tell_channels, the_middle_is_the_sound_of_one_channel,
    pictures_and_pages_show_both, what_is_wrong_is_told, mutations_move_the_width_alone, matches_have_the_width, kits_have_both,
]

if __name__ == "__main__":
    sys.exit(run_tests(TESTS))
