#!/usr/bin/python3
"""What `drumgen propose` and `drumgen render` make of many patches: same bits for any number of threads
and parts, in order, and whole whatever happens in between.

usage: batch_test.py BINARY
"""

import hashlib
import io
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tarfile
import time

from harness import BINARY, LIMIT_S, SANITIZED, check, run_bytes, run_tests

KINDS = ("kick", "snare", "hat")
# Short and plain: what is tested is the way of many sounds, not each sound.
QUICK = ("--duration", "0.05", "--quality", "draft")


def run(*words, **more):
    return run_bytes(*words, **more)[0]


def propose(count, *words, kinds=KINDS):
    return run("propose", *kinds, "--seed", "5", "-n", str(count), *words)


def render(patches, *words, status=0, **more):
    return run_bytes("render", "-", *QUICK, *words, stdin=patches, status=status, **more)


def lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]


def contents(folder="."):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(pathlib.Path(folder).rglob("*"))
        if path.is_file()
    }


def in_folder(name):
    """The option that renders into a folder of its own."""
    pathlib.Path(name).mkdir()
    return {"cwd": name}


def proposals_are_a_function_of_seed_and_index():
    whole = propose(100).splitlines()
    check([json.loads(line)["index"] for line in whole] == list(range(100)), "indexes count")
    check([json.loads(line)["instrument"] for line in whole[:4]] == [*KINDS, "kick"], "in turn")
    part = run("propose", *KINDS, "--seed", "5", "--range", "40:60").splitlines()
    check(part == whole[40:60], "a range is a part of the whole")
    for parts in (1, 3, 7, 100):
        joined = b"".join(
            run("propose", *KINDS, "--seed", "5", "--range", "3:90", "--shard", f"{k}/{parts}")
            for k in range(parts)
        )
        check(joined.splitlines() == whole[3:90], f"{parts} shards are the whole")
    check(run("propose", "kick", "--seed", "6") != run("propose", "kick", "--seed", "5"), "seeds")
    far = json.loads(run("propose", "hat", "--range", f"{2**53 - 1}:{2**53}"))
    check(far["index"] == 2**53 - 1, "the last index")


def proposals_refuse():
    for words, message in (
        ((), "no instrument given; name one or more of kick"),
        (("kik",), 'unknown instrument "kik", did you mean "kick"?'),
        (("kick", "-n", "0"), "whole number from 1 to"),
        (("kick", "-n", "1e3"), "whole number from 1 to"),
        (("kick", "--seed", "-1"), "whole number from 0 to 18446744073709551615"),
        (("kick", "--range", "5"), "is not FIRST:LAST"),
        (("kick", "--range", "5:4"), "ends before it begins"),
        (("kick", "--range", "0:9007199254740993"), "whole number from 0 to 9007199254740992"),
        (("kick", "--shard", "4/4"), "whole number from 0 to 3"),
        (("kick", "--shard", "1/0"), "whole number from 1 to"),
        (("kick", "--shard", "1"), "is not K/N"),
        (("kick", "-n", "3", "--range", "0:3"), "leave out one"),
        (("kick", "--from", "dreams"), "is not typical, uniform or learned"),
    ):
        printed, error = run_bytes("propose", *words, status=2)
        check(message in error and not printed, f"{words}: {error}")


def threads_change_nothing():
    patches = propose(60)
    made = {}
    for jobs in ("1", "2", "3", "8"):
        os.mkdir(f"files{jobs}")
        render(patches, "-j", jobs, "-o", f"files{jobs}/{{instrument}}-{{index:03}}.wav")
        printed, _ = render(patches, "-j", jobs, "--json", "-o", "x{index}.wav",
                            **in_folder(f"json{jobs}"))
        render(patches, "-j", jobs, "-o", "set-{shard}.tar", "--shard-size", "25", "--manifest",
               "set.jsonl", **in_folder(f"tar{jobs}"))
        raw, _ = render(patches, "-j", jobs, "--to", "raw", "--bits", "16", "-o", "-")
        made[jobs] = (contents(f"files{jobs}"), printed, contents(f"tar{jobs}"), raw)
    check(len(made["1"][0]) == 60 and len(made["1"][2]) == 4, "all are there")
    for jobs, outputs in made.items():
        for name, mine, first in zip(("files", "reports", "shards", "frames"), outputs, made["1"]):
            check(mine == first, f"-j {jobs}: {name}")


