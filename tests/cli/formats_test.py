#!/usr/bin/python3
"""Sound files of every format: what is written, read by other programs, and taken back.

usage: formats_test.py BINARY
"""

import json
import os
import pathlib
import struct
import subprocess
import sys
import time

from harness import LIMIT_S, check, run_bytes as run, run_tests

LOSSLESS = {
    "wav": ("16", "24", "32f"), "flac": ("16", "24"), "aiff": ("16", "24", "32f"), "aif": ("24",),
    "caf": ("16", "24", "32f"), "w64": ("16", "24", "32f"), "rf64": ("16", "24", "32f"),
}
LOSSY = {"ogg": "Ogg Vorbis", "opus": "Opus", "mp3": "MP3"}
SNARE = ["render", "snare", "--seed", "5", "--duration", "0.2001"]  # an odd number of frames


def done(*words, status=0):
    """What another program prints on standard output."""
    finished = subprocess.run(words, capture_output=True, timeout=LIMIT_S)
    check(finished.returncode == status, f"{words}: {finished.stderr.decode()}")
    return finished.stdout


def chunks_of(data):
    """Names and bodies of a WAV's chunks, in their order."""
    check(data[:4] == b"RIFF" and data[8:12] == b"WAVE", "a WAV")
    check(struct.unpack("<I", data[4:8])[0] == len(data) - 8, "its size")
    found, at = [], 12
    while at < len(data):
        size = struct.unpack("<I", data[at + 4:at + 8])[0]
        found.append((data[at:at + 4].decode(), data[at + 8:at + 8 + size]))
        at += 8 + size + size % 2
    return found


