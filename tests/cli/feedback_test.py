#!/usr/bin/python3
"""What `drumgen feedback` keeps: every rating that it acknowledged, whatever happens beside it.

usage: feedback_test.py BINARY
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading

from harness import BINARY, check, run_bytes, run_tests

STORE = "ratings.jsonl"


def feedback(*words, **more):
    return run_bytes("feedback", *words, "--ratings", STORE, **more)


def listed(**more):
    printed, error = feedback("--list", **more)
    return [json.loads(line) for line in printed.splitlines()], error


def stats():
    printed, _ = feedback("--stats", "--json")
    return {line["instrument"]: (line["liked"], line["disliked"])
            for line in map(json.loads, printed.splitlines())}


def quick(seed):
    """A patch that takes little time to measure, known by its seed."""
    return json.dumps({"instrument": "hat", "seed": seed, "params": {"tightness": 1}}).encode()


def keeps_patch_label_time_and_features():
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "86400"}
    _, error = feedback("like", "kick/909", "snare/rock", env=environment)
    check("2 liked, in ratings.jsonl" in error, error)
    feedback("0", "hat/techno", "-q")
    ratings, _ = listed()
    check([r["label"] for r in ratings] == ["like", "like", "dislike"], ratings)
    check(ratings[0]["time"] == "1970-01-02T00:00:00Z", "the time is UTC")
    check(ratings[0]["patch"]["name"] == "kick/909", "the patch")
    for line in pathlib.Path(STORE).read_text().splitlines():
        rating = json.loads(line)
        check(rating["features"]["t60_s"] > 0 and rating["patch"]["sound_version"] >= 1, "features")
    rated = {name: counts for name, counts in stats().items() if counts != (0, 0)}
    check(rated == {"kick": (1, 0), "snare": (1, 0), "hat": (0, 1)}, stats())


def takes_a_wav_and_lines():
    run_bytes("render", "kick", "--seed", "7", "-o", "k.wav")
    feedback("1", "k.wav")
    feedback("dislike", "-", stdin=quick(1) + b"\n" + quick(2))
    ratings, _ = listed()
    check([r["patch"]["seed"] for r in ratings] == [7, 1, 2], ratings)


def undo_takes_back_and_deletes_nothing():
    for seed in range(4):
        feedback("like", "-", stdin=quick(seed))
    before = pathlib.Path(STORE).read_bytes()
    feedback("--undo", "2")
    check([r["patch"]["seed"] for r in listed()[0]] == [0, 1], "the last two are gone")
    check(pathlib.Path(STORE).read_bytes().startswith(before), "nothing is deleted")
    feedback("dislike", "-", stdin=quick(9))
    feedback("--undo", "1")
    check([r["patch"]["seed"] for r in listed()[0]] == [0, 1], "undo counts what counts")
    _, error = feedback("--undo", "3", status=2)
    check("holds 2 ratings, so 3 can't be taken back" in error, error)


def damaged_lines_are_told_and_left():
    feedback("like", "-", stdin=quick(1))
    with open(STORE, "ab") as store:
        store.write(b'{"time": "x", "label": "like", "patch": {"instrument": "kick", "para')
    feedback("like", "-", stdin=quick(2))
    with open(STORE, "ab") as store:
        store.write(b'{"label": "maybe"}\n[1]\n{"undo": 99}\n')
    before = pathlib.Path(STORE).read_bytes()
    ratings, error = listed()
    check([r["patch"]["seed"] for r in ratings] == [1, 2], "the whole ones count")
    for number in (2, 4, 5, 6):
        check(f"{STORE}:{number}: " in error, f"line {number}: {error}")
    check(pathlib.Path(STORE).read_bytes() == before, "reading changes nothing")


def import_takes_all_or_nothing():
    lines = b"".join(
        b'{"time": "2026-01-0%dT00:00:00Z", "label": "%s", "patch": %s}\n' % (day, label, quick(day))
        for day, label in ((1, b"like"), (2, b"dislike"), (3, b"like")))
    pathlib.Path("page.jsonl").write_bytes(lines)
    _, error = feedback("--import", "page.jsonl")
    check("2 liked, 1 disliked" in error, error)
    ratings, _ = listed()
    check([(r["time"][9], r["label"], r["patch"]["seed"]) for r in ratings]
          == [("1", "like", 1), ("2", "dislike", 2), ("3", "like", 3)], ratings)
    stored = pathlib.Path(STORE).read_bytes()
    check(all(json.loads(line)["features"]["peak"] > 0 for line in stored.splitlines()), "they are measured")
    _, error = feedback("--import", "-", stdin=lines)
    check("3 were there already" in error and pathlib.Path(STORE).read_bytes() == stored, error)
    bad = lines.replace(b"2026", b"2027") + b'{"label": "love", "patch": {"instrument": "kick"}}\n'
    _, error = feedback("--import", "-", stdin=bad, status=2)
    check("standard input:4: has no label like or dislike" in error, error)
    feedback("--import", "-", stdin=b"\n", status=2)
    feedback("--import", "none.jsonl", status=1)
    feedback("--import", STORE, status=2)
    feedback("like", "kick", "--import", "page.jsonl", status=2)
    check(pathlib.Path(STORE).read_bytes() == stored, "nothing is added")


def stores_are_found():
    for name, environment in (
        ("a.jsonl", {"DRUMGEN_RATINGS": "a.jsonl"}),
        ("data/drumgen/ratings.jsonl", {"XDG_DATA_HOME": os.path.abspath("data")}),
        (".local/share/drumgen/ratings.jsonl", {}),
        (".local/share/drumgen/ratings.jsonl", {"XDG_DATA_HOME": "relative"}),
    ):
        run_bytes("feedback", "like", "-", stdin=quick(1), env={**os.environ, **environment})
        check(pathlib.Path(name).is_file(), name)
        pathlib.Path(name).unlink()
    environment = {key: value for key, value in os.environ.items() if key != "HOME"}
    _, error = run_bytes("feedback", "like", "-", stdin=quick(1), env=environment, status=2)
    check("name a file with --ratings" in error, error)
    printed, _ = feedback("--list")
    check(printed == b"" and not os.path.exists(STORE), "a store that is not there is empty")


def refuses():
    for words, status, message in (
        ((), 2, "say like or dislike"),
        (("lik", "kick"), 2, 'did you mean "like"?'),
        (("like",), 2, "of which patches?"),
        (("like", "kick", "--list"), 2, "ask for one"),
        (("--undo", "0"), 2, "whole number from 1"),
        (("--undo", "1"), 2, "holds no ratings"),
        (("like", '{"instrument": "kick", "params": {"tune": 500}}'), 2, "outside 25..120"),
    ):
        _, error = feedback(*words, status=status)
        check(message in error and not os.path.exists(STORE), f"{words}: {error}")
    pathlib.Path("file").write_text("")
    _, error = run_bytes("feedback", "like", "kick", "--ratings", "file/x", status=1)
    check("cannot write file/x" in error, error)


def writers_at_once_lose_nothing():
    failures = []

    def write(writer):
        for batch in range(10):
            first = writer * 1000 + batch * 50
            patches = b"\n".join(quick(seed) for seed in range(first, first + 50))
            done = subprocess.run([BINARY, "feedback", "like", "-", "-q", "--ratings", STORE],
                                  input=patches, capture_output=True)
            if done.returncode != 0:
                failures.append(done.stderr)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(not failures, failures)
    ratings, error = listed()
    check(error == "", error)
    seeds = sorted(r["patch"]["seed"] for r in ratings)
    check(seeds == sorted(w * 1000 + k for w in range(6) for k in range(500)), "all 3000 are there")


def kills_lose_nothing_acknowledged():
    rng = random.Random(1)
    acknowledged = []
    for seed in range(200):
        process = subprocess.Popen([BINARY, "feedback", "like", "-", "-q", "--ratings", STORE],
                                   stdin=subprocess.PIPE)
        process.stdin.write(quick(seed))
        process.stdin.close()
        try:
            process.wait(rng.uniform(0.0, 0.012))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        if process.wait() == 0:
            acknowledged.append(seed)
    seeds = [r["patch"]["seed"] for r in listed()[0]]
    check(set(acknowledged) <= set(seeds), "what was acknowledged is there")
    check(len(seeds) == len(set(seeds)), "each once")


TESTS = [
    keeps_patch_label_time_and_features,
    takes_a_wav_and_lines,
    undo_takes_back_and_deletes_nothing,
    damaged_lines_are_told_and_left,
    import_takes_all_or_nothing,
    stores_are_found,
    refuses,
    writers_at_once_lose_nothing,
    kills_lose_nothing_acknowledged,
]

sys.exit(run_tests(TESTS))