def one_sound_is_the_same_alone_and_among_many():
    patches = propose(12).splitlines()
    render(b"\n".join(patches), "-o", "{index}.wav", "-j", "2")
    for index, patch in enumerate(patches):
        alone, _ = render(patch, "-o", "-")
        check(alone == pathlib.Path(f"{index}.wav").read_bytes(), f"sound {index}")


def parts_together_are_the_whole():
    whole = render(propose(40), "--to", "raw", "--bits", "32f", "-o", "-")[0]
    os.makedirs("whole/set")
    os.makedirs("parts/set")
    render(propose(40), "-o", "{index:04}.wav", "--manifest", "../list.jsonl", cwd="whole/set")
    frames = manifests = b""
    for k in range(3):
        part = run("propose", *KINDS, "--seed", "5", "--range", "0:40", "--shard", f"{k}/3")
        frames += render(part, "--to", "raw", "--bits", "32f", "-o", "-", "-j", "1")[0]
        render(part, "-o", "{index:04}.wav", "--manifest", f"../part{k}.jsonl", cwd="parts/set")
        manifests += pathlib.Path(f"parts/part{k}.jsonl").read_bytes()
    check(frames == whole, "frames")
    check(contents("parts/set") == contents("whole/set"), "files")
    check(manifests == pathlib.Path("whole/list.jsonl").read_bytes(), "manifests")


def tar_is_what_readers_expect():
    printed, _ = render(propose(5), "--to", "tar", "-o", "-")
    with tarfile.open(fileobj=io.BytesIO(printed)) as archive:
        check(archive.getnames() == [f"{k:06}.{end}" for k in range(5) for end in ("wav", "json")],
              archive.getnames())
        for member in archive.getmembers():
            check(member.isfile() and member.mode == 0o644 and member.mtime == 0, member.name)
        for k in range(5):
            wav = archive.extractfile(f"{k:06}.wav").read()
            patch = archive.extractfile(f"{k:06}.json").read()
            check(json.loads(patch)["seed"] >= 0 and patch in wav, "the patch is the WAV's own")
            pathlib.Path(f"{k}.wav").write_bytes(wav)
    run("render", "--verify", *(f"{k}.wav" for k in range(5)))


def manifest_is_metadata_of_an_audio_folder():
    """By the rule of Hugging Face's datasets: metadata.jsonl names each file from its own folder."""
    os.makedirs("set/deep")
    render(propose(4), "-o", "set/deep/{index}.wav", "--manifest", "set/metadata.jsonl")
    for entry in lines("set/metadata.jsonl"):
        check(pathlib.Path("set", entry["file_name"]).samefile(entry["path"]), entry)
        check(not entry["file_name"].startswith(("/", "..")), entry)
    render(propose(2), "-o", "{index}.wav", "--manifest", "set/other.jsonl")
    check(all("file_name" not in entry for entry in lines("set/other.jsonl")), "files elsewhere have none")


