#!/usr/bin/python3
"""Bad input: every case ends with the status and message that it must, and leaves no file.

usage: bad_input.py BINARY
"""

import os
import pathlib
import re
import resource
import struct
import subprocess
import sys
import tempfile

KICK = '{"instrument": "kick"}'
WORK_FAILED, INVALID = 1, 2


def case(words, status, message, files=None, stdin=b"", setup=None, limits=None, closed=None):
    return {
        "words": words.split() if isinstance(words, str) else words,
        "status": status,
        "message": message,
        "files": files or {},
        "stdin": stdin,
        "setup": setup,
        "limits": limits,
        "closed": closed,
    }


def inline(text, message):
    """A patch on the command line that must be refused."""
    return case(["render", text, "-o", "x.wav"], INVALID, message)


def from_file(content, message, name="x.json"):
    """A patch in a file that must be refused, by that file's name."""
    return case(
        f"render {name} -o x.wav", INVALID, rf"{re.escape(name)}.*{message}", {name: content},
    )


def wav_chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def wav(*chunks, size=None):
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def fmt(tag=1, channels=1, rate=48000, bits=24):
    frame = channels * bits // 8
    return wav_chunk(
        b"fmt ",
        struct.pack("<HHIIHH", tag, channels, rate, rate * frame % 2**32, frame % 2**16, bits),
    )


DATA = wav_chunk(b"data", b"\1\2\3" * 100)
PLAIN_WAV = wav(fmt(), DATA)


def wav_case(content, message):
    return case("render x.wav -o y.wav", INVALID, rf"x\.wav: .*{message}", {"x.wav": content})


def verify_case(content, message):
    return case("render --verify x.wav", INVALID, rf"x\.wav: .*{message}", {"x.wav": content})


def patched_wav(patch):
    return wav(fmt(), wav_chunk(b"drmg", patch), DATA)


