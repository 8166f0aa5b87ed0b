#!/usr/bin/python3
"""What `drumgen propose --from learned` and `drumgen mutate --learned` make of ratings.

usage: learned_test.py BINARY
"""

import json
import os
import pathlib
import sys

from harness import check, run_bytes, run_tests

STORE = "ratings.jsonl"


def patches(*words, **more):
    printed, error = run_bytes(*words, **more)
    return [json.loads(line) for line in printed.splitlines()], error


def rate(label, some):
    with open(STORE, "a") as store:
        for patch in some:
            patch = {key: patch[key] for key in ("instrument", "seed", "params")}
            store.write(json.dumps({"time": "", "label": label, "patch": patch}) + "\n")


def rate_by_tune(kind="kick", key="tune", limit=50):
    """Likes the third of the sounds that lie lowest."""
    some, _ = patches("propose", kind, "-n", "60", "--seed", "9")
    for patch in some:
        rate("like" if patch["params"][key] < limit else "dislike", [patch])


def learned(*words, **more):
    return patches("propose", "kick", "--ratings", STORE, *words, **more)


def learns():
    rate_by_tune()
    best, error = learned("-n", "10", "--explore", "0")
    check(error == b"" or error == "", error)
    check(sum(patch["params"]["tune"] < 50 for patch in best) >= 9, [p["params"]["tune"] for p in best])
    check([patch["index"] for patch in best] == list(range(10)), "indexes")
    scores = [patch["score"] for patch in best]
    check(all(0 <= score <= 1 for score in scores) and scores[0] > 0.5, scores)
    check(all(0 < patch["uncertainty"] <= 1 for patch in best), best)


def same_for_same_ratings():
    rate_by_tune()
    check(learned("-n", "5") == learned("-n", "5"), "twice")
    check(learned("-n", "5")[0] != learned("-n", "5", "--seed", "1")[0], "another seed")


def never_unless_asked():
    before = run_bytes("propose", "kick", "-n", "5")
    environment = {**os.environ, "DRUMGEN_RATINGS": os.path.abspath(STORE)}
    rate_by_tune()
    check(run_bytes("propose", "kick", "-n", "5", env=environment) == before, "even proposals")
    own, _ = patches("propose", "kick", "-n", "5", "--from", "learned", env=environment)
    check(own == learned("-n", "5")[0], "the user's own store")


def goes_on_into_render_and_feedback():
    rate_by_tune()
    lines, _ = run_bytes("propose", "kick", "--ratings", STORE, "-n", "3")
    run_bytes("render", "-", "-o", "x-{index}.wav", stdin=lines)
    check(pathlib.Path("x-2.wav").exists(), "rendered")
    run_bytes("feedback", "like", "-", "--ratings", STORE, stdin=lines)
    check(len(pathlib.Path(STORE).read_text().splitlines()) == 63, "rated")


def draws_evenly_without_ratings_and_says_so():
    some, error = learned("-n", "20")
    check("no kick is rated in ratings.jsonl yet" in error, error)
    check(len({patch["params"]["tune"] for patch in some}) == 20, "even draws")
    rate("like", [{"instrument": "hat", "seed": 1, "params": {}}])
    _, error = learned()
    check("no kick is rated" in error, error)


def locks_and_only():
    rate_by_tune()
    some, _ = learned("-n", "6", "--lock", "tune=61.5,seed=7", "--lock", "damp=0.5")
    check({(p["params"]["tune"], p["params"]["damp"], p["seed"]) for p in some} == {(61.5, 0.5, 7)}, some)
    like, _ = patches("propose", "kick", "--seed", "3")
    pathlib.Path("like.json").write_text(json.dumps(like[0]))
    some, _ = learned("-n", "6", "--like", "like.json", "--lock", "punch*")
    check({p["params"]["punch_decay"] for p in some} == {like[0]["params"]["punch_decay"]}, some)
    some, _ = learned("-n", "6", "--like", "like.json", "--only", "tune")
    check(len({p["params"]["tune"] for p in some}) == 6, some)
    check({p["params"]["damp"] for p in some} == {like[0]["params"]["damp"]}, some)


