#!/usr/bin/python3
"""What `drumgen render` makes from files, pipes and templates, and that it makes it whole.

usage: render_test.py BINARY
"""

import ctypes
import hashlib
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
import wave

from harness import BINARY, LIMIT_S, check, run_bytes, run_tests

RATES = (8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000)
BITS = {"16": 2, "24": 3, "32f": 4}


def run(*words, status=0, stdin=b"", text=True, env=None):
    """Runs drumgen in the current folder; what it prints on standard output."""
    printed, _ = run_bytes(*words, status=status, stdin=stdin, env=env)
    return printed.decode() if text else printed


def names(folder="."):
    return sorted(path.name for path in pathlib.Path(folder).iterdir())


def chunks(data):
    """The chunks of a WAV, by name."""
    check(data[:4] == b"RIFF" and data[8:12] == b"WAVE", "is a WAV")
    check(struct.unpack("<I", data[4:8])[0] == len(data) - 8, "says its true size")
    found = {}
    at = 12
    while at < len(data):
        name, size = struct.unpack("<4sI", data[at : at + 8])
        found[name.decode()] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return found


def wav_of(path):
    return chunks(pathlib.Path(path).read_bytes())


def rounds_trip_through_every_format():
    for rate in RATES:
        for bits, width in BITS.items():
            name = f"{rate}-{bits}.wav"
            run("render", "kick", "--seed", "3", "--rate", str(rate), "--bits", bits, "-o", name)
            found = wav_of(name)
            tag, channels, stored_rate, _, frame, stored_bits = struct.unpack(
                "<HHIIHH", found["fmt "][:16],
            )
            check(
                (channels, stored_rate, frame, stored_bits) == (1, rate, width, width * 8),
                f"{name}: format",
            )
            check(tag == (3 if bits == "32f" else 1), f"{name}: canonical PCM or float")
            check("PEAK" not in found, f"{name}: no time stamp")
            check(run("render", "--verify", name) == f"{name}: same\n", f"{name}: verifies")
    check(len(names()) == len(RATES) * len(BITS), "no other file")


class SoundInfo(ctypes.Structure):
    """SF_INFO of libsndfile."""

    _fields_ = [("frames", ctypes.c_int64)] + [
        (name, ctypes.c_int) for name in ("rate", "channels", "format", "sections", "seekable")
    ]


def read_by_libsndfile(path):
    """Rate and samples, as integers of 32 bits or as floats."""
    library = ctypes.CDLL("libsndfile.so.1")
    library.sf_open.restype = ctypes.c_void_p
    info = SoundInfo()
    file = ctypes.c_void_p(library.sf_open(path.encode(), 0x10, ctypes.byref(info)))
    check(file.value is not None, f"{path}: libsndfile opens it")
    is_float = info.format & 0xFFFF == 6
    samples = ((ctypes.c_float if is_float else ctypes.c_int) * info.frames)()
    read = library.sf_read_float if is_float else library.sf_read_int
    read.restype = ctypes.c_int64
    count = read(file, samples, ctypes.c_int64(info.frames))
    library.sf_close(file)
    check(info.channels == 1 and count == info.frames, f"{path}: libsndfile reads all of it")
    return info.rate, list(samples)


def others_read_the_same():
    """An odd number of frames, so that 24 bits need a byte of padding."""
    for bits, width in BITS.items():
        name = f"{bits}.wav"
        run("render", "kick", "--bits", bits, "--duration", "0.1000208", "-o", name)
        data = wav_of(name)["data"]
        check(len(data) == 4801 * width, f"{name}: {len(data)} bytes")
        rate, samples = read_by_libsndfile(name)
        if bits == "32f":
            check(samples == list(struct.unpack("<4801f", data)), f"{name}: libsndfile")
        else:
            parts = [data[at : at + width] for at in range(0, len(data), width)]
            shift = 32 - 8 * width
            expected = [int.from_bytes(part, "little", signed=True) << shift for part in parts]
            check(rate == 48000 and samples == expected, f"{name}: libsndfile")
            with wave.open(name) as file:
                check(
                    file.getparams()[:4] == (1, width, 48000, 4801)
                    and file.readframes(4801) == data,
                    f"{name}: Python's wave",
                )
        if shutil.which("sox"):
            command = ["sox", "-D", name, "-t", "raw", "-"]
            done = subprocess.run(command, capture_output=True, check=True)
            check(len(done.stdout) == len(data) and done.stderr == b"", f"{name}: {done.stderr}")
            # It takes floats for integers of 32 bits in between.
            check(bits == "32f" or done.stdout == data, f"{name}: sox")