FLAGS = [
    case("rendr", INVALID, 'unknown command "rendr", did you mean "render"'),
    case("frobnicate", INVALID, 'unknown command "frobnicate"; see drumgen --help'),
    case("kick", INVALID, 'unknown command "kick", did you mean "drumgen render kick"'),
    case("--verson", INVALID, 'unknown flag "--verson", did you mean "--version"'),
    case("--version --jsn", INVALID, 'takes only --json, not "--jsn"'),
    case("render", INVALID, "no patch given: name an instrument, preset or file"),
    case("render -o x.wav", INVALID, "no patch given: name an instrument, preset or file"),
    case("render kick", INVALID, "no output given; add -o FILE"),
    case("render kick --tunee 50 -o x.wav", INVALID, '"--tunee", did you mean "--tune"'),
    case("render kick --outptu x.wav", INVALID, '"--outptu", did you mean "--output"'),
    case("render kick --ratee=48000 -o x.wav", INVALID, '"--ratee", did you mean "--rate"'),
    case("render kick -x -o x.wav", INVALID, 'unknown flag "-x"; see drumgen render --help'),
    case("render kick -o x.wav --tune", INVALID, "--tune needs a value"),
    case("render kick -o x.wav --tune=", INVALID, "--tune= has no value"),
    case(
        "render kick -o x.wav --tune abc",
        INVALID,
        r'kick: tune = "abc" is not a number.*25\.\.120 Hz',
    ),
    case("render kick -o x.wav --tune nan", INVALID, "kick: tune = .*nan.*not a number"),
    case("render kick -o x.wav --tune inf", INVALID, r"kick: tune = .*inf.*25\.\.120 Hz"),
    case("render kick -o x.wav --tune -inf", INVALID, r"kick: tune = .*-inf.*25\.\.120 Hz"),
    case("render kick -o x.wav --tune 1e400", INVALID, r"kick: tune = .*1e400.*25\.\.120 Hz"),
    case("render kick -o x.wav --tune 0x30", INVALID, 'tune = "0x30" is not a number'),
    case("render kick -o x.wav --tune 50ms", INVALID, 'tune = "50ms" is not a number'),
    case("render kick --tune -o x.wav", INVALID, '--tune needs Hz behind it, and "-o" is a flag'),
    case("render kick -o --tune 50", INVALID, '-o needs FILE behind it, and "--tune" is a flag'),
    case("render kick --out x.wav", INVALID, 'unknown flag "--out", did you mean "--output"'),
    case("mutate kick --toward kick/909 -n 4", INVALID, "-n has no effect beside --toward"),
    case("mutate kick --toward kick/909 --amount 0.1", INVALID, "--amount has no effect beside --toward"),
    case("mutate kick --steps 4", INVALID, "--steps has no effect without --toward"),
    case("mutate kick --ratings x", INVALID, "--ratings has no effect without --learned"),
    case("render kick -o x.wav --manifest -", INVALID, "--manifest: - is not taken; name a file"),
    case("render kick -o x.wav --depfile -", INVALID, "--depfile: - is not taken; name a file"),
    case("export-kit 808 -o x.zip --depfile -", INVALID, "--depfile: - is not taken; name a file"),
    case("feedback like kick --ratings -", INVALID, "--ratings: - is not taken; name a file"),
    case("propose kick --from learned --ratings -", INVALID, "--ratings: - is not taken; name a file"),
    case("feedback --list --json", INVALID, "--json has no effect without --stats"),
    case("render kick -n -o x.wav", INVALID, 'unknown flag "-n"'),
    case("render kick tune=5000 -o x.wav", INVALID, "tune = 5000 is outside 25..120 Hz"),
    case("render kick/909.json -o x.wav", INVALID, 'did you mean "kick/909"'),
    case("render KICK/909 -o x.wav", INVALID, 'did you mean "kick/909"'),
    case("render kick -o x.wav --tune 50,5", INVALID, 'tune = "50,5" is not a number'),
    case(
        "render kick -o x.wav --tune 24.99", INVALID, r"kick: tune = 24\.99 is outside 25\.\.120 Hz",
    ),
    case(
        "render kick -o x.wav --seed -1",
        INVALID,
        r'seed = "-1" is not a whole number within 0\.\.',
    ),
    case(
        "render kick -o x.wav --seed -0",
        INVALID,
        r'seed = "-0" is not a whole number within 0\.\.',
    ),
    case("render kick -o x.wav --seed 1.0", INVALID, r'seed = "1\.0" is not a whole number'),
    case("render kick -o x.wav --seed 1e3", INVALID, 'seed = "1e3" is not a whole number'),
    case("render kick -o x.wav --seed 18446744073709551616", INVALID, r"0\.\.18446744073709551615"),
    case("render kick -o x.wav --rate 12345", INVALID, "rate = 12345 is not one of 8000, 11025"),
    case("render kick -o x.wav --bits 12", INVALID, '--bits "12" is not 16, 24 or 32f'),
    case("render kick -o x.wav --bits 32", INVALID, '--bits "32" is not 16, 24 or 32f'),
    case("render kick -o x.wav --duration 1e9", INVALID, "duration = .* is outside .*8 s"),
    case("render kick -o x.wav --duration 0", INVALID, "duration = 0 is outside"),
    case("render kick -o x.wav --quality best", INVALID, 'quality = "best" is not draft or high'),
    case("render kick -o x.wav --quality hgh", INVALID, 'did you mean "high"'),
    case("render kick -o x.wav --velocity 1.01", INVALID, r"velocity = 1\.01 is outside 0\.\.1"),
    case("render kick -o x.wav --set tune", INVALID, '--set "tune" is not KEY=VALUE'),
    case("render kick -o x.wav --set =5", INVALID, '--set "=5" is not KEY=VALUE'),
    case("render kick -o x.wav --set tunee=5", INVALID, 'parameter "tunee", did you mean "tune"'),
    case("render kick -o x.wav --set render.rat=5", INVALID, '"rat", did you mean "rate"'),
    case("render kick -o x.wav --set render.bogus=5", INVALID, '"bogus"; known are rate'),
    case("render kick --verify --tune 5", INVALID, "--tune has no effect beside --verify"),
    case("render kick --verify tune=5", INVALID, "tune=5 has no effect beside --verify"),
    case("render --list-presets kick tune=5", INVALID, "tune=5 has no effect beside --list-presets"),
    case("render --verify", INVALID, "--verify needs the names of sound files or kits"),
    case("render kick --json -o -", INVALID, "both write to standard output; leave out one"),
    case("render kick --depfile d -o -", INVALID, "--depfile needs a named output"),
    case(
        "schema snare-drum",
        INVALID,
        'schema: "snare-drum" is unknown; known are patch, kit, drumgen, kick',
    ),
    case("schema snar", INVALID, 'did you mean "snare"'),
    case("schema kick --format xml", INVALID, "known are json, text, md and man"),
    case("schema kick extra", INVALID, 'cannot use "extra"; see drumgen schema --help'),
]