def starts():
    some, _ = patches("propose", "kick", "--from", "learned", "--ratings", "none", "--preset-prior", "-n", "20")
    check(len({p["params"]["tune"] for p in some}) == 20, some)
    near, _ = patches("propose", "kick", "--ratings", "none", "--like", "kick/909", "-n", "20")
    tunes = [p["params"]["tune"] for p in near]
    own, _ = patches("render", "kick/909", "--json", "--dry-run")
    check(abs(sum(tunes) / 20 / own[0]["values"]["tune"]["value"] - 1) < 0.25, tunes)


def kinds_take_turns():
    rate_by_tune()
    some, _ = patches("propose", "kick", "hat", "--ratings", STORE, "-n", "5")
    check([patch["instrument"] for patch in some] == ["kick", "hat", "kick", "hat", "kick"], some)


def mutates():
    rate_by_tune()
    start = '{"instrument": "kick", "params": {"tune": 55}}'
    plain, _ = patches("mutate", start, "-n", "12")
    picked, _ = patches("mutate", start, "-n", "12", "--learned", "--ratings", STORE)
    mean = [sum(p["params"]["tune"] for p in some) / 12 for some in (plain, picked)]
    check(mean[1] < mean[0] - 1, mean)
    check(all("score" in patch for patch in picked), picked)
    again, _ = patches("mutate", "kick", "--learned", "--ratings", "none", "--amount", "0")
    check(len(again) == 1, again)


def undone_ratings_do_not_count():
    rate_by_tune()
    before = learned("-n", "4", "--explore", "0")[0]
    liked, _ = patches("propose", "kick", "-n", "3", "--seed", "77")
    rate("like", liked)
    check(learned("-n", "4", "--explore", "0")[0] != before, "more ratings")
    run_bytes("feedback", "--undo", "3", "--ratings", STORE)
    check(learned("-n", "4", "--explore", "0")[0] == before, "taken back")


def ratings_of_another_table_count():
    rate_by_tune()
    with open(STORE, "a") as store:
        store.write('{"time": "", "label": "like", "patch": {"instrument": "kick", "params": '
                    '{"tune": 500, "wobble": 3}}}\n')
    _, error = run_bytes("feedback", "--stats", "--ratings", STORE)
    check("1 ratings are of other parameters" in error, error)
    check(len(learned("-n", "3")[0]) == 3, "taken")


def refuses():
    rate_by_tune()
    for words, wanted in [
        (("--explore", "2"), '--explore "2" is not a number from 0 to 1'),
        (("-n", "1001"), "1000"),
        (("--range", "0:5"), "are for data sets"),
        (("--lock", "tune"), "has no value"),
        (("--lock", "tun=5"), 'did you mean "tune"'),
        (("--lock", "tune=9999"), "is outside"),
        (("--only", "wire"), "kick has no such parameter"),
        (("--like", "hat/techno"), "is a hat, not a kick"),
        (("--from", "uniform"), "--ratings is for learned proposals"),
        (("--from", "lerned"), 'did you mean "learned"'),
    ]:
        _, error = learned(*words, status=2)
        check(wanted in error, f"{words}: {error}")
    for flag in (("--explore", "0"), ("--like", "kick/909"), ("--lock", "tune=50"), ("--only", "tune"),
                 ("--preset-prior",)):
        _, error = run_bytes("propose", "kick", *flag, status=2)
        check("add --from learned" in error, error)


TESTS = [
    learns,
    same_for_same_ratings,
    never_unless_asked,
    goes_on_into_render_and_feedback,
    draws_evenly_without_ratings_and_says_so,
    locks_and_only,
    starts,
    kinds_take_turns,
    mutates,
    undone_ratings_do_not_count,
    ratings_of_another_table_count,
    refuses,
]

sys.exit(run_tests(TESTS))
