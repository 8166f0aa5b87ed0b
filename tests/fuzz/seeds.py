#!/usr/bin/python3
"""What fuzzing begins with: good input of each kind, small, as the program writes it.

usage: seeds.py BINARY FOLDER

Below FOLDER each target of targets.cpp has a folder of its own.
"""

import json
import pathlib
import subprocess
import sys

BINARY = pathlib.Path(sys.argv[1]).absolute()
FOLDER = pathlib.Path(sys.argv[2])
QUICK = ("--duration", "0.05", "--quality", "draft")


def run(*words, text=b""):
    return subprocess.run([BINARY, *words], input=text, capture_output=True, check=True, cwd=FOLDER).stdout


def put(target, name, data):
    folder = FOLDER / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def patches():
    kinds = run("list", "instruments").decode().split("\n")
    names = [line.split()[0] for line in kinds if line.strip()]
    for name in names:
        lines = run("propose", name, "-n", "2")
        for target in ("patch", "lines", "kit_lines"):
            put(target, name, lines if target != "patch" else lines.splitlines()[0])
        rating = [json.dumps({"time": "2026-11-30T00:00:00Z", "label": "like", "patch": json.loads(line)}) for line in lines.splitlines()]
        put("ratings", name, "\n".join(rating) + '\n{"undo": 1, "time": "2026-11-30T00:00:00Z"}\n')
    put("patch", "flat", '{"instrument": "kick", "punch_decay": 0.8, "seed": 18446744073709551615}')
    put("statement", "several", "tune=52\nrender.rate=44.1k\nseed=7\nlevel=peak\npitch=F#1\nclick_snap=max")
    put("locks", "several", "tune=52\nseed\nclick_snap\npunch*")
    put("quantity", "note", "F#1")
    put("quantity", "number", "44.1kHz")
    put("range", "part", "0:1000 2/7")
    put("name", "fields", "a/{instrument}-{index:04}-{seed}-{name}.wav\n../x")


def kits():
    for name in ("808", "lo-fi"):
        put("kit", name, (pathlib.Path(__file__).parent.parent.parent / f"presets/kits/{name}.json").read_bytes())
    put("kit", "proposed", run("propose", "--kit", "-n", "1"))
    run("export-kit", "--slot", "kick=kick", "--slot", "hat=hat", *QUICK, "-o", "kit.zip")
    put("kit_zip", "two", (FOLDER / "kit.zip").read_bytes())
    (FOLDER / "kit.zip").unlink()


def sounds():
    for name, first in (("one", 2), ("two", 131)):
        put("measure", name, bytes([first]) + bytes(int(60 * 0.99**k) * (1 if k // 20 % 2 else -1) % 256 for k in range(400)))
    for ending in ("wav", "flac", "aiff", "ogg", "caf", "w64"):
        name = f"a.{ending}"
        try:
            run("render", "hat", *QUICK, "-o", name)
        except subprocess.CalledProcessError:
            continue
        data = (FOLDER / name).read_bytes()
        put("sound", ending, data)
        if ending == "wav":
            put("riff", "hat", data)
            put("recording", "hat", data[40:])
        (FOLDER / name).unlink()
    run("render", "kick", *QUICK, "-o", "a.wav", "--manifest", "m.jsonl")
    put("manifest", "one", (FOLDER / "m.jsonl").read_bytes())
    for name in ("a.wav", "m.jsonl"):
        (FOLDER / name).unlink()
    for path in (pathlib.Path(__file__).parent.parent.parent / "presets/patterns").glob("*.mid"):
        put("midi", path.stem, path.read_bytes())


FOLDER.mkdir(parents=True, exist_ok=True)
patches()
kits()
sounds()