PRESETS = [
    case("render kick/808-lng -o x.wav", INVALID, 'did you mean "kick/808-long"'),
    case(
        "render kik -o x.wav",
        INVALID,
        '"kik" is no instrument, preset or file, did you mean "kick"',
    ),
    case("render nothing-like-it -o x.wav", INVALID, "see drumgen list presets"),
    case("render ../../etc/passwd.json -o x.wav", WORK_FAILED, "cannot read .*No such file"),
    case("render kick/../../x -o x.wav", INVALID, "is no instrument, preset or file"),
    case(["render", "bad\x1b[31mname", "-o", "x.wav"], INVALID, r'"bad\\x1b\[31mname" is no'),
]

JSON_PATCHES = [
    inline('{"instrument": "kick", "params": {"punch_decy": 0.5}}', 'did you mean "punch_decay"'),
    inline('{"instrument": "kick", "params": {"tune": NaN}}', "not JSON at column 43"),
    inline(
        '{"instrument": "kick", "params": {"tune": 1e400}}', 'number "1e400" is beyond the largest',
    ),
    inline('{"instrument": "kick", "params": {"tune": "50"}}', "tune = .*not a number"),
    inline('{"instrument": "kick", "params": {"tune": true}}', "tune = true is not a number"),
    inline('{"instrument": "kick", "params": {"tune": [50]}}', "tune = a list is not a number"),
    inline(
        '{"instrument": "kick", "params": {"tune": 50, "tune": 51}}',
        'key "tune" stands twice; leave one',
    ),
    inline('{"instrument": "kick", "params": 5}', "params = 5 is not an object"),
    inline('{"instrument": "kick", "seed": -1}', r"seed = -1 is not a whole number within 0\.\."),
    inline('{"instrument": "kick", "seed": 1.5}', r"seed = 1\.5 is not a whole number"),
    inline(
        '{"instrument": "kick", "seed": 18446744073709551616}',
        r"seed = 18446744073709551616 is not .* within 0\.\.",
    ),
    inline('{"instrument": "kick", "render": {"rate": 1}}', "rate = 1 is not one of 8000"),
    inline('{"instrument": "kik"}', 'did you mean "kick"'),
    inline('{"tune": 50}', 'names no instrument; add "instrument"'),
    inline('{"instrument": "kick"', "not JSON at column 22: unexpected end"),
    inline('{"instrument": "kick"} x', "not JSON at column 24"),
    inline('{"instrument": "kick", "name": "a\\u0000b"}', "name = .* holds a control character"),
    case(
        ["render", "kick", '{"instrument": "kick", "params": {"tune": 5}}', "-o", "x.wav"],
        INVALID,
        "tune = 5",
    ),
    inline(
        '{"instrument": "kick", "params": {"tune": 5, "blend": 7}}',
        r"blend = 7 is outside 0\.\.1\n.*tune = 5 is outside 25\.\.120 Hz",
    ),
]