def manifest_finds_every_sound():
    patches = propose(9)
    for name, words in (("set.tar", ()), ("set.s16", ("--to", "raw", "--bits", "16")),
                        ("set.f32", ("--to", "raw", "--bits", "32f"))):
        render(patches, "-o", name, "--manifest", name + ".jsonl", *words)
        data = pathlib.Path(name).read_bytes()
        for index, entry in enumerate(lines(name + ".jsonl")):
            sound = data[entry["offset"]:entry["offset"] + entry["bytes"]]
            check(entry["index"] == index and entry["path"] == name, f"{name}: {entry}")
            if entry["container"] == "tar":
                check(sound[:4] == b"RIFF" and entry["member"] == f"{index:06}.wav", "a WAV")
                begin = sound.index(b"data") + 8
                sound = sound[begin:begin + entry["frames"] * 3]
            else:
                check(len(sound) == entry["frames"] * int(entry["bits"].rstrip("f")) // 8, "frames")
            check(hashlib.sha256(sound).hexdigest() == entry["sha256"], f"{name} {index}: hash")
            again = json.dumps(entry["patch"]).encode()
            check(run_bytes("render", "-", "--json", "--bits", entry["bits"], "-o", "y.wav",
                            stdin=again)[0].find(entry["sha256"].encode()) > 0, "can be made again")
    check(not list(pathlib.Path(".").glob("*.part")), "complete lists have their names")


def report_has_features_on_request():
    printed, _ = render(propose(3), "--json", "--describe", "-o", "{index}.wav", status=None)
    for line in printed.splitlines():
        report = json.loads(line)
        features = report["description"]["features"]
        check(len(report["sha256"]) == 64 and features["peak"] > 0, "hash and features")


def stream_is_rendered_as_it_comes():
    process = subprocess.Popen(
        [BINARY, "render", "-", *QUICK, "--json", "-o", "{index}.wav", "-j", "2"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )
    patches = propose(3).splitlines(keepends=True)
    process.stdin.write(patches[0] + patches[1])
    process.stdin.flush()
    for index in range(2):
        check(json.loads(process.stdout.readline())["path"] == f"{index}.wav", "does not wait")
    process.stdin.write(patches[2])
    process.stdin.close()
    check(json.loads(process.stdout.readline())["path"] == "2.wav" and process.wait() == 0, "ends")


def streams_and_patches_stand_in_order():
    pathlib.Path("two.jsonl").write_text('{"tune": 41}\n\n{"tune": 42}\n')
    printed, _ = run_bytes("render", "kick", '{"tune": 40}', "two.jsonl", '{"tune": 43}', *QUICK,
                           "--json", "-o", "{index}.wav")
    reports = [json.loads(line) for line in printed.splitlines()]
    check([r["patch"]["params"]["tune"] for r in reports] == [40, 41, 42, 43], "in order")
    check([r["path"] for r in reports] == [f"{k}.wav" for k in (1, 2, 3, 4)], "counted through")


def broken_line_stops_after_what_is_before_it():
    count, bad = (2000, 1000) if SANITIZED else (10000, 5000)
    patches = propose(count).splitlines()
    patches[bad - 1] = b'{"instrument": "kick", "params": {"tune": 500}}'
    patches[bad + 99] = b"{"
    _, error = render(b"\n".join(patches), "-o", "{index:05}.wav", "-j", "2", status=2, timeout=LIMIT_S)
    check(f"standard input:{bad}: kick: tune = 500 is outside 25..120 Hz" in error, error)
    check(f":{bad + 100}:" not in error, "nothing is told of what nobody read")
    found = sorted(path.name for path in pathlib.Path(".").iterdir())
    check(found == [f"{k:05}.wav" for k in range(bad - 1)], "all before it, nothing behind it")
    run("render", "--verify", found[0], found[-1])


def keep_going_tells_all():
    patches = propose(50).splitlines()
    patches[4] = patches[30] = b'{"instrument": "kick", "params": {"tune": 500}}'
    patches[9] = b"{"
    _, error = render(b"\n".join(patches), "-o", "{index:02}.wav", "--keep-going", status=2)
    for number in (5, 10, 31):
        check(f"standard input:{number}: " in error, f"line {number}: {error}")
    check("3 of 50 patches are bad" in error, error)
    check(len(list(pathlib.Path(".").glob("*.wav"))) == 47, "the others are there")
    printed, error = render(b"\n".join(patches), "--dry-run", status=2)
    check("3 of 50" in error and not printed, "a dry run tells all as well")


def full_disk_leaves_nothing_half_written():
    patches = propose(30)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([BINARY, "render", "-", *QUICK, "--to", "tar", "-o", "-"],
                              input=patches, stdout=full, stderr=subprocess.PIPE, timeout=LIMIT_S)
    check(done.returncode == 1 and b"standard output: No space left" in done.stderr, done.stderr)

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))

    _, error = render(patches, "-o", "set.tar", status=1, preexec_fn=limited)
    check("cannot write set.tar: File too large" in error and not contents(), error)
    _, error = render(patches, "-o", "none/{index}.wav", status=1)
    check("cannot write none/0.wav" in error and "make the folder first" in error, error)
    _, error = render(patches, "-o", "{index}.wav", "--manifest", "none/set.jsonl", status=1)
    check("cannot write none/set.jsonl.part" in error and not contents(), error)