def libsndfile_is_loaded_for_what_is_no_wav():
    """Loading it takes longer than a sound."""
    env = {**os.environ, "LD_DEBUG": "files"}
    for words, loaded in (
        (("kick", "-o", "a.wav"), False),
        (("--verify", "a.wav"), False),
        (("--describe", "a.wav"), False),
        (("kick", "-o", "a.flac"), True),
        (("--verify", "a.flac"), True),
    ):
        done = subprocess.run([BINARY, "render", *words], capture_output=True, env=env)
        check(done.returncode == 0, f"{words}: {done.returncode}")
        check((b"libsndfile" in done.stderr) == loaded, f"{words}: loaded is not {loaded}")


def carries_its_patch():
    run("render", "kick", "--seed", "9", "--punch-decay", "0.8", "--velocity", "0.5", "-o", "a.wav")
    patch = json.loads(wav_of("a.wav")["drmg"])
    check(patch["seed"] == 9 and patch["params"] == {"punch_decay": 0.8}, "what was stated")
    check(
        patch["render"]["velocity"] == 0.5 and patch["render"]["rate"] == 48000,
        "how it was rendered",
    )
    check("duration" not in patch["render"], "no duration that nobody stated")
    check(b"INAM" in wav_of("a.wav")["LIST"] and b"kick 9" in wav_of("a.wav")["LIST"], "a title")
    run("render", "a.wav", "-o", "b.wav")
    check(
        pathlib.Path("a.wav").read_bytes() == pathlib.Path("b.wav").read_bytes(),
        "made again from itself",
    )


def carries_its_root_note():
    # MIDI key 33 is A1, 55 Hz; 69 + 12 log2(45 / 440) is 29.526.
    for tune, note, cents in ((55, 33, 0), (45, 29, 53)):
        run("render", "kick", "--tune", str(tune), "-o", "a.wav")
        smpl = wav_of("a.wav").get("smpl")
        check(smpl is not None, "has a smpl chunk")
        key, fraction = struct.unpack("<II", smpl[12:20])
        check(
            (key, round(fraction * 100 / 2**32)) == (note, cents), f"{tune} Hz: {key}, {fraction}",
        )


def verify_tells_what_differs():
    run("render", "kick", "-o", "a.wav")
    data = bytearray(pathlib.Path("a.wav").read_bytes())
    start = data.index(b"data") + 8
    data[start + 3 * 1000] ^= 1
    pathlib.Path("b.wav").write_bytes(data)
    printed = run("render", "--verify", "a.wav", "b.wav", status=3)
    check(printed == "a.wav: same\nb.wav: different (from frame 1000)\n", printed)
    printed = run("render", "--verify", "a.wav", "b.wav", "--json", status=3)
    lines = [json.loads(line) for line in printed.splitlines()]
    check([line["same"] for line in lines] == [True, False], "JSON says so too")
    check(lines[1]["first_different_frame"] == 1000, "JSON has the frame")


def verify_of_another_sound_version():
    run("render", "kick", "-o", "a.wav")
    data = pathlib.Path("a.wav").read_bytes()
    old = re.sub(rb'"sound_version": \d', b'"sound_version": 9', data)
    check(old != data, "the patch has its sound version")
    pathlib.Path("a.wav").write_bytes(old)
    check("sound version 9, this is " in run("render", "--verify", "a.wav", status=3), "says why")