FILES = [
    case("render no.json -o x.wav", WORK_FAILED, r"cannot read no\.json: No such file.*name right"),
    case("render no.json none.json -o {index}.wav", WORK_FAILED, r"no\.json(.|\n)*none\.json"),
    case("render . -o x.wav", INVALID, r"\.: holds no kit_info.json and no .wav files"),
    case("render x.json/y.json -o x.wav", WORK_FAILED, "Not a directory", {"x.json": KICK}),
    from_file('{"instrument": "kick", "params": {' + ", ".join(f'"x{i}": 1' for i in range(60000)) + "}}",
              r'(.*unknown parameter "x\d+".*\n){20}drumgen: and 59980 more problems\n$'),
    from_file("", "empty"),
    from_file("  \n\t\n", "empty"),
    from_file("[1, 2]", "object"),
    from_file("[" * 1000000, "JSON nests deeper than 32 levels"),
    from_file('{"a":' * 200000, "JSON nests deeper than 32 levels"),
    from_file(
        '{"instrument": "kick", "name": "' + "n" * (2 << 20) + '"}', "at most 1048576 are allowed",
    ),
    from_file(b"\xff\xfe{}", "holds no patch: it is neither JSON"),
    case("render /dev/zero -o x.wav", INVALID, "/dev/zero is larger than the limit of 64 MiB"),
    case("render kick - -o x.wav", INVALID, "standard input.*empty"),
    case("render - - -o {index}.wav", INVALID, "- is given twice; standard input can be read once",
         stdin=KICK.encode()),
    case("render - -o x.wav", INVALID, "standard input.*truncated", stdin=PLAIN_WAV[:50]),
    case("render - -o x.wav", INVALID, "standard input.*empty", closed=[0]),
    case("render x.json no.json -o {index}.wav", INVALID, r"tune = 5(.|\n)*cannot read no\.json",
         {"x.json": '{"instrument": "kick", "params": {"tune": 5}}'}),
]

WAVS = [
    wav_case(b"", "not a sound file that libsndfile can read"),
    wav_case(b"RIFF", "not a sound file that libsndfile can read"),
    wav_case(PLAIN_WAV, "holds no patch: drumgen did not write it, or a program that wrote it again, as sox and flac do, left"),
    wav_case(
        PLAIN_WAV[:-1], "the WAV file is truncated: its header says 344 bytes, and there are 343",
    ),
    wav_case(PLAIN_WAV[:40], "the WAV file is truncated"),
    wav_case(wav(fmt(), DATA, size=0xFFFFFFFF), "the WAV file is truncated"),
    wav_case(wav(fmt(), b"drmg\xff\xff\xff\xff", DATA), 'chunk "drmg" says 4294967295 bytes'),
    wav_case(wav(fmt(), b"data\xf0\xff\xff\x7f"), 'chunk "data" says 2147483632 bytes'),
    wav_case(wav(fmt(), b"\x1b[m\n\xff\xff\xff\xff"), r'chunk "\?\[m\?" says'),
    verify_case(wav(fmt(channels=0), DATA), "has 0 channels; a sound of ours has one or two"),
    verify_case(wav(fmt(channels=65535), DATA), "has 65535 channels; a sound of ours has one or two"),
    verify_case(wav(fmt(bits=8), DATA), "format 1 with 8 bits"),
    verify_case(wav(fmt(tag=85), DATA), "format 85 with 24 bits"),
    verify_case(wav(fmt(rate=0), DATA), "has a sample rate of 0 Hz"),
    wav_case(wav(fmt()), 'no samples \\(no "data" chunk'),
    wav_case(wav(DATA, fmt()), "its chunks are out of order"),
    wav_case(wav(fmt(), DATA, DATA), "its chunks are out of order"),
    wav_case(wav(fmt(), *[wav_chunk(b"junk", b"")] * 10000, DATA), "its chunks are out of order"),
    wav_case(wav(fmt(), wav_chunk(b"smpl", b"\xff" * 36), DATA), "holds no patch"),
    wav_case(
        wav(fmt(), wav_chunk(b"LIST", b"INFOINAM\xff\xff\xff\xff"), DATA), "holds no patch"
    ),
    wav_case(patched_wav(b"{"), "not JSON at column 2: unexpected end"),
    wav_case(patched_wav(b"[" * 30000), "JSON nests deeper than 32 levels"),
    wav_case(patched_wav(b" " * 70000), "holds no patch"),
    wav_case(
        patched_wav(b'{"instrument": "kick", "params": {"tune": 1000}}'),
        r"kick: tune = 1000 is outside",
    ),
    case("render --verify x.wav", INVALID, r"x\.wav: holds no patch", {"x.wav": PLAIN_WAV}),
    case("render --verify no.wav", WORK_FAILED, r"cannot read no\.wav: No such file"),
]


