"""Pads, steps, and kits that are taken away and come back."""

import base64
import hashlib
import io
import json
import pathlib
import zipfile

from harness import check, run_bytes
from selenium.webdriver.common.keys import Keys

JITTER_S = 0.001


def kit_files(page, kit, form, options):
    """The files of a kit of the page, by path, their SHA-256 alone; and its ZIP."""
    return page.ask("""async (kit, form, options) => {
        const {name, files, zip} = await drumgen.kit(kit, form, options);
        const hex = async (bytes) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        const told = {};
        for (const {path, bytes} of files) { told[path] = await hex(bytes); }
        let text = null;
        if (zip) { text = ""; for (let at = 0; at < zip.length; at += 30000) { text += String.fromCharCode(...zip.subarray(at, at + 30000)); } text = btoa(text); }
        return {name, files: told, zip: text};
    }""", kit, form, options)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def kits_are_those_of_the_program(page):
    page.fresh()
    for kit, form in (("808", "zip"), ("lo-fi", "decentsampler")):
        run_bytes("export-kit", kit, "--format", form, "-o", "kit.zip", "--bits", "16")
        wanted = {entry: digest(zipfile.ZipFile("kit.zip").read(entry)) for entry in zipfile.ZipFile("kit.zip").namelist()}
        made = kit_files(page, kit, form, {"bits": "16"})
        check(made.get("files") == wanted, f"{kit}, {form}: {made.get('error') or set(made['files'].items()) ^ set(wanted.items())}")
        packed = zipfile.ZipFile(io.BytesIO(base64.b64decode(made["zip"])))
        check(packed.testzip() is None, "a whole ZIP")
        check({entry: digest(packed.read(entry)) for entry in packed.namelist()} == wanted, "the ZIP holds them")
    for form, ending in (("sf2", ".sf2"), ("hydrogen", ".h2drumkit")):
        run_bytes("export-kit", "909", "--format", form, "-o", f"kit{ending}")
        made = kit_files(page, "909", form, {})
        check(list(made["files"].values()) == [digest(pathlib.Path(f"kit{ending}").read_bytes())], f"{form}: {made.get('error')}")
    line = run_bytes("propose", "--kit", "--seed", "5", "--range", "2:3", "--key", "F#m")[0].decode().strip()
    made = page.ask("async () => drumgen.proposeKit({seed: 5, index: 2, key: 'F#m'})")
    check(made == line, f"{made} is not {line}")
    for kit, told in (("80", "kit"), ('{"slots": {"a": {"instrument": "kik"}}}', 'did you mean "kick"'), ("{", "kit")):
        check(told in page.ask("async (kit) => drumgen.kit(kit)", kit)["error"], kit)


def beats_are_those_of_the_program(page):
    page.fresh()
    page.room("kit")
    page.wait(lambda: page.count(".pad b") >= 16 and page.count(".step") > 0, "pads and steps")
    page.set("kit-choice", "909")
    page.set("pattern-choice", "house")
    page.click("save-midi")
    _, midi = page.saved()
    pathlib.Path("beat.mid").write_bytes(midi)
    page.click("save-beat")
    name, wav = page.saved()
    check(name == "beat.wav", name)
    run_bytes("export-kit", "909", "--beat", "wanted.wav", "--pattern", "beat.mid")
    check(wav == pathlib.Path("wanted.wav").read_bytes(), "the beat is that of the program")