def refuses_what_can_not_be():
    patches = propose(3)
    for words, message in (
        (("-o", "-"), "-o - can hold one sound"),
        (("-o", "x.wav"), "is the name of one file"),
        (("-o", "{index}.tar"), "{index} is for files of one sound"),
        (("-o", "{shard}.wav"), "{shard} is for files of many sounds"),
        (("-o", "x", "--to", "zip"), "is not wav, flac, aiff, caf, w64, rf64, ogg, opus, mp3, tar or raw"),
        (("-o", "x.raw", "--to", "raw"), "--bits 24 has no frames"),
        (("-o", "x.tar", "--resume"), "add --manifest FILE"),
        (("-o", "x.tar", "--shard-size", "0"), "whole number from 1"),
        (("-o", "x.tar", "-j", "0"), "whole number from 1 to 256"),
        (("--manifest", "x.jsonl", "--describe"), "add -o FILE"),
        (("-o", "-", "--to", "tar", "--json"), "both write to standard output"),
        (("-o", "{index}.wav", "--resume", "--keep-going", "--manifest", "m"), "leave out one"),
    ):
        _, error = render(patches, *words, status=2)
        check(message in error, f"{words}: {error}")
        check(not contents(), f"{words} leaves {contents().keys()}")
    _, error = render(b"".join(reversed(patches.splitlines(keepends=True))), "-o", "{index}.wav",
                      status=2)
    check("index 1 comes after 2; indexes must rise" in error, error)
    _, error = render(b'{"instrument": "kick", "index": -1}', "-o", "x.wav", status=2)
    check("index = -1 is not a whole number from 0" in error, error)
    mixed = b'{"instrument": "kick"}\n{"instrument": "kick", "render": {"duration": 0.1}}\n'
    _, error = run_bytes("render", "-", "--to", "raw", "--bits", "16", "-o", "x.raw", stdin=mixed,
                         status=2)
    check("nothing would show where it begins; add --manifest" in error, error)