def outputs_setup(folder):
    (folder / "dir").mkdir()
    (folder / "file").write_text("kept")
    (folder / "old.wav").write_text("kept")
    (folder / "loop").symlink_to("loop")
    (folder / "to_nowhere").symlink_to("none/x.wav")
    (folder / "to_old").symlink_to("old.wav")
    (folder / "two.jsonl").write_text('{"name": "a/b"}\n{"name": "a-b"}\n')


def output(words, status, message, **more):
    return case(words, status, message, setup=outputs_setup, **more)


LIMIT = [(resource.RLIMIT_FSIZE, 1000)]

OUTPUTS = [
    output(
        "render kick -o none/x.wav",
        WORK_FAILED,
        r"cannot write none/x\.wav: .*make the folder first",
    ),
    output(
        "render kick -o file/x.wav",
        WORK_FAILED,
        r"cannot write file/x\.wav: Not a directory.*is a file",
    ),
    output("render kick -o old.wav/", WORK_FAILED, "cannot write old.wav/: Not a directory"),
    output(
        "render kick -o dir", WORK_FAILED, "cannot write dir: Is a directory.*name a file in it",
    ),
    output("render kick -o dir/", WORK_FAILED, "cannot write dir/: Is a directory"),
    output("render kick -o /", WORK_FAILED, "cannot write /: Is a directory"),
    output("render kick -o /proc/x.wav", WORK_FAILED, r"cannot write /proc/x\.wav"),
    output("render kick -o /proc/version", WORK_FAILED, "cannot write /proc/version"),
    output(
        "render kick -o /dev/full",
        WORK_FAILED,
        "cannot write /dev/full: No space left.*free some space",
    ),
    output("render kick -o loop", WORK_FAILED, "cannot write loop: Too many levels"),
    output(
        "render kick -o to_nowhere",
        WORK_FAILED,
        "cannot write to_nowhere|cannot write .*none/x.wav",
    ),
    output(["render", "kick", "-o", "n" * 300 + ".wav"], WORK_FAILED, "File name too long"),
    output(["render", "kick", "-o", ""], INVALID, "no output given; add -o FILE"),
    output(
        "render kick -o x.wav",
        WORK_FAILED,
        r"cannot write x\.wav: File too large.*ulimit -f",
        limits=LIMIT,
    ),
    output(
        "render kick -o old.wav",
        WORK_FAILED,
        r"cannot write old\.wav: File too large",
        limits=LIMIT,
    ),
    output("render kick --no-clobber -o old.wav", WORK_FAILED, r"old\.wav: exists; leave out --no-clobber"),
    output("render kick --no-clobber -o to_old", WORK_FAILED, "to_old: exists; leave out --no-clobber"),
    output("render kick --no-clobber -o to_nowhere", WORK_FAILED, "to_nowhere: exists; leave out --no-clobber"),
    output("render kick --no-clobber -o dir", WORK_FAILED, "dir: Is a directory"),
    output(
        "render kick two.jsonl -o x.wav",
        INVALID,
        r'-o "x\.wav" is the name of one file, and many patches are given; add \{index\}',
    ),
    output(
        'render kick {"name":"a/b"} {"name":"b"} -o {name}.wav',
        INVALID,
        r'patch 2 would be "b\.wav", as one before it; add \{index\}',
    ),
    output(
        "render kick {} {} -o ./{instrument}//{seed}.wav", INVALID, r"patch 2 would be .*, as one before",
    ),
    output(
        "render kick two.jsonl -o -",
        INVALID,
        "can hold one sound, and many patches are given; write files",
    ),
    output("render kick -o {indx}.wav", INVALID, r"unknown field \{indx\}, did you mean \{index\}"),
    output(
        "render kick -o {pitch}.wav", INVALID, r"unknown field \{pitch\}; known are \{instrument\}",
    ),
    output("render kick -o {index.wav", INVALID, r"a \{ without its \}; write \{\{"),
    output("render kick -o index}.wav", INVALID, r"a \} without its \{; write \}\}"),
    output("render kick -o {index:9999999999}.wav", INVALID, "is no width; write {index:04}"),
    output("render kick -o {index:0999}.wav", INVALID, "is no width; write {index:04}"),
    output("render kick -o {name:04}.wav", INVALID, "is no width; write {index:04}"),
    output("render kick --depfile none/d -o /dev/null", WORK_FAILED, "cannot write none/d"),
    output("render kick -o -", WORK_FAILED, "cannot write standard output", closed=[1]),
    output("render kick --list-presets", WORK_FAILED, "cannot write standard output", closed=[1]),
    output("--version", WORK_FAILED, "cannot write standard output", closed=[1]),
]

