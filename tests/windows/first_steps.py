"""What a user does first with drumgen.exe, under wine: first_steps.py DRUMGEN.EXE NATIVE-DRUMGEN.

Files must have the bytes that the native program writes. `./dev windows` runs it.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import wave

EXE, NATIVE = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:])
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what)


def wine(*words, text=None):
    """Status, standard output and standard error of a program.

    Those are files: the first program starts Windows, which keeps a pipe of its open for seconds.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, \
            tempfile.TemporaryFile() as err:
        given.write((text or "").encode())
        given.seek(0)
        status = subprocess.run(["wine", *words], stdin=given, stdout=out, stderr=err,
                                timeout=120).returncode
        out.seek(0)
        err.seek(0)
        return status, out.read().decode(), err.read().decode()


def run(*words, status=0, text=None):
    """Standard output and standard error of drumgen.exe."""
    got, out, err = wine(EXE, *words, text=text)
    check(got == status, f"{words}: status {got}, not {status}: {err}")
    return out, err


def native(*words, text=None):
    return subprocess.run([NATIVE, *words], capture_output=True, check=True,
                          input=text and text.encode()).stdout


def cmd(*lines):
    """Runs a batch file, in the code page that wine's cmd reads: it knows no chcp."""
    pathlib.Path("lines.bat").write_bytes("\r\n".join(["@echo off", *lines, ""]).encode("cp437"))
    wine("cmd", "/c", "lines.bat")


def bytes_of(path):
    return pathlib.Path(path).read_bytes()


def renders_the_same_bytes():
    for words in (["kick/909"], ["snare", "--seed", "7"], ["hat/808-closed", "--bits", "16"],
                  ["cymbal", "--velocity", "0.3", "--rate", "44100"]):
        run("render", *words, "-o", "w.wav")
        native("render", *words, "-o", "n.wav")
        check(bytes_of("w.wav") == bytes_of("n.wav"), f"{words}: other bytes than on Linux")
    with wave.open("w.wav") as file:
        check(file.getnframes() > 1000, "a WAV that others read")
    for isa in ("portable", "v2", "v3"):
        os.environ["DRUMGEN_ISA"] = isa
        run("render", "snare/909", "-o", f"{isa}.wav")
    del os.environ["DRUMGEN_ISA"]
    check(bytes_of("portable.wav") == bytes_of("v2.wav") == bytes_of("v3.wav"), "all kernels alike")


def proposes_and_mutates():
    check(run("propose", "kick", "-n", "3")[0].encode() == native("propose", "kick", "-n", "3"),
          "the same proposals, with the same ends of lines")
    mutate = ("mutate", "kick/909", "-n", "2", "--seed", "5")
    check(run(*mutate)[0].encode() == native(*mutate), "the same mutations")
    out, _ = run("render", "-", "--dry-run", "--json", text=native("propose", "tom", "-n", "4").decode())
    check(len(out.splitlines()) == 4, "lines from a pipe")


def learns():
    _, err = run("feedback", "like", "kick/909")
    check("1 liked" in err and "AppData" in err, f"a like goes to the user's data: {err}")
    run("feedback", "dislike", "kick/606", "--ratings", r"Bewertungen\meine.jsonl")
    lines = pathlib.Path("Bewertungen/meine.jsonl").read_text().splitlines()
    check(json.loads(lines[0])["label"] == "dislike", "a rating in a folder that was made for it")
    run("feedback", "--undo", "1", "--ratings", r"Bewertungen\meine.jsonl")
    out, _ = run("feedback", "--stats", "--ratings", r"Bewertungen\meine.jsonl")
    check("kick: 0 liked, 0 disliked" in out, f"taken back: {out}")
    run("propose", "kick", "--from", "learned", "-n", "2")


def describes():
    told = json.loads(run("render", "kick/909", "--describe")[0])
    check(told == json.loads(native("render", "kick/909", "--describe")), "features of a patch")
    native("render", "tom", "-o", "recorded.wav")
    told = json.loads(run("render", "recorded.wav", "--describe")[0])
    check(told == json.loads(native("render", "recorded.wav", "--describe")), "features of a WAV")
    out, _ = run("render", "--verify", "recorded.wav")
    check(out == "recorded.wav: same\n", f"verified: {out}")
    run("match", "recorded.wav", "--effort", "200")