def silence_is_refused():
    _, error = run_bytes("render", "kick", "--punch-gain", "0", "--room-gain", "0", "--click-gain", "0", "-o", "a.wav", status=2)
    check("renders silence: punch_gain = 0, room_gain = 0, click_gain = 0; let a layer be heard" in error, error)
    _, error = run_bytes("render", "hat", "--metal-delay-ms", "500", "--air-delay-ms", "500", "--chick-delay-ms", "500", "--low-delay-ms", "500",
                         "--duration", "0.05", "-o", "a.wav", status=2)
    check("no layer begins within its 0.05 s" in error and names() == [], error)
    run("render", "kick", "--punch-gain", "0", "--room-gain", "0", "--click-gain", "0", "-o", "a.wav", "--allow-silence")
    run("render", "--verify", "a.wav")
    told = json.loads(run("render", "--describe", "a.wav", status=3))
    check([law["law"] for law in told["verdict"]["laws"] if not law["pass"]] == ["peak"], "its verdict")


def above_full_scale():
    loud = ("snare", "--level", "none", "--shell-gain", "4")
    for bits in ("16", "24"):
        _, error = run_bytes("render", *loud, "--bits", bits, "-o", "a.wav", status=2)
        check("above full scale, where integers end; write --bits 32f" in error and names() == [], error)
    _, error = run_bytes("render", *loud, "--bits", "32f", "-o", "a.wav")
    check("above full scale; the file holds it as it is" in error, error)
    told = json.loads(run("render", "--describe", "a.wav", status=3))
    check(told["features"]["peak"] > 1.5, "it is never scaled")
    check([law["law"] for law in told["verdict"]["laws"] if not law["pass"]] == ["true peak"], "its verdict")


def loudness_levels():
    for level, wanted in (("loudness=-20", -20), ("loudness", -14)):
        told = json.loads(run("render", "kick/909", "--level", level, "--describe"))
        check(abs(told["features"]["loudness_lufs"] - wanted) < 0.01, f"{level}: {told['features']}")
    told = json.loads(run("render", "hat/808-closed", "--level", "loudness=-3", "--describe"))
    check(0.94 < told["features"]["true_peak"] <= 0.95, "the true peak stands in the way")
    check(told["patch"]["render"]["level"] == "loudness" and told["patch"]["render"]["loudness_target"] == -3, "the patch")
    _, error = run_bytes("render", "kick", "--level", "loudness=5", "-o", "a.wav", status=2)
    check("loudness_target = 5 is outside -60..0 LUFS" in error, error)
    listed = run("render", "--list-presets", "kick")
    check(all(" LUFS  " in line for line in listed.splitlines()), listed)


def flags_have_two_spellings():
    run("render", "kick", "--punch-decay", "0.8", "-o", "a.wav")
    run("render", "kick", "--punch_decay=0.8", "-o", "b.wav")
    run("render", "kick", "--set", "punch_decay=0.8", "-o", "c.wav")
    check(len({pathlib.Path(name).read_bytes() for name in names()}) == 1, "the same file")


def the_last_statement_wins():
    def tune(*words):
        report = json.loads(run("render", "kick", *words, "--dry-run", "--json"))
        return report["values"]["tune"]["value"]

    check(tune("--tune", "40", "--tune", "41") == 41, "of two flags")
    check(tune("--tune", "40", "--set", "tune=42") == 42, "set behind flag")
    check(tune("--set", "tune=42", "--tune", "40") == 40, "flag behind set")
    check(tune('{"tune": 60}', "--tune", "40") == 40, "flag over patch")


