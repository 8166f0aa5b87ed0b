"""The engine of the page is the program: samples, files, proposals, errors."""

import base64
import json
import pathlib

from opened_page import COUNT, PAGE, params_of
from harness import check, run_bytes


def run(*words, text="", **more):
    return run_bytes(*words, stdin=text.encode(), **more)[0].decode()


def one_file(page):
    check(PAGE.stat().st_size <= 1 << 20, f"{PAGE.stat().st_size} bytes")
    page.driver.get_log("performance")
    page.open()
    for entry in page.driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            address = message["params"]["request"]["url"]
            check(address.startswith(("file:", "blob:", "data:", "about:")), f"asks for {address}")


def the_same_samples(page):
    page.open()
    kinds = json.loads(run("schema"))["properties"]["instrument"]["enum"]
    for kind in kinds:
        lines = run("propose", kind, "-n", str(COUNT), "--seed", "9").splitlines()
        told = run("render", "-", "--json", "-q", "-o", "{index}.wav", text="\n".join(lines)).splitlines()
        for index, (line, report) in enumerate(zip(lines, told)):
            made = page.ask("""async (kind, index) => {
                const patch = await drumgen.propose(kind, {seed: 9, index});
                const {sha256, samples, rate_hz, features} = await drumgen.render(patch);
                const wav = index < 5 ? btoa(String.fromCharCode.apply(null, (await drumgen.wav(patch)).slice(0, 100000))) : "";
                return {patch, sha256, frames: samples.length, rate_hz, peak: features.peak, wav};
            }""", kind, index)
            check(made.get("patch") == line, f"{kind} {index}: {made} is not {line}")
            report = json.loads(report)
            check(made["sha256"] == report["sha256"] and made["frames"] == report["frames"], f"{kind} {index}: other samples")
            if made["wav"]:
                check(base64.b64decode(made["wav"]) == pathlib.Path(f"{index}.wav").read_bytes()[:100000], f"{kind} {index}: another WAV")


def the_same_proposals(page):
    page.open()
    even = page.ask("async () => drumgen.propose('hat', {seed: '18446744073709551615', index: 7, from: 'uniform'})")
    check(even == run("propose", "hat", "--from", "uniform", "--seed", "18446744073709551615", "--range", "7:8").strip(), even)
    varied = page.ask("async (patch) => drumgen.mutate(patch, {amount: 0.3, seed: 4, index: 2})", even)
    wanted = run("mutate", "-", "--amount", "0.3", "--seed", "4", "-n", "3", text=even).splitlines()[2]
    check(varied == wanted, f"{varied} is not {wanted}")
    back = page.ask("async (patch) => drumgen.file(await drumgen.wav(patch))", even)
    check(params_of(back) == params_of(even), "a WAV gives its patch back")
    for data in ("", "RIFF", "no file", "{"):
        told = page.ask("async (text) => drumgen.file(new TextEncoder().encode(text))", data)
        check("error" in told and "patch" in told["error"], told)
    check(page.ask("async () => drumgen.render('{\"instrument\": \"kick\", \"params\": {\"tune\": 500}}')")["error"].endswith(
        "patch: kick: tune = 500 is outside 25..120 Hz"), "errors are those of the command line")


TESTS = (one_file, the_same_samples, the_same_proposals)