CASES = FLAGS + PRESETS + JSON_PATCHES + FILES + WAVS + OUTPUTS


def contents(folder):
    """Every name below the folder, with what it holds."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path)] = os.readlink(path)
        else:
            found[str(path)] = path.read_bytes() if path.is_file() else None
    return found


def prepare(limits, closed):
    for which, limit in limits or []:
        resource.setrlimit(which, (limit, limit))
    for descriptor in closed or []:
        os.close(descriptor)


def problem_of(binary, one, folder):
    """What is wrong with how the binary takes the case; None when nothing is."""
    for name, content in one["files"].items():
        content = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(content)
    if one["setup"]:
        one["setup"](folder)
    before = contents(folder)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    done = subprocess.run(
        [binary, *one["words"]],
        input=one["stdin"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment,
        timeout=900,
        preexec_fn=lambda: prepare(one["limits"], one["closed"]),
    )
    message = done.stderr.decode(errors="replace")
    if done.returncode != one["status"]:
        return f"ends with {done.returncode}, not {one['status']}: {message[:500]}"
    if not re.search(one["message"], message):
        return f"says {message[:500]!r}, not {one['message']!r}"
    if any(not line.startswith("drumgen: ") for line in message.splitlines()):
        return f"says more than messages: {message[:500]!r}"
    if "\x1b" in message:
        return f"lets a control character through: {message[:500]!r}"
    if done.stdout:
        return f"writes to standard output: {done.stdout[:200]!r}"
    if contents(folder) != before:
        return f"changes files: {sorted(set(contents(folder)) ^ set(before))}"
    return None


def main():
    binary = os.path.abspath(sys.argv[1])
    failed = 0
    for one in CASES:
        with tempfile.TemporaryDirectory(prefix="drumgen-bad-") as folder:
            problem = problem_of(binary, one, pathlib.Path(folder))
        if problem:
            failed += 1
            print(f"drumgen {' '.join(one['words'])[:100]}: {problem}")
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed or not CASES else 0


sys.exit(main())
