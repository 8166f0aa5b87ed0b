#!/usr/bin/python3
"""Runs `drumgen render --describe`, `--plot` and `--show`: what they measure, judge and draw.

usage: describe_test.py BINARY
"""

import base64
import fcntl
import json
import math
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import termios
import wave
import xml.etree.ElementTree
import zlib

from harness import BINARY, LIMIT_S, check, run_bytes as run, run_tests

SVG = "{http://www.w3.org/2000/svg}"
LAWS = ["peak", "true peak", "dc", "first sample", "last sample", "last 64 samples", "length in s"]


def describe(*words, status=0, stdin=b""):
    printed, _ = run("render", "--describe", *words, status=status, stdin=stdin)
    return [json.loads(line) for line in printed.splitlines()]


def broken(description):
    return [law["law"] for law in description["verdict"]["laws"] if not law["pass"]]


def names():
    return sorted(path.name for path in pathlib.Path(".").iterdir())


def tone(hz=100.0, length_s=1.0, rate=48000, peak=0.8):
    """A tone that keeps every law, as numbers."""
    count = int(length_s * rate)
    return [
        # Level t exp(-t), whose mean with a tone is 0.
        peak * (x := 16 * k / count) * math.exp(1 - x) * min(1, (count - 1 - k) / 500)
        * math.sin(2 * math.pi * hz * k / rate)
        for k in range(count)
    ]