def memory_does_not_grow_with_the_batch():
    def peak_kib(count):
        patches = propose(count)
        script = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); " \
                 "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        words = [BINARY, "render", "-", *QUICK, "-o", "set.tar", "-j", "2"]
        environment = {**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=1:thread_local_quarantine_size_kb=64"}
        done = subprocess.run([sys.executable, "-c", script, *words], input=patches,
                              capture_output=True, check=True, env=environment)
        return int(done.stdout)

    count = 1500 if SANITIZED else 6000
    few, many = peak_kib(300), peak_kib(count)
    check(many < few + 20 * 1024, f"{few} KiB for 300 sounds, {many} for {count}")


def killed_again_and_again(words, folder, patches, wanted):
    """Kills runs at random moments and resumes them; the moments."""
    rng = random.Random(1)
    kills = finished = 0
    while kills < 25:
        process = subprocess.Popen(
            [BINARY, "render", "-", *QUICK, *words, "--manifest", "set.jsonl", "--resume", "-j", "2"],
            stdin=subprocess.PIPE, cwd=folder, stderr=subprocess.PIPE,
        )
        try:
            process.stdin.write(patches)
            process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            process.wait(rng.uniform(0.002, 0.08))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            kills += 1
        status = process.wait()
        error = process.stderr.read()
        process.stderr.close()
        check(status in (0, -signal.SIGKILL), f"ends with {status}: {error}")
        left = contents(folder)
        for name, data in left.items():
            # A list under its final name is complete, even when the run was killed right behind that.
            if not name.endswith((".tmp", ".part")):
                check(data == wanted[name], f"{name} is not whole")
        if status == 0 or "set.jsonl" in left:
            # The next run begins anew; what was left behind by dead ones has names of its own.
            finished += 1
            for path in pathlib.Path(folder).iterdir():
                path.unlink()
    return finished


def killed_runs_resume_to_the_same():
    patches = propose(200 if SANITIZED else 700)
    for name, words in (("files", ("-o", "{index:04}.wav")),
                        ("tar", ("-o", "set-{shard:03}.tar", "--shard-size", "50"))):
        whole, broken = in_folder(name + "-whole"), in_folder(name)
        render(patches, *words, "--manifest", "set.jsonl", **whole)
        wanted = contents(name + "-whole")
        killed_again_and_again(words, name, patches, wanted)
        # Whoever else works here keeps what is his.
        other = pathlib.Path(name, ".drumgen-000000000000-abcdef000000.tmp")
        other.write_text("")
        render(patches, *words, "--manifest", "set.jsonl", "--resume", **broken)
        other.unlink()
        check(contents(name) == wanted, f"{name}: the same in the end, and nothing beside it: {sorted(contents(name))}")


def shard_whose_list_is_torn_is_made_again():
    patches = propose(40)
    words = ("-o", "set-{shard}.tar", "--shard-size", "10", "--manifest", "set.jsonl")
    render(patches, *words)
    wanted = contents()
    whole = pathlib.Path("set.jsonl").read_bytes().splitlines(keepends=True)
    for count in (9, 10, 11, 15, 19, 20, 39):
        pathlib.Path("set.jsonl").unlink()
        pathlib.Path("set.jsonl.part").write_bytes(b"".join(whole[:count]) + whole[count][:50])
        render(patches, *words, "--resume")
        check(contents() == wanted, f"{count} sounds listed")


def resume_skips_what_is_whole():
    patches = propose(40)
    words = ("-o", "{index:02}.wav", "--manifest", "set.jsonl")
    render(patches, *words)
    wanted = contents()
    dates = {path.name: path.stat().st_mtime_ns for path in pathlib.Path(".").glob("*.wav")}
    pathlib.Path("30.wav").unlink()
    pathlib.Path("set.jsonl").rename("set.jsonl.part")
    with open("set.jsonl.part", "ab") as part:
        part.write(b'{"index": 40, "torn')
    time.sleep(0.01)
    render(patches, *words, "--resume")
    check(contents() == wanted, "the same in the end")
    changed = [name for name, date in dates.items()
               if pathlib.Path(name).stat().st_mtime_ns != date]
    check(changed and min(changed) == "30.wav", "nothing before the first gap is made again")
    _, error = render(propose(40, kinds=("hat",)), *words, "--resume", status=2)
    check("lists another sound than standard input:1 asks for" in error, error)
    _, error = render(b"\n".join(patches.splitlines()[:20]), *words, "--resume", status=2)
    check("lists more sounds than are given" in error, error)


TESTS = [
    proposals_are_a_function_of_seed_and_index,
    proposals_refuse,
    threads_change_nothing,
    one_sound_is_the_same_alone_and_among_many,
    parts_together_are_the_whole,
    tar_is_what_readers_expect,
    manifest_is_metadata_of_an_audio_folder,
    manifest_finds_every_sound,
    report_has_features_on_request,
    stream_is_rendered_as_it_comes,
    streams_and_patches_stand_in_order,
    broken_line_stops_after_what_is_before_it,
    keep_going_tells_all,
    full_disk_leaves_nothing_half_written,
    refuses_what_can_not_be,
    memory_does_not_grow_with_the_batch,
    killed_runs_resume_to_the_same,
    shard_whose_list_is_torn_is_made_again,
    resume_skips_what_is_whole,
]

sys.exit(run_tests(TESTS))