def patches_come_from_everywhere():
    full = '{"instrument": "kick", "seed": 5, "params": {"tune": 50}}'
    pathlib.Path("p.json").write_text(full)
    pathlib.Path("p.jsonl").write_text(full + "\n")
    pathlib.Path("no_extension").write_text(full)
    run("render", "kick", "--seed", "5", "--tune", "50", "-o", "flags.wav")
    run("render", full, "-o", "inline.wav")
    run("render", "kick", '{"tune": 50, "seed": 5}', "-o", "flat.wav")
    run("render", "p.json", "-o", "json.wav")
    run("render", "p.jsonl", "-o", "jsonl.wav")
    run("render", "./no_extension", "-o", "path.wav")
    run("render", "no_extension", "-o", "path2.wav")
    run("render", "flags.wav", "-o", "wav.wav")
    run("render", "-", "-o", "stdin.wav", stdin=full.encode())
    run("render", "-", "-o", "stdin_wav.wav", stdin=pathlib.Path("flags.wav").read_bytes())
    made = {path.read_bytes() for path in pathlib.Path(".").glob("*.wav")}
    check(len(made) == 1, "all the same file")


def presets_come_by_name():
    report = json.loads(run("render", "kick/808-long", "--tune", "44", "--json", "-o", "a.wav"))
    origins = {value["from"] for value in report["values"].values()}
    check({"given", "preset", "macro", "default"} >= origins >= {"given", "preset"}, f"{origins}")
    check(
        report["values"]["tune"] == {"value": 44, "unit": "Hz", "from": "given"}, "the flag counts",
    )
    check("kick/808-long" in run("render", "--list-presets"), "the list")
    own = pathlib.Path("presets/kick")
    own.mkdir(parents=True)
    (own / "mine.json").write_text('{"params": {"tune": 70}}')
    env = dict(os.environ, DRUMGEN_PRESET_PATH="presets")
    check("kick/mine" in run("render", "kick", "--list-presets", env=env), "the user's own")
    report = json.loads(run("render", "kick/mine", "--dry-run", "--json", env=env))
    check(report["values"]["tune"]["from"] == "preset", "from the user's own")


def templates_name_files():
    lines = "".join(f'{{"seed": {i}, "name": "n/{i}"}}\n' for i in range(12))
    run("render", "kick", "-", "-o", "{instrument}-{index:04}.wav", stdin=lines.encode())
    check(names() == [f"kick-{i:04}.wav" for i in range(1, 13)], f"{names()}")
    for name in names():
        os.remove(name)
    run("render", "kick", "-", "-o", "{{{name}}}-{seed:02}.wav", stdin=lines.encode())
    check(names() == sorted(f"{{{i}}}-{i:02}.wav" for i in range(12)), f"{names()}")


def names_are_stems():
    os.makedirs("a")
    pathlib.Path("a/x.json").write_text('{"instrument": "hat", "name": "kick/other"}')
    pathlib.Path("a/two.jsonl").write_text('{"instrument": "hat", "name": "one"}\n{"instrument": "hat", "seed": 7}\n')
    run("render", "kick", "-o", "a/y.wav")
    run("render", "a/x.json", "a/two.jsonl", "a/y.wav", "snare/909", "-o", "{name}.wav")
    check(names() == ["909.wav", "a", "hat-7.wav", "one.wav", "x.wav", "y.wav"], names())
    check(describes("x.wav") == "hat" and describes("909.wav") == "snare", "each its own")


def describes(path):
    return json.loads(run("render", path, "--json", "--dry-run"))["patch"]["instrument"]


def many_instruments():
    run("render", "kick", "snare", "hat", "--duration", "0.1", "-o", "{instrument}.wav")
    check(names() == ["hat.wav", "kick.wav", "snare.wav"], names())
    run("render", "kick", "kick/909", "snare", "-o", "{index}.wav", status=2)


