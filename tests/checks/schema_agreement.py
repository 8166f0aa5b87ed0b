#!/usr/bin/python3
"""Compares drumgen's verdict on random patches with that of a JSON Schema validator on its schemas.

The program is the first argument, or DRUMGEN. 10 000 texts in the full form are judged by
`drumgen render -` and the schema of a patch, 10 000 in the flat form by `drumgen render kick -` and
the schema of the kick; each lot in one run of drumgen.
"""

import json
import math
import os
import random
import re
import subprocess
import sys

import jsonschema

COUNT = 10_000
SEED = 20_240_607
FULL_KEYS = ["instrument", "seed", "params", "render", "name", "sound_version"]
RAW = "raw number:"  # a string that is written without its quotes

NUMBERS = [
    0, 1, 2, 7, 7.0, 0.5, -1, -0.0, 1e3, 5e-324, 1e308, -1e308, 2**31 - 1, 2**31, 2**53 + 1,
    2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64 - 1, 2**64, 2**64 + 1, float(2**64), 10**30,
    1.8446744073709550e19, 0.1 + 0.2,
] + [RAW + text for text in [
    "-0", "0.0", "-0.0", "1E0", "10e-1", "1e400", "-1e400", "1e-400", "7.000", "1e19", "1e20",
    "18446744073709551615.0", "18446744073709551614.5", "4.5e1", "48000.0", "44.1e3",
    "0.99999999999999999999", "1.0000000000000000000001", "1" + "0" * 400,
]]
WORDS = ["", "0.5", "kick", "high", "draft", "High", "true_peak", "none", "true", "null", "\u00e4"]
OTHERS = [True, False, None, [], {}, [1], {"tune": 1}, {"a": {"b": [None, {"c": []}]}}, [[[[[]]]]]]
NAMES = [
    "", "Deep one", "x" * 128, "x" * 129, "\u00e4" * 128, "\u00e4" * 129, "\U0001f941" * 128,
    "\U0001f941" * 129, "a\n", "\n", "a\tb", "\x7f", "\u0085", "\u009f", "\u00a0", "\u0000", "\u2028",
]


def near(low, high, rng):
    """A number on, beside or between limits."""
    return rng.choice([
        low, high, rng.uniform(low, high), rng.uniform(low, high), rng.uniform(low, high),
        math.nextafter(low, -math.inf), math.nextafter(high, math.inf),
        math.nextafter(low, math.inf), float(low), float(high), low - 1, high + 1, round((low + high) / 2),
    ])


def junk(rng):
    return rng.choice([rng.choice(NUMBERS), rng.choice(WORDS), rng.choice(OTHERS)])


def value_for(schema, rng, junk_share):
    """A value for a property, by its schema; most are valid."""
    if rng.random() < junk_share:
        return junk(rng)
    if "enum" in schema:
        return rng.choice(schema["enum"])
    if "minimum" not in schema:
        return junk(rng)
    return near(schema["minimum"], schema["maximum"], rng) if rng.random() < junk_share * 4 else (
        rng.uniform(schema["minimum"], schema["maximum"]))


def misspelled(key, rng):
    at = rng.randrange(len(key) + 1)
    return rng.choice([key[:at] + key[at + 1:], key[:at] + "x" + key[at:], key.upper(), key + " ", ""])


def rows(properties, rng):
    """An object of some properties, now and then with a key that is none."""
    keys = rng.sample(list(properties), rng.randint(0, min(5, len(properties))))
    junk_share = rng.choice([0, 0, 0.02, 0.1])
    made = {key: value_for(properties[key], rng, junk_share) for key in keys}
    if rng.random() < 0.1:
        made[misspelled(rng.choice(list(properties)), rng)] = junk(rng)
    return made


def seed(rng):
    return rng.choice([rng.randrange(2**64), rng.randrange(100), rng.choice(NUMBERS), junk(rng)])