def riff(*chunks):
    body = b"WAVE" + b"".join(
        name.encode() + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def patch_of(name):
    printed, error = run("render", name, "--dry-run", "--json")
    return json.loads(printed)["patch"], error


def other_programs_read_what_is_written():
    for bits in ("16", "24", "32f"):
        run(*SNARE, "--bits", bits, "-o", f"{bits}.raw", "--to", "raw", status=2 if bits == "24" else 0)
    for ending, formats in LOSSLESS.items():
        for bits in formats:
            name = f"{bits}.{ending}"
            _, error = run(*SNARE, "--bits", bits, "-o", name)
            check(error == "", error)
            told = done("sndfile-info", name).decode()
            for line in ("Sample Rate : 48000", "Frames      : 9605", "Channels    : 1"):
                check(line in told, f"{name}: {line}: {told}")
            if bits == "32f":  # sox has no floats inside
                done("sndfile-convert", "-float32", name, "read.wav")
                read = dict(chunks_of(pathlib.Path("read.wav").read_bytes()))["data"]
            else:
                read = done("sox", "-D", name, "-t", "raw", "-e", "signed", "-b", bits, "-L", "-")
            wav = dict(chunks_of(pathlib.Path(f"{bits}.wav").read_bytes()))["data"]
            check(read == wav, f"{name}: sample for sample")
            if bits != "24":
                check(wav == pathlib.Path(f"{bits}.raw").read_bytes(), "as raw frames")
    for ending in LOSSY:
        run(*SNARE, "-o", f"x.{ending}")
        told = done("sndfile-info", f"x.{ending}").decode()
        for line in ("Sample Rate : 48000", "Frames      : 9605", "Channels    : 1"):
            check(line in told, f"{ending}: {line}: {told}")
    check(done("soxi", "-s", "x.ogg").strip() == b"9605", "sox counts the frames of an Ogg")


def every_file_gives_its_patch_back():
    run(*SNARE, "-o", "first.wav")
    wanted, _ = patch_of("first.wav")
    for ending in (*LOSSLESS, *LOSSY):
        run("render", "first.wav", "-o", f"x.{ending}")
        found, error = patch_of(f"x.{ending}")
        check(found == wanted and error == "", f"{ending}: {found} {error}")
        run("render", f"x.{ending}", "-o", "again.wav")
        check(pathlib.Path("again.wav").read_bytes() == pathlib.Path("first.wav").read_bytes(), ending)
        printed, _ = run("mutate", f"x.{ending}", "-n", "1")
        check(json.loads(printed)["instrument"] == "snare", f"{ending}: mutate takes it")
        run("feedback", "like", f"x.{ending}", "--ratings", "store.jsonl")
        run("export-kit", "--slot", f"snare=x.{ending}", "-o", "kit.zip")
        (told,) = run("render", "--describe", f"x.{ending}", status=None)[0].splitlines()
        check(json.loads(told)["patch"] == wanted, f"{ending}: described with its patch")


def lossless_files_are_verified_and_lossy_ones_say_why_not():
    for ending in LOSSLESS:
        run(*SNARE, "-o", f"x.{ending}")
        check(run("render", "--verify", f"x.{ending}")[0] == f"x.{ending}: same\n".encode(), ending)
    for ending, title in LOSSY.items():
        _, error = run(*SNARE, "-o", f"x.{ending}")
        check(error == f"drumgen: {title} does not keep samples exactly: those that are read from it are not "
              "the patch's\n", error)
        _, error = run(*SNARE, "-o", f"x.{ending}", "-q")
        check(error == "", "silent with -q")
        _, error = run("render", "--verify", f"x.{ending}", status=2)
        check("does not keep samples exactly" in error, error)


def the_same_patch_gives_the_same_file():
    names = [f"x.{ending}" for ending in (*LOSSLESS, *LOSSY)]
    before = []
    for name in names:
        run(*SNARE, "-o", name)
        before.append(pathlib.Path(name).read_bytes())
    time.sleep(1.1)
    for name, bytes_before in zip(names, before):
        run(*SNARE, "-o", name)
        check(pathlib.Path(name).read_bytes() == bytes_before, name)


def a_pipe_gets_what_a_file_gets():
    for ending in (*LOSSLESS, *LOSSY):
        word = "aiff" if ending == "aif" else ending
        run(*SNARE, "-o", f"x.{ending}")
        piped, _ = run(*SNARE, "-o", "-", "--to", word)
        check(piped == pathlib.Path(f"x.{ending}").read_bytes(), ending)
        printed, _ = run("render", "-", "--dry-run", "--json", stdin=piped)
        check(json.loads(printed)["patch"]["seed"] == 5, f"{ending}: from a pipe")


def a_manifest_says_the_format():
    run(*SNARE, "-o", "x.flac", "--manifest", "m.jsonl")
    run(*SNARE, "-o", "x.wav", "--manifest", "w.jsonl")
    entry, other = (json.loads(pathlib.Path(name).read_text()) for name in ("m.jsonl", "w.jsonl"))
    check(entry["container"] == "flac" and entry["bytes"] == os.path.getsize("x.flac"), entry)
    check(entry["sha256"] == other["sha256"] and entry["bits"] == "24", "the hash is that of the samples")
    _, error = run(*SNARE, "-o", "x.flac", "--manifest", "m.jsonl", "--resume", "-v")
    check("wrote" not in error, "resumed")


def what_a_format_can_not_is_refused():
    for words, message in (
        (("-o", "x.flac", "--bits", "32f"), "FLAC holds no floats; add --bits 16 or --bits 24"),
        (("-o", "x.opus", "--rate", "44100"), "Opus has no rate of 44100 Hz, only 8000, 12000"),
        (("-o", "x.mp3", "--rate", "96000"), "MP3 has no rate of 96000 Hz"),
        (("-o", "x.ogg", "--bits", "16"), "--bits has no effect on Ogg Vorbis; leave it out"),
        (("-o", "x.flac", "--to", "wav"), 'is the name of a FLAC file, and --to says "wav"'),
        (("-o", "x.json"), '".json" is no sound file that can be written; known are .wav, .flac'),
        (("-o", "x.tar.gz"), "nothing is compressed here; write a .tar or .flac"),
        (("-o", "k.png"), '".png" is no sound file'),
        (("-o", "x.flca"), '".flca" is no sound file'),
    ):
        _, error = run("render", "kick", *words, status=2)
        check(message in error, error)
        check(os.listdir(".") == [], "nothing is written")


def tags_come_behind_the_samples_and_may_be_left_out():
    run("render", "kick", "-o", "x.wav")
    names = [name for name, _ in chunks_of(pathlib.Path("x.wav").read_bytes())]
    check(names == ["fmt ", "data", "LIST", "smpl", "drmg"], names)
    run("render", "kick", "--bits", "32f", "-o", "f.wav")
    names = [name for name, _ in chunks_of(pathlib.Path("f.wav").read_bytes())]
    check(names == ["fmt ", "fact", "data", "LIST", "smpl", "drmg"], names)
    for bits in ("16", "24", "32f"):
        run("render", "kick", "--bare", "--bits", bits, "-o", "bare.wav")
        run("render", "kick", "--bits", bits, "-o", "full.wav")
        bare, full = (chunks_of(pathlib.Path(name).read_bytes()) for name in ("bare.wav", "full.wav"))
        check([name for name, _ in bare] == ["fmt ", "data"], bits)
        check(dict(bare)["data"] == dict(full)["data"], "the same samples")
        check(run("render", "kick", "--bare", "--bits", bits, "-o", "-")[0]
              == pathlib.Path("bare.wav").read_bytes(), "to a pipe")
    for ending in (*LOSSLESS, *LOSSY):
        run("render", "kick", "--bare", "-q", "-o", f"x.{ending}")
        _, error = run("render", f"x.{ending}", "-o", "y.wav", status=2)
        check("holds no patch" in error, error)


def a_copy_with_a_comment_gives_the_patch_and_is_compared():
    run(*SNARE, "-o", "x.wav")
    found = chunks_of(pathlib.Path("x.wav").read_bytes())
    kept = [chunk for chunk in found if chunk[0] in ("fmt ", "data", "LIST")]
    pathlib.Path("copy.wav").write_bytes(riff(*kept))
    patch, error = patch_of("copy.wav")
    check(patch == patch_of("x.wav")[0], "the patch is in the comment")
    check("copy.wav: a program that wrote it again has left only the comment" in error, error)
    check("its samples are those of the patch" in error, error)
    check(run("render", "--verify", "copy.wav")[0] == b"copy.wav: same\n", "verified")
    turned = [(name, bytes(3) + data[3:] if name == "data" else data) for name, data in kept]
    turned = [(name, data[:90] + b"\1" + data[91:] if name == "data" else data) for name, data in turned]
    pathlib.Path("other.wav").write_bytes(riff(*turned))
    _, error = patch_of("other.wav")
    check("its samples are not those of the patch: from frame 30" in error, error)
    stereo = struct.pack("<HHIIHH", 1, 2, 48000, 48000 * 6, 6, 24)
    pathlib.Path("stereo.wav").write_bytes(riff(("fmt ", stereo), *kept[1:]))
    _, error = patch_of("stereo.wav")
    check("its samples are not those of the patch: two channels, not one" in error, error)
    done("sox", "x.wav", "sox.wav")
    _, error = run("render", "sox.wav", "-o", "y.wav", status=2)
    check("sox.wav: holds no patch: drumgen did not write it, or a program that wrote it again, as sox" in error, error)
    done("sndfile-convert", "x.wav", "convert.flac")
    check(patch_of("convert.flac")[0] == patch, "sndfile-convert keeps it")


def a_description_of_ffmpeg_gives_the_patch():
    """ffmpeg calls the comment of a FLAC its description."""
    run(*SNARE, "-o", "x.flac")
    data = pathlib.Path("x.flac").read_bytes()
    patch = data[data.index(b"comment=") + 8:data.index(b"}}") + 2]
    # The block of comments, of type 4, is written anew, the last of all.
    check(data[:4] == b"fLaC" and data[4] & 0x7F == 0, "a FLAC")
    info = data[8:42]
    at, sound = 4, None
    while sound is None:
        size = int.from_bytes(data[at + 1:at + 4], "big")
        sound = at + 4 + size if data[at] & 0x80 else None
        at += 4 + size
    entry = b"DESCRIPTION=" + patch
    comments = struct.pack("<I", 4) + b"test" + struct.pack("<II", 1, len(entry)) + entry
    pathlib.Path("y.flac").write_bytes(
        b"fLaC\0\0\0\x22" + info + b"\x84" + len(comments).to_bytes(3, "big") + comments + data[sound:])
    check(patch_of("y.flac")[0] == json.loads(patch), "the patch")
    told, _ = run("render", "--describe", "y.flac", status=None)
    check(json.loads(told)["patch"] == json.loads(patch), "described with its patch")


def broken_files_are_measured_with_a_warning():
    run("render", "kick", "--duration", "0.3", "-o", "x.wav")
    found = chunks_of(pathlib.Path("x.wav").read_bytes())
    (told,) = run("render", "--describe", "x.wav")[0].splitlines()
    features = json.loads(told)["features"]
    sound = [chunk for chunk in found if chunk[0] in ("fmt ", "data")]
    whole = riff(*sound)

    def described(data, message, same=True):
        pathlib.Path("y.wav").write_bytes(data)
        printed, error = run("render", "--describe", "y.wav", status=None)
        check("y.wav: " in error and message in error, error)
        check((json.loads(printed)["features"] == features) == same, printed)

    described(whole[:-300], 'truncated: its "data" chunk says 43200 bytes, and 42900 are left', same=False)
    for size in (0, 0xFFFFFFFF):
        described(whole[:4] + struct.pack("<I", size) + whole[8:40] + struct.pack("<I", size) + whole[44:],
                  "a stream that does not tell its length")
    odd = b"RIFF" + struct.pack("<I", len(whole) - 8 + 11) + b"WAVEjunk" + struct.pack("<I", 3) + b"abc"
    described(odd + whole[12:], "a chunk of odd length has no byte of padding")
    run("render", "kick", "--duration", "0.3", "-o", "x.flac")
    data = pathlib.Path("x.flac").read_bytes()
    pathlib.Path("y.flac").write_bytes(data[:len(data) // 2])
    _, error = run("render", "--describe", "y.flac", status=None)
    check("y.flac: is truncated: it says 14400 frames" in error, error)


def what_is_printed_is_taken():
    patches, _ = run("propose", "kick", "-n", "3", "--seed", "4")
    wanted = [json.loads(line) for line in patches.splitlines()]
    run("render", "-", "-o", "{index}.wav", "--manifest", "m.jsonl", stdin=patches)
    reports, _ = run("render", "-", "-o", "r{index}.wav", "--json", stdin=patches)
    descriptions, _ = run("render", "-", "--describe", stdin=patches, status=None)
    run("feedback", "like", "-", "--ratings", "store.jsonl", stdin=patches)
    ratings, _ = run("feedback", "--list", "--ratings", "store.jsonl")
    for lines in (pathlib.Path("m.jsonl").read_bytes(), reports, descriptions, ratings):
        printed, _ = run("render", "-", "--dry-run", "--json", stdin=lines)
        found = [json.loads(line)["patch"] for line in printed.splitlines()]
        check([(one["seed"], one["params"]) for one in found]
              == [(one["seed"], one["params"]) for one in wanted], lines)
        run("mutate", "-", "-n", "1", stdin=lines.splitlines()[0])
    run("render", "m.jsonl", "-o", "again-{index}.wav")
    check(os.path.exists("again-1.wav") and os.path.exists("again-2.wav"), "by the manifest's indexes")
    kit, _ = run("export-kit", "808", "-o", "808.zip", "--json")
    pathlib.Path("kit.json").write_bytes(kit)
    run("export-kit", "kit.json", "-o", "again.zip")
    check(pathlib.Path("again.zip").read_bytes() == pathlib.Path("808.zip").read_bytes(), "a kit's line")
    done("unzip", "-q", "808.zip", "kit_info.json")
    info = json.loads(pathlib.Path("kit_info.json").read_text())
    slots = "\n".join(json.dumps(slot) for slot in info["slots"].values())
    printed, _ = run("render", "-", "--dry-run", "--json", stdin=slots.encode())
    check(len(printed.splitlines()) == len(info["slots"]), "the slots of a kit_info.json")
    done("sox", "1.wav", "other.wav")
    told, _ = run("render", "--describe", "other.wav", status=None)
    _, error = run("render", "-", "-o", "y.wav", stdin=told, status=2)
    check("tells of a sound that carries no patch" in error, error)


sys.exit(run_tests([
    other_programs_read_what_is_written,
    every_file_gives_its_patch_back,
    lossless_files_are_verified_and_lossy_ones_say_why_not,
    the_same_patch_gives_the_same_file,
    a_pipe_gets_what_a_file_gets,
    a_manifest_says_the_format,
    what_a_format_can_not_is_refused,
    tags_come_behind_the_samples_and_may_be_left_out,
    a_copy_with_a_comment_gives_the_patch_and_is_compared,
    a_description_of_ffmpeg_gives_the_patch,
    broken_files_are_measured_with_a_warning,
    what_is_printed_is_taken,
]))