def numbers_have_units():
    run("render", "kick", "tune=50Hz", "--sweep-ms", "0.1s", "--rate", "44.1kHz", "--duration", "300ms", "--gain-db",
        "-6dB", "-o", "a.wav")
    run("render", "kick", "--tune", "50", "--set", "sweep_ms=100", "--rate", "44100", "--duration", "0.3", "--gain-db",
        "-6", "-o", "b.wav")
    check(pathlib.Path("a.wav").read_bytes() == pathlib.Path("b.wav").read_bytes(), "the same")
    pathlib.Path("tune=50").write_text('{"instrument": "hat"}')
    run("render", "tune=50", "-o", "c.wav")
    check(describes("c.wav") == "hat", "a file of that name is a file")


def hostile_names_stay_in_the_folder():
    os.mkdir("in")
    for index, name in enumerate(("..", "../up", "/abs", ".hidden", "a/../../b", "")):
        patch = json.dumps({"name": name})
        run("render", "kick", patch, "--seed", str(index), "-o", "in/{name}.wav")
    check(names() == ["in"], f"{names()}")
    check(
        len(names("in")) == 6 and not any(name.startswith(".") for name in names("in")),
        f"{names('in')}",
    )


def writes_to_a_pipe():
    piped = run("render", "kick", "-o", "-", text=False)
    run("render", "kick", "-o", "a.wav")
    check(piped == pathlib.Path("a.wav").read_bytes(), "the same bytes")
    if shutil.which("sox"):
        info = subprocess.run(["sox", "--info", "-"], input=piped, capture_output=True, check=True)
        check(b"48000" in info.stdout and b"24-bit" in info.stdout, "sox reads it")


def pipes_close_quietly():
    script = '"$0" render kick -o - | head -c 10 | wc -c; echo "${PIPESTATUS[0]}"'
    done = subprocess.run(
        ["bash", "-c", script, BINARY],
        capture_output=True, text=True, timeout=LIMIT_S,
        preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_DFL),
    )
    check(done.stdout.split()[0] == "10" and done.stdout.split()[1] in ("0", "141"), done.stdout)
    check(done.stderr == "", done.stderr)