def full_form(schema, rng):
    """An object in the full form; about half of them are valid."""
    definitions = schema["definitions"]
    made = {}
    instrument = rng.choice(list(definitions))
    if rng.random() < 0.95:
        made["instrument"] = instrument
    if rng.random() < 0.05:
        made["instrument"] = rng.choice(["Kick", "kik", "", "tuba", "kick ", 1, None, ["kick"]])
    if rng.random() < 0.8:
        made["params"] = rows(definitions[instrument]["properties"], rng)
    if rng.random() < 0.4:
        made["render"] = rows(schema["properties"]["render"]["properties"], rng)
    if rng.random() < 0.3:
        made["seed"] = seed(rng)
    if rng.random() < 0.2:
        made["name"] = rng.choice(NAMES)
    if rng.random() < 0.2:
        made["sound_version"] = rng.choice([1, 1.0, 2, 9, rng.choice(NUMBERS)])
    if rng.random() < 0.08:
        made[rng.choice(FULL_KEYS)] = junk(rng)
    if rng.random() < 0.05:
        other = rng.choice(list(definitions[instrument]["properties"]) + FULL_KEYS)
        made[rng.choice([other, misspelled(other, rng)])] = junk(rng)
    return made


def flat_form(schema, rng):
    """An object in the flat form; about half of them are valid."""
    properties = dict(schema["properties"])
    del properties["seed"]
    made = rows(properties, rng)
    if rng.random() < 0.3:
        made["seed"] = seed(rng)
    return made


def text_of(value, rng):
    """JSON on one line, with the raw numbers as they are spelled."""
    pairs = list(value.items())
    rng.shuffle(pairs)
    text = json.dumps(dict(pairs), ensure_ascii=rng.random() < 0.5, allow_nan=False)
    # U+2028 and the like don't end a line of JSON Lines
    return re.sub(f'"{RAW}([^"]*)"', r"\1", text)


def refused_lines(program, arguments, texts):
    """Which lines drumgen refuses, from 1."""
    run = subprocess.run(
        [program, "render", *arguments, "--dry-run", "--json", "-"],
        input="\n".join(texts) + "\n", capture_output=True, encoding="utf-8",
    )
    refused = {int(n) for n in re.findall(r"^.*?standard input:(\d+): ", run.stderr, re.MULTILINE)}
    if run.returncode != (2 if refused else 0):
        sys.exit(f"drumgen render {' '.join(arguments)}: status {run.returncode}\n{run.stderr[:2000]}")
    return refused


def schema_of(program, name):
    printed = subprocess.run(
        [program, "schema", name, "--format", "json"], check=True, capture_output=True, text=True
    ).stdout
    schema = json.loads(printed)
    jsonschema.Draft7Validator.check_schema(schema)
    return schema


def compare(label, program, arguments, texts, is_valid):
    refused = refused_lines(program, arguments, texts)
    valid = [is_valid(json.loads(text)) for text in texts]
    differing = [
        f"{label}: drumgen {'refuses' if at in refused else 'takes'} what the schema "
        f"{'takes' if verdict else 'refuses'}: {text}"
        for at, (text, verdict) in enumerate(zip(texts, valid), 1)
        if verdict == (at in refused)
    ]
    print(*differing[:20], sep="\n", end="\n" if differing else "")
    print(f"{label}: {len(texts)} texts, {sum(valid)} valid, {len(differing)} disagreements")
    if min(sum(valid), len(valid) - sum(valid)) < len(valid) / 5:
        print(f"{label}: fewer than a fifth are valid, or are not; the comparison shows too little")
        return False
    return not differing


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else os.environ["DRUMGEN"]
    rng = random.Random(SEED)
    patch_schema = schema_of(program, "patch")
    kick_schema = schema_of(program, "kick")
    patch = jsonschema.Draft7Validator(patch_schema)
    kick = jsonschema.Draft7Validator(kick_schema)

    def is_valid_for_kick(value):
        """The flat form, or the full form, where the command names the instrument."""
        if not set(value) & (set(FULL_KEYS) - {"seed"}):
            return kick.is_valid(value)
        return value.get("instrument", "kick") == "kick" and patch.is_valid(
            {"instrument": "kick", **value}
        )

    full = [text_of(full_form(patch_schema, rng), rng) for _ in range(COUNT)]
    flat = [
        text_of(full_form(patch_schema, rng) if rng.random() < 0.1 else flat_form(kick_schema, rng), rng)
        for _ in range(COUNT)
    ]
    agree = compare("patch", program, [], full, patch.is_valid)
    agree = compare("kick", program, ["kick"], flat, is_valid_for_kick) and agree
    return 0 if agree else 1


sys.exit(main())
