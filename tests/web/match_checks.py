"""A recording is matched beside the page, which stays responsive."""

import base64
import json
import pathlib

from harness import check, run_bytes

EFFORT = 1500
AWAY_MS = 50


def a_recording_is_matched_as_by_the_program(page):
    page.fresh()
    run_bytes("render", "kick/909", "-o", "found.wav")
    wav = pathlib.Path("found.wav").read_bytes()
    wanted = run_bytes("match", "found.wav", "--instrument", "kick", "--effort", str(EFFORT))[0].decode()
    made = page.ask("""async (text, effort) => {
        let told = 0;
        const {hits, line} = await drumgen.match(window.bytesIn(text), 0, {instrument: "kick", effort, name: "found", told: () => { ++told; }});
        return {hits, line, told};
    }""", base64.b64encode(wav).decode(), EFFORT)
    check(made.get("line") and made["told"] > 10, made)
    of_page, of_program = json.loads(made["line"]), json.loads(wanted)
    for key in ("params", "render", "seed", "distance_db"):
        check(of_page.get(key) == of_program.get(key), f"{key}: {of_page.get(key)} is not {of_program.get(key)}")
    hits = [json.loads(line) for line in run_bytes("match", "found.wav", "--hits")[0].decode().splitlines()]
    check([{key: hit[key] for key in ("hit", "at_s", "peak_db", "instrument")} for hit in hits]
          == [{key: hit[key] for key in ("hit", "at_s", "peak_db", "instrument")} for hit in made["hits"]], made["hits"])


def it_is_shown_heard_and_stopped(page):
    page.fresh()
    run_bytes("render", "snare/808-1", "-o", "found.wav")
    page.room("match")
    page.drop("found.wav", pathlib.Path("found.wav").read_bytes())
    page.wait(lambda: page.count(".hit") == 1, "its hit")
    page.ask("async () => { window.long.splice(0); }")
    page.click("find-match")
    page.wait(lambda: page.count("#matched canvas") == 1, "a first match")
    heard = page.eval("window.started")
    page.press("b")
    page.wait(lambda: page.eval("window.started") == heard + 1, "it is heard while the search goes on")
    check(not page.eval("document.getElementById('stop-match').disabled"), "the search goes on")
    page.click("stop-match")
    page.wait(lambda: page.eval("document.getElementById('stop-match').disabled"), "it stops")
    check(page.count("#matched canvas") == 1, "the best yet stays")
    page.click("find-match")
    page.wait(lambda: page.eval("document.getElementById('stop-match').disabled"), "it ends")
    check("dB apart" in page.eval("document.getElementById('matched').textContent"), "how near it is")
    slow = [ms for ms in page.eval("window.long") if ms > 2 * AWAY_MS]
    check(not slow, f"the page stood still for {slow} ms")


def a_loop_becomes_a_kit_and_a_beat(page):
    page.fresh()
    run_bytes("export-kit", "808", "--beat", "loop.wav", "--pattern", "house")
    wav = pathlib.Path("loop.wav").read_bytes()
    made = page.ask("""async (text, effort) => {
        const {lines, midi} = await drumgen.loop(window.bytesIn(text), 0, {effort, name: "loop"});
        return {lines, song: await drumgen.song(midi)};
    }""", base64.b64encode(wav).decode(), 300)
    check("error" not in made, made)
    lines = run_bytes("match", "loop.wav", "--all-hits", "--effort", "300", "--groove", "groove.mid")[0].decode()
    check(made["lines"] == lines.strip(), f"{made['lines'][:300]} is not {lines[:300]}")
    song = page.ask("async (text) => drumgen.song(window.bytesIn(text))",
                    base64.b64encode(pathlib.Path("groove.mid").read_bytes()).decode())
    check(song == made["song"], "the groove")


def what_is_no_recording_is_told(page):
    page.fresh()
    page.room("match")
    page.drop("noise.wav", b"RIFF\x10\0\0\0WAVEfmt ")
    page.wait(lambda: page.told() != "", "told")
    silent = page.ask("async () => drumgen.match(new Float32Array(48000), 48000)")
    check("is silent" in silent.get("error", ""), silent)
    check("recording" in page.ask("async () => drumgen.match(new Float32Array(48000), 48000, {hit: 7})")["error"], "hit 7")


TESTS = (a_recording_is_matched_as_by_the_program, it_is_shown_heard_and_stopped, a_loop_becomes_a_kit_and_a_beat,
         what_is_no_recording_is_told)