def refuses_a_terminal():
    leader, follower = pty.openpty()
    done = subprocess.run(
        [BINARY, "render", "kick", "-o", "-"], stdout=follower, stderr=subprocess.PIPE,
    )
    check(done.returncode == 2 and b"add -f" in done.stderr, "refused")
    reader = subprocess.Popen(
        ["cat"], stdin=leader, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    done = subprocess.run([BINARY, "render", "kick", "-f", "-o", "-"], stdout=follower, timeout=LIMIT_S)
    os.close(follower)
    reader.kill()
    reader.wait()
    os.close(leader)
    check(done.returncode == 0, "-f writes")


def reports_in_json():
    patches = b'{"seed": 1}\n{"seed": 2}\n'
    lines = run(
        "render", "kick", "-", "--json", "-o", "{index}.wav", "--bits", "16", stdin=patches
    )
    reports = [json.loads(line) for line in lines.splitlines()]
    check([report["path"] for report in reports] == ["1.wav", "2.wav"], "one line a file, in order")
    for report in reports:
        data = wav_of(report["path"])["data"]
        check(report["sha256"] == hashlib.sha256(data).hexdigest(), "hash of the samples")
        check(report["frames"] * 2 == len(data), "frames")
        check(report["rate_hz"] == 48000, "rate")
        peak = max(abs(sample) for sample in struct.unpack(f"<{report['frames']}h", data))
        check(abs(report["peak"] - peak / 32768) < 1e-4, "peak")
        check(report["patch"]["instrument"] == "kick", "patch")
        check(set(report["values"]["tune"]) == {"value", "unit", "from"}, "values")
        check(report["values"]["punch_decay_ms"]["from"] == "macro", "a macro's")
        check(report["values"]["quality"]["value"] == "high", "a word")


def dry_run_writes_nothing():
    report = json.loads(
        run("render", "kick", "--dry-run", "--json", "-o", "{seed}.wav", "--seed", "3"),
    )
    check(report["path"] == "3.wav" and "sha256" not in report, "what would be")
    run("render", "kick", "--dry-run", "-o", "{bogus}", status=2)
    check(names() == [], "no file")


def clamp_takes_and_tells():
    done = subprocess.run(
        [
            BINARY, "render", "kick", "--tune", "900", "--clamp", "--dry-run", "--json",
        ], capture_output=True, text=True
    )
    check(done.returncode == 0 and "tune = 900 taken as 120 Hz" in done.stderr, done.stderr)
    check(json.loads(done.stdout)["values"]["tune"]["value"] == 120, "the limit")


def overwrites_whole_or_not_at_all():
    """A reader sees the old or the new file, never a part."""
    run("render", "kick", "-o", "a.wav")
    run("render", "kick", "--tune", "70", "-o", "b.wav")
    wholes = {pathlib.Path(name).read_bytes() for name in ("a.wav", "b.wav")}
    writer = subprocess.Popen(
        [
            "bash",
            "-c",
            'for i in $(seq 20); do "$0" render a.wav -o c.wav; "$0" render b.wav -o c.wav; done',
            BINARY,
        ]
    )
    seen = 0
    while writer.poll() is None:
        try:
            check(pathlib.Path("c.wav").read_bytes() in wholes, "a part of a file")
            seen += 1
        except FileNotFoundError:
            check(seen == 0, "no gap between old and new")
    check(seen > 0 and names() == ["a.wav", "b.wav", "c.wav"], f"{names()}")


def many_patches():
    pathlib.Path("many.jsonl").write_text("".join(f'{{"seed": {i}}}\n' for i in range(20000)))


def default_signals():
    """What a test runner in the background may have turned off."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def signals_leave_nothing_half_written():
    many_patches()
    for round_, number in enumerate((signal.SIGTERM, signal.SIGINT, signal.SIGHUP) * 5):
        folder = pathlib.Path(f"out{round_}")
        folder.mkdir()
        process = subprocess.Popen(
            [BINARY, "render", "kick", "many.jsonl", "-o", f"{folder}/{{index:05}}.wav"],
            preexec_fn=default_signals,
        )
        deadline = time.monotonic() + LIMIT_S
        while not list(folder.glob("*.wav")) and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(0.003 * round_)
        process.send_signal(number)
        check(process.wait(LIMIT_S) == -number, "dies by the signal")
        check(
            names(folder) and not any(".tmp" in name for name in names(folder)),
            f"{number}: {names(folder)[:3]}",
        )
        for path in sorted(folder.iterdir())[-2:]:
            check(run("render", "--verify", str(path)) == f"{path}: same\n", f"{path} is whole")


def ignored_signals_stay_ignored():
    """As nohup asks."""
    many_patches()
    process = subprocess.Popen(
        [BINARY, "render", "kick", "many.jsonl", "-o", "{index:05}.wav"],
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    while len(names()) < 4:
        time.sleep(0.001)
    process.send_signal(signal.SIGHUP)
    time.sleep(0.05)
    check(process.poll() is None, "still running")
    process.terminate()
    check(process.wait(LIMIT_S) == -signal.SIGTERM, "dies by TERM")


def depfile_names_every_file_read():
    os.makedirs("kits/mine")
    os.makedirs("presets/kick")
    run("render", "kick", "--seed", "3", "-o", "kits/mine/k.wav")
    pathlib.Path("kits/mine/kit.json").write_text('{"slots": {"kick": "k.wav", "snare": "kick/mine"}}')
    pathlib.Path("presets/kick/mine.json").write_text('{"seed": 4}')
    environment = {**os.environ, "DRUMGEN_PRESET_PATH": "presets"}
    read = "kits/mine/kit.json kits/mine/k.wav presets/kick/mine.json"
    run("render", "kits/mine/kit.json", "kick/mine", "-o", "{index}.wav", "--depfile", "d", env=environment)
    check(pathlib.Path("d").read_text().startswith(f"1.wav 2.wav 3.wav: {read}\n"), pathlib.Path("d").read_text())
    run("export-kit", "kits/mine/kit.json", "-o", "x.zip", "--depfile", "d", env=environment)
    check(pathlib.Path("d").read_text().startswith(f"x.zip: {read}\n"), pathlib.Path("d").read_text())


def depfile_is_a_rule():
    pathlib.Path("a b.json").write_text('{"instrument": "kick"}')
    run("render", "a b.json", "-o", "x.wav", "--depfile", "x.d")
    check(
        pathlib.Path("x.d").read_text() == "x.wav: a\\ b.json\n\na\\ b.json:\n",
        pathlib.Path("x.d").read_text(),
    )


def helps():
    check(
        "--tune Hz" not in run("render", "--help") and "--rate" in run("render", "--help"),
        "general options",
    )
    check("--tune Hz" in run("render", "kick", "--help"), "parameters of an instrument")
    for words in (("help", "render"), ("--help", "render"), ("-h", "render")):
        check(run(*words) == run("render", "--help"), words)
    check(run("help", "render", "kick") == run("render", "kick", "--help"), "of an instrument")
    commands = re.findall(r"^  ([a-z][a-z-]+)  +\w", run("--help").partition("commands:")[2], re.MULTILINE)
    check(len(commands) >= 7, commands)
    for words in [(name,) for name in commands] + [("render", name) for name in ("kick", "snare", "hat")]:
        lines = run(*words, "--help").splitlines()
        check(lines[0].startswith(f"usage: drumgen {words[0]} ") and lines[2] == "Examples:", lines[:4])
        check(max(map(len, lines)) <= 80, max(lines, key=len))
    check(max(map(len, run("--help").splitlines())) <= 80, "the overview fits too")
    check("Parameters of kick, layer punch:" in run("render", "kick", "--help"), "grouped")
    alone = subprocess.run([BINARY], capture_output=True, text=True)
    check(alone.returncode == 2 and alone.stderr == run("--help") and alone.stdout == "", "nothing: things to try")
    check("render" in run("--help"), "overview")


def versions():
    for word in ("-V", "version"):
        check(run(word) == run("--version"), word)
        check(run(word, "--json") == run("--version", "--json"), word)
    report = json.loads(run("--version", "--json"))
    check(
        {"version", "sound_version", "instruction_set", "compiler", "libraries"} <= set(report),
        f"{report}",
    )
    check(run("--version").startswith(f"drumgen {report['version']}\n"), "text")


def verbose_and_quiet():
    def stderr(*words):
        return subprocess.run(
            [BINARY, "render", "kick", "-o", "a.wav", *words], capture_output=True, text=True,
        ).stderr

    check(stderr() == "", "silent when all is well")
    check("wrote a.wav" in stderr("-v"), "-v names files")
    check(stderr("--tune", "900", "--clamp", "-q") == "", "-q leaves out notes")


TESTS = [
    rounds_trip_through_every_format,
    others_read_the_same,
    libsndfile_is_loaded_for_what_is_no_wav,
    carries_its_patch,
    carries_its_root_note,
    verify_tells_what_differs,
    verify_of_another_sound_version,
    silence_is_refused,
    above_full_scale,
    loudness_levels,
    flags_have_two_spellings,
    the_last_statement_wins,
    patches_come_from_everywhere,
    presets_come_by_name,
    templates_name_files,
    names_are_stems,
    many_instruments,
    numbers_have_units,
    hostile_names_stay_in_the_folder,
    writes_to_a_pipe,
    pipes_close_quietly,
    refuses_a_terminal,
    reports_in_json,
    dry_run_writes_nothing,
    clamp_takes_and_tells,
    overwrites_whole_or_not_at_all,
    signals_leave_nothing_half_written,
    ignored_signals_stay_ignored,
    depfile_names_every_file_read,
    depfile_is_a_rule,
    helps,
    versions,
    verbose_and_quiet,
]


sys.exit(run_tests(TESTS))