def writes_kits():
    run("export-kit", "808", "-o", "Kit\\")
    native("export-kit", "808", "-o", "kit/")
    names = sorted(path.relative_to("kit") for path in pathlib.Path("kit").rglob("*.*"))
    check(len(names) > 16, "a folder of a kit")
    for name in names:
        other = pathlib.Path("Kit", name)
        check(other.exists() and other.read_bytes() == pathlib.Path("kit", name).read_bytes(),
              f"{name} of a kit")
    for ending in ("sf2", "h2drumkit"):
        run("export-kit", "808", "-o", f"w.{ending}")
        native("export-kit", "808", "-o", f"n.{ending}")
        check(bytes_of(f"w.{ending}") == bytes_of(f"n.{ending}"), f"a kit as {ending}")
    out, _ = run("export-kit", "Kit", "--list")
    check("closed_hat" in out, "a folder goes back in")


def takes_names():
    for name, seen in ((r"Ordner\tief\kick.wav", "Ordner/tief/kick.wav"),
                       ("Trömmel äöü ß.wav", None), ("太鼓 🥁.wav", None),
                       (r"C:\users\Public\kick.wav", False)):
        pathlib.Path("Ordner/tief").mkdir(parents=True, exist_ok=True)
        _, err = run("render", "kick/909", "-o", name, "-v")
        check("wrote " in err, f"{name}: {err}")
        if seen is not False:
            check(pathlib.Path(seen or name).exists(), f"{name} is not there")
        run("render", name, "--tune", "60", "-o", "again.wav")
    long = "/".join(["ein langer Ordner " + "x" * 80] * 4)
    pathlib.Path(long).mkdir(parents=True)
    run("render", "kick/909", "-o", long + "/kick.wav")
    check(pathlib.Path(long, "kick.wav").exists(), "a path of more than 260 characters")
    line = json.dumps({"instrument": "kick", "name": 'a:b?"c\\d'})
    run("render", line, "-o", "{name}.wav")
    check(pathlib.Path("a-b--c-d.wav").exists(), "a name without what Windows keeps for itself")


def pipes():
    exe = "Z:" + EXE.replace("/", "\\")
    cmd(f'"{exe}" propose snare -n 3 | "{exe}" render - -o "cmd-{{index:02}}.wav"',
        f'"{exe}" render kick -o - > piped.wav',
        f'"{exe}" render "Trömmel äöü ß.wav" -o "größer.wav"',
        f'"{exe}" render "cmd-*.wav" --verify > verified.txt',
        f'"{exe}" render nothing -o x.wav',
        "echo %errorlevel% > status.txt")
    check(len(list(pathlib.Path().glob("cmd-0?.wav"))) == 3, "propose | render in cmd")
    check(bytes_of("piped.wav") == native("render", "kick", "-o", "-"), "bytes through >")
    check(pathlib.Path("größer.wav").exists(), "umlauts in cmd")
    check(pathlib.Path("verified.txt").read_text().count("same") == 3, "* is not left to a shell")
    check(pathlib.Path("status.txt").read_text().strip() == "2", "status 2 for bad input")


def tells_what_is_wrong():
    for words, status, needle in (
            (["render", "kick", "--tune", "5000", "-o", "x.wav"], 2, "outside 25..120 Hz"),
            (["render", "kick", "-o", "fehlt\\x.wav"], 1, "make the folder first"),
            (["render", "kick", "-o", "Ordner"], 1, "name a file in it"),
            (["render", "fehlt.wav", "-o", "x.wav"], 1, "is the name right?"),
            (["render", "kick", "-o", "x.flac"], 1, "libsndfile-1.dll"),
            (["export-kit", "808", "-o", "x.zip"], 1, "libzip.dll")):
        _, err = run(*words, status=status)
        check(needle in err, f"{words}: {err}")
    check(not list(pathlib.Path().glob("x.*")), "nothing half-written")
    check(not list(pathlib.Path().glob(".drumgen-*")), "no temporary file")


def writes_many():
    patches = native("propose", "kick", "snare", "hat", "-n", "60").decode()
    run("render", "-", "-o", "viele-{index:03}.wav", "--manifest", "viele.jsonl", text=patches)
    native("render", "-", "-o", "viel-{index:03}.wav", "--manifest", "viel.jsonl", text=patches)
    mine, theirs = ([json.loads(line)["sha256"] for line in pathlib.Path(name).read_text().splitlines()]
                    for name in ("viele.jsonl", "viel.jsonl"))
    check(mine == theirs and len(mine) == 60, "a batch has the same hashes")
    pathlib.Path("viele-030.wav").unlink()
    run("render", "-", "-o", "viele-{index:03}.wav", "--manifest", "viele.jsonl", "--resume",
        text=patches)
    check(pathlib.Path("viele-030.wav").exists(), "a run is taken up")


STEPS = [renders_the_same_bytes, proposes_and_mutates, learns, describes, writes_kits, takes_names,
         pipes, tells_what_is_wrong, writes_many]

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for step in STEPS:
        step()
print(f"{len(STEPS)} steps on Windows, {len(failures)} failures")
sys.exit(1 if failures else 0)