def a_beat_is_in_time(page):
    """Hits of two rounds, as the page gives them to an audio clock, are heard within a millisecond of their places."""
    page.fresh()
    page.room("kit")
    page.wait(lambda: page.count(".step") > 0, "steps")
    page.set("kit-choice", "808")
    page.click("clear-steps")
    page.set("step-count", "16")
    page.set("tempo", "133")
    page.set("swing", "0.2")
    row = [box for box in page.all_of(".step") if box.accessible_name.startswith("rim, ")]
    for step in (0, 3, 4, 7, 10, 13, 15):
        row[step].click()
    heard = page.ask("""async () => {
        const {samples, rate_hz, times} = await drumgen.page.beat({rounds: 2, window: 0.0413});
        const onsets = times.map(({time}) => {
            // The first sample that is loud, behind where nothing was.
            const from = Math.round((time - 0.02) * rate_hz);
            for (let k = from; k < from + 0.05 * rate_hz; ++k) { if (Math.abs(samples[k]) > 0.02) { return k / rate_hz; } }
            return null;
        });
        return {times, onsets};
    }""")
    check("error" not in heard, heard)
    step_s = 60 / 133 / 4
    wanted = [0.05 + step_s * (16 * turn + step + (0.2 if step % 2 else 0)) for turn in (0, 1) for step in (0, 3, 4, 7, 10, 13, 15)]
    times = [hit["time"] for hit in heard["times"]]
    check(len(times) == len(wanted), f"{len(times)} hits, not {len(wanted)}")
    check(max(abs(time - one) for time, one in zip(times, wanted)) < 1e-6, "each is asked for where it is to be")
    away = [onset - one for onset, one in zip(heard["onsets"], wanted)]
    check(max(away) - min(away) < JITTER_S, f"jitter of {1000 * (max(away) - min(away)):.3f} ms")


def pads_are_struck(page):
    page.fresh()
    page.room("kit")
    page.wait(lambda: page.count(".pad b") >= 16, "pads")
    page.press("2")
    page.wait(lambda: page.eval("window.started") == 1, "a key strikes")
    page.driver.execute_script("drumgen.page.strike(38, 90)")
    page.wait(lambda: page.eval("window.started") == 2, "a note of MIDI strikes")
    page.all_of(".pad")[5].send_keys(Keys.ENTER)
    page.wait(lambda: page.eval("window.started") == 3, "a pad that was reached by Tab")
    page.all_of(".pad")[5].click()
    page.wait(lambda: page.eval("window.started") == 4, "and by the pointer")
    before = page.eval("drumgen.page.kit()")
    run_bytes("render", "hat/808-open", "-o", "own.wav")
    page.drop("own.wav", pathlib.Path("own.wav").read_bytes(), "[data-pad='1']")
    page.wait(lambda: page.eval("drumgen.page.kit()") != before, "a sound is dragged onto a pad")
    page.click("save-kit-json")
    _, text = page.saved()
    kit = json.loads(text)
    check([slot["patch"]["instrument"] for name, slot in kit["slots"].items() if name == "kick"] == ["hat"], "onto that pad")
    run_bytes("export-kit", "-", "--list", stdin=text)
    page.press(" ")
    page.wait(lambda: page.eval("window.started") > 6, "the beat plays")
    page.press(" ")
    check(page.eval("document.getElementById('play-beat').getAttribute('aria-pressed')") == "false", "and stops")


def kits_come_back(page):
    page.fresh()
    run_bytes("export-kit", "lo-fi", "-o", "kit.zip")
    page.drop("kit.zip", pathlib.Path("kit.zip").read_bytes())
    page.wait(lambda: "lo-fi" in page.eval("drumgen.page.kit()").lower(), "a ZIP")
    page.click("save-kit")
    name, data = page.saved()
    again = zipfile.ZipFile(io.BytesIO(data))
    wavs = [entry for entry in zipfile.ZipFile("kit.zip").namelist() if entry.endswith(".wav")]
    check(name == "lo-fi.zip" or name.endswith(".zip"), name)
    check([digest(zipfile.ZipFile("kit.zip").read(entry)) for entry in wavs] == [digest(again.read(entry)) for entry in wavs],
          "its sounds are the same")
    page.drop("bad.zip", b"PK\3\4nothing")
    page.wait(lambda: page.told() != "", "a torn ZIP is told")
    page.open()
    page.room("kit")
    check("lo-fi" in page.eval("drumgen.page.kit()").lower(), "the kit is remembered")


TESTS = (kits_are_those_of_the_program, beats_are_those_of_the_program, a_beat_is_in_time, pads_are_struck, kits_come_back)