def write_wave(name, samples, rate=48000, width=2, channels=1):
    """A PCM WAV as another program makes it; a second channel is softer, and others hold something else."""
    with wave.open(name, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        full = 2 ** (8 * width - 1)
        data = bytearray()
        for sample in samples:
            number = round(sample * (full - 1))
            frame = [number, number // 2] if channels == 2 else [number] + [full // 2] * (channels - 1)
            for value in frame:
                if width == 1:
                    data.append(value + 128)
                else:
                    data += value.to_bytes(width, "little", signed=True)
        file.writeframes(bytes(data))


def raw_wave(tag, width, data, rate=48000, data_size=None):
    fmt = struct.pack("<HHIIHH", tag, 1, rate, rate * width, width, 8 * width)
    size = len(data) if data_size is None else data_size
    body = b"WAVE" + b"fmt " + struct.pack("<I", 16) + fmt + b"data" + struct.pack("<I", size) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def describes_without_a_file():
    (found,) = describe("kick", "--seed", "3")
    check(names() == [], "writes nothing")
    check(found["path"] is None and found["rate_hz"] == 48000 and found["channels"] == 1, "header")
    check(found["patch"]["seed"] == 3, "the patch")
    features = found["features"]
    check(0.9 < features["true_peak"] <= 0.95, "true peak")
    check(abs(features["duration_s"] - found["frames"] / 48000) < 1e-9, "length")
    check(len(features["octave_db"]) == 10 and features["octave_db"]["16000"] < 0, "octaves")
    check(found["verdict"]["pass"] is True, "passes")
    check([law["law"] for law in found["verdict"]["laws"]] == [*LAWS, "fall in dB"], "every law")


def finds_the_tune():
    for tune in ("40", "45", "52"):
        (found,) = describe("kick", "--tune", tune)
        f0 = found["features"]["f0_hz"]
        check(abs(f0 / float(tune) - 1) < 0.01, f"{tune} Hz: {f0}")
        cents = 100 * (69 + 12 * math.log2(f0 / 440))
        check(abs(100 * found["key"]["midi"] + found["key"]["cents"] - cents) <= 0.51, "its key")


def a_file_says_the_same():
    for bits in ("16", "24", "32f"):
        (alone,) = describe("kick", "--bits", bits)
        (both,) = describe("kick", "--bits", bits, "-o", "a.wav")
        (read,) = describe("a.wav")
        check(both["path"] == read["path"] == "a.wav", "path")
        check(alone["features"] == both["features"] == read["features"], f"{bits}: features")
        check(alone["verdict"] == read["verdict"], f"{bits}: verdict")
        check(read["patch"]["instrument"] == "kick", "the patch inside")


def a_length_that_was_asked_for_may_cut():
    for words in (["kick", "--duration", "0.2", "-o", "a.wav"], ["a.wav"]):
        (found,) = describe(*words)
        check([law["law"] for law in found["verdict"]["laws"]] == LAWS, f"{words}: no fall")


def flags_render_a_wav_again():
    run("render", "kick", "-o", "a.wav")
    (found,) = describe("a.wav", "--tune", "60")
    check(found["path"] is None and abs(found["features"]["f0_hz"] - 60) < 0.6, "changed")
    (found,) = describe("a.wav", "-o", "b.wav")
    check(pathlib.Path("a.wav").read_bytes() == pathlib.Path("b.wav").read_bytes(), "with -o")


def measures_any_wav():
    for width in (1, 2, 3, 4):
        for channels in (1, 2, 3):
            write_wave("x.wav", tone(length_s=0.5), 44100, width, channels)
            (found,) = describe("x.wav", status=None if width == 1 else 0)
            check(found["rate_hz"] == 44100 and found["frames"] == 24000, "size")
            check(found["channels"] == channels and found["patch"] is None, "channels")
            check(abs(found["features"]["f0_hz"] - 100 * 44100 / 48000) < 1, f"{width}: pitch")
            check(abs(found["features"]["peak"] - 0.78) < 0.03, f"{width}: peak")
    _, error = run("render", "--describe", "x.wav")
    check("3 channels; the first one is measured" in error, error)
    write_wave("x.wav", tone(length_s=0.5), 44100, 2, 2)
    stereo = describe("x.wav")[0]["stereo"]
    check(abs(stereo["balance_db"] - 6.02) < 0.01 and abs(stereo["width"] - 1 / 3) < 1e-3, stereo)
    check(abs(stereo["left"]["peak"] - 2 * stereo["right"]["peak"]) < 1e-3 and stereo["correlation"] > 0.999, stereo)
    samples = tone()
    for width, letter in ((4, "f"), (8, "d")):
        data = struct.pack(f"<{len(samples)}{letter}", *samples)
        pathlib.Path("x.wav").write_bytes(raw_wave(3, width, data))
        (found,) = describe("x.wav")
        check(abs(found["features"]["peak"] - max(map(abs, samples))) < 1e-6, f"float {width}")


def judges_each_law():
    def judged(samples):
        write_wave("x.wav", samples, width=3)
        (found,) = describe("x.wav", status=3)
        check(found["verdict"]["pass"] is False, "fails")
        return broken(found)

    good = tone()
    write_wave("x.wav", good, width=3)
    check(broken(describe("x.wav")[0]) == [], "a good one")
    check(judged([1.2 * s for s in tone(peak=0.83)]) == ["true peak"], "peak")
    check(judged([s + (3e-4 if 9 < k < 40000 else 0) for k, s in enumerate(good)]) == ["dc"], "dc")
    check(judged([1e-4, *good[1:]]) == ["first sample"], "first")
    check(judged([*good[:-1], 1e-4]) == ["last sample"], "last")
    check(judged([*good[:-9], 2e-3, *good[-8:]]) == ["last 64 samples"], "end")
    check(judged(good + [0.0] * (8 * 48000)) == ["length in s"], "length")
    cut = [0.5 * math.sin(2 * math.pi * 100 * k / 48000) for k in range(4801)]
    check("fall in dB" in judged(cut), "cut in mid-air")


def keeps_order_and_goes_on():
    write_wave("b.wav", tone(hz=200, length_s=0.3))
    write_wave("bad.wav", [0.5] * 4800)
    run("render", "kick", "-o", "a.wav")
    patch = '{"instrument": "kick", "seed": 5}'
    found = describe("b.wav", patch, "a.wav", "bad.wav", patch, status=3)
    check([one["path"] for one in found] == ["b.wav", None, "a.wav", "bad.wav", None], "order")
    check([one["verdict"]["pass"] for one in found] == [True, True, True, False, True], "verdicts")
    pathlib.Path("broken.wav").write_bytes(b"RIFF....WAVEjunk")
    printed, error = run("render", "--describe", "broken.wav", "b.wav", status=2)
    check(json.loads(printed)["path"] == "b.wav" and "broken.wav: " in error, "the others go on")
    _, error = run("render", "--describe", "b.wav", "none.wav", status=1)
    check("cannot read none.wav" in error, error)


def measures_what_libsndfile_reads():
    write_wave("x.wav", tone(length_s=0.5), 48000, 2)
    (plain,) = describe("x.wav", status=None)
    for name in ("x.flac", "x.aiff", "x.caf", "x.w64", "x.au"):
        subprocess.run(["sox", "x.wav", name], check=True)
        (found,) = describe(name, status=None)
        check(found["frames"] == plain["frames"] and found["rate_hz"] == 48000, f"{name}: {found['frames']}")
        check(found["features"] == plain["features"], name)
    for arguments in (["-e", "u-law"], ["-e", "a-law"], ["-e", "ima-adpcm"], ["-b", "8"]):
        subprocess.run(["sox", "-D", "x.wav", *arguments, "y.wav"], check=True)
        (found,) = describe("y.wav", status=None)
        check(abs(found["frames"] - plain["frames"]) < 1024, f"{arguments}: {found['frames']}")
        check(abs(found["features"]["f0_hz"] - plain["features"]["f0_hz"]) < 1, f"{arguments}: pitch")
    # What libsndfile can't read is called by its name, whatever the reason is.
    for tag, name in ((26447, r"Vorbis \(format 26447\)"), (49, r"GSM 6.10 \(format 49\)"),
                      (85, r"MP3 \(format 85\)"), (4711, "format 4711 with 16 bits")):
        chunk = struct.pack("<4sIHHIIHH", b"fmt ", 16, tag, 1, 44100, 88200, 2, 16)
        body = b"WAVE" + chunk + struct.pack("<4sI", b"data", 100) + bytes(100)
        pathlib.Path("z.wav").write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
        for words in (["render", "--describe", "z.wav"], ["match", "z.wav"]):
            _, error = run(*words, status=2)
            check(re.fullmatch(rf"drumgen: z\.wav: libsndfile can't read this WAV file, which holds {name}: "
                               r"[^:;]*; make it PCM with another program, such as ffmpeg\n", error), error)
    subprocess.run(["sox", "x.wav", "x.ogg"], check=True)
    (found,) = describe("x.ogg", status=None)
    check(abs(found["features"]["f0_hz"] - plain["features"]["f0_hz"]) < 1, "x.ogg: pitch")
    _, error = run("render", "x.flac", "-o", "z.wav", status=2)
    check("x.flac: holds no patch" in error, error)


def refuses_what_is_no_sound():
    def refused(content, message):
        pathlib.Path("x.wav").write_bytes(content)
        _, error = run("render", "--describe", "x.wav", status=2)
        check("x.wav: " in error and message in error, error)

    good = struct.pack("<100h", *range(100))
    refused(b"", "not a sound file")
    refused(b"RIFX" + bytes(40), "not a sound file")
    refused(raw_wave(1, 2, b""), "holds no samples")
    refused(raw_wave(0x1234, 1, good), "format 4660 with 8 bits")
    refused(raw_wave(3, 2, good), "16-bit float")
    refused(raw_wave(1, 2, good, rate=0), "sample rate of 0 Hz")
    refused(raw_wave(3, 4, struct.pack("<3f", 0, math.nan, 0)), "sample 1 is not a finite number")
    refused(raw_wave(3, 4, struct.pack("<3f", 0, 0, math.inf)), "sample 2 is not a finite number")
    refused(raw_wave(3, 8, struct.pack("<2d", 1e300, 0)), "sample 0 is not a finite number")
    refused(raw_wave(1, 1, bytes((1 << 22) + 1)), "frames; at most 4194304")


def goes_through_pipes():
    sound, _ = run("render", "kick", "-o", "-")
    (found,) = describe("-", stdin=sound)
    check(found["path"] is None and found["verdict"]["pass"], "a WAV from a pipe")
    # A program that writes to a pipe does not know the size.
    data = b"".join(struct.pack("<h", round(32767 * s)) for s in tone())
    (found,) = describe("-", stdin=raw_wave(1, 2, data, data_size=0xFFFFFFFF))
    check(found["frames"] == 48000, "of unknown size")
    found = describe("kick", "-", stdin=b'{"seed": 1}\n{"seed": 2}\n')
    check([one["patch"]["seed"] for one in found] == [1, 2], "patches from a pipe")
    script = 'set -o pipefail; "$0" render kick/909 kick/hard --describe | head -c 1 >/dev/null'
    done = subprocess.run(["bash", "-c", script, BINARY], capture_output=True, timeout=LIMIT_S)
    check(b"Traceback" not in done.stderr, "a pipe that closes")


def one_thing_on_standard_output():
    for words in (["--json", "-o", "-"], ["--describe", "-o", "-"], ["--plot", "-", "-o", "-"],
                  ["--plot", "-", "--describe"], ["--plot", "-", "--json"]):
        _, error = run("render", "kick", *words, status=2)
        check("both write to standard output; leave out one" in error, error)
    printed, _ = run("render", "kick", "--describe", "--json")
    report = json.loads(printed)
    check(report["description"]["verdict"]["pass"], "a report holds the description")
    run("render", "--verify", "a.wav", "--describe", status=2)
    printed, _ = run("render", "kick", "--describe", "--dry-run")
    check(printed == b"", "nothing to describe in a dry run")


def svg_of(path):
    """The parsed picture, and the pixels of its images."""
    root = xml.etree.ElementTree.parse(path).getroot()
    check(root.tag == SVG + "svg" and root.get("viewBox"), "is an SVG")
    images = []
    for image in root.iter(SVG + "image"):
        link = image.get("{http://www.w3.org/1999/xlink}href")
        check(link.startswith("data:image/png;base64,"), "an image inside")
        images.append(png_of(base64.b64decode(link.split(",")[1], validate=True)))
    return root, images


def png_of(data):
    """Width, height and pixels of a PNG; checks its sums."""
    check(data[:8] == b"\x89PNG\r\n\x1a\n", "is a PNG")
    at, found = 8, {}
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        check(struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(name + body),
              "sum of a chunk")
        found[name] = body
        at += 12 + size
    width, height = struct.unpack(">II", found[b"IHDR"][:8])
    rows = zlib.decompress(found[b"IDAT"])
    check(len(rows) == height * (width + 1) and len(found[b"PLTE"]) == 768, "size of the PNG")
    return width, height, rows


def plots():
    run("render", "kick", "--seed", "7", "--plot", "a.svg", "-o", "a.wav")
    check(names() == ["a.svg", "a.wav"], f"{names()}")
    root, images = svg_of("a.svg")
    check(100_000 < os.path.getsize("a.svg") < 500_000, "size of the file")
    texts = [text.text for text in root.iter(SVG + "text")]
    for wanted in ("kick, seed 7", "Time (s)", "Frequency (Hz)", "Level (dBFS)", "50", "20k"):
        check(wanted in texts, f"{wanted!r} in {texts}")
    check(len(images) == 2 and len(set(images[0][2])) > 100, "a spectrogram of many levels")
    run("render", "kick", "--seed", "7", "--plot", "b.svg")
    check(pathlib.Path("a.svg").read_bytes() == pathlib.Path("b.svg").read_bytes(), "the same")
    printed, _ = run("render", "kick", "--seed", "7", "--plot", "-")
    check(printed == pathlib.Path("a.svg").read_bytes(), "to a pipe")
    run("render", "kick", "--seed", "7", "--plot", "a.png")
    check(pathlib.Path("a.png").read_bytes().startswith(b"\x89PNG\r\n"), "a PNG")
    _, error = run("render", "kick", "--plot", "a.gif", status=2)
    check("no picture of that ending; known are .svg, .png" in error, error)


def plots_many():
    write_wave("a&b <c>.wav", tone())
    run("render", "--plot", "{name}.svg", "a&b <c>.wav", "kick/909", "kick/808-long")
    check(len([name for name in names() if name.endswith(".svg")]) == 3, f"{names()}")
    root, _ = svg_of("a&b <c>.svg")
    check(root.find(SVG + "title").text == "a&b <c>.wav", "title")
    _, error = run("render", "kick/909", "kick/hard", "--plot", "x.svg", status=2)
    check('--plot "x.svg"' in error and "add {index}" in error, error)
    _, error = run("render", "kick", "--plot", "{nam}.svg", status=2)
    check('--plot "{nam}.svg": unknown field' in error, error)
    _, error = run("render", "kick", "-o", "x", "--plot", "x", status=2)
    check("are one file" in error, error)


def plots_whole_or_not_at_all():
    pathlib.Path("old.svg").write_text("kept")
    run("render", "kick", "--no-clobber", "--plot", "old.svg", status=1)
    check(pathlib.Path("old.svg").read_text() == "kept", "--no-clobber keeps it")
    run("render", "kick", "--plot", "none/x.svg", status=1)
    run("render", "kick", "--plot", "old.svg", "--dry-run")
    check(pathlib.Path("old.svg").read_text() == "kept" and names() == ["old.svg"], "dry run")
    run("render", "kick", "--plot", "old.svg")
    svg_of("old.svg")
    run("render", "kick", "--plot", "p.svg", "-o", "p.wav", "--depfile", "p.d")
    check("p.wav p.svg:" in pathlib.Path("p.d").read_text(), "both are outputs")


def shows():
    env = {key: value for key, value in os.environ.items() if not key.startswith("LC_")}
    printed, error = run("render", "kick", "--seed", "7", "--show", env=dict(env, LANG="en.UTF-8"))
    lines = printed.decode().splitlines()
    check(error == "" and len(lines) == 8 and lines[0] == "kick, seed 7", f"{lines}")
    check(all(len(line) == 80 for line in lines[1:7]), "80 columns")
    check(all("\u2800" <= c <= "\u28ff" for line in lines[1:7] for c in line), "Braille")
    check("dBTP" in lines[7] and "pitch 45" in lines[7], lines[7])
    check(run("render", "kick", "--seed", "7", "--show", env=dict(env, LANG="C", LC_CTYPE="de_DE.utf8"))[0] == printed, "as the C library reads it")
    printed, _ = run("render", "kick", "--show", env=dict(env, LANG="en.UTF-8", LC_ALL="C"))
    check(printed.isascii() and printed.count(b"\n") == 8, "ASCII")
    for words in (["--describe"], ["--json"], ["-o", "-"], ["--plot", "-"]):
        printed, error = run("render", "kick", "--show", *words)
        check(b"dBTP\n" not in printed and "dBTP, pitch" in error, f"{words}: on standard error")


def shows_as_wide_as_the_terminal():
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    done = subprocess.Popen([BINARY, "render", "kick", "--show"], stdout=follower,
                            env=dict(os.environ, LC_ALL="C"))
    os.close(follower)
    printed = b""
    try:
        while chunk := os.read(leader, 4096):
            printed += chunk
    except OSError:
        pass  # the end of a terminal
    os.close(leader)
    check(done.wait(LIMIT_S) == 0, "shows")
    lines = printed.decode().splitlines()
    check([len(line) for line in lines[1:7]] == [50] * 6, f"{lines}")


TESTS = [
    describes_without_a_file,
    finds_the_tune,
    a_file_says_the_same,
    a_length_that_was_asked_for_may_cut,
    flags_render_a_wav_again,
    measures_any_wav,
    measures_what_libsndfile_reads,
    judges_each_law,
    keeps_order_and_goes_on,
    refuses_what_is_no_sound,
    goes_through_pipes,
    one_thing_on_standard_output,
    plots,
    plots_many,
    plots_whole_or_not_at_all,
    shows,
    shows_as_wide_as_the_terminal,
]


sys.exit(run_tests(TESTS))
