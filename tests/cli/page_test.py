#!/usr/bin/python3
"""A page of sounds, in a browser without a window: they play, keys work, ratings come out and go in.

usage: page_test.py BINARY
"""

import json
import os
import pathlib
import subprocess
import sys
import time
import wave

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from chromium import chromium
from harness import BINARY, LIMIT_S, check, run_bytes, run_tests

EVIL = "</script><script>document.title = 'broken'</script><!-- 'quoted' \u00e9"
# What a browser is asked before a page's own script runs: to note each sound that starts, and what is copied.
WATCH = """
window.started = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function () {
    const samples = this.buffer.getChannelData(0);
    window.started.push({
        seconds: this.buffer.duration,
        peak: samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
    });
    return start.apply(this, arguments);
};
window.copied = [];
window.pressed = [];
addEventListener("keydown", ({key}) => { window.pressed.push(key); });
navigator.clipboard.writeText = async (text) => { window.copied.push(text); };
"""
browser = None


def patches():
    """Lines of six patches: short ones, one with the largest seed and a name that no page should obey."""
    lines = [{"instrument": kind, "seed": seed, "params": {}, "render": {"duration": 0.1 + 0.05 * seed}}
             for seed, kind in enumerate(["kick", "snare", "hat", "kick", "hat"])]
    lines.append({"instrument": "kick", "seed": 2**64 - 1, "render": {"duration": 0.2}, "name": EVIL})
    return lines


def make_page():
    text = "".join(json.dumps(patch) + "\n" for patch in patches())
    with wave.open("found.wav", "wb") as found:
        found.setparams((1, 2, 44100, 0, "NONE", ""))
        found.writeframes(b"\0\x10\0\xf0" * 2205)
    run_bytes("render", "-", "found.wav", "--page", "out.html", stdin=text.encode())


def opened(phone=False):
    """The page in a browser, begun anew."""
    if phone:
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True})
        browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": os.getcwd()})
    browser.get(pathlib.Path("out.html").absolute().as_uri())
    browser.execute_script("localStorage.clear()")
    reloaded()


def reloaded():
    """The page again, once it hears keys: on a busy machine Chromium drops the first ones."""
    browser.refresh()
    wait_for(is_heard, "the page hears a key")


def is_heard():
    press("x")  # stands for nothing
    return browser.execute_script("return window.pressed.length > 0")


def closed_phone():
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})


def all_of(selector):
    return browser.find_elements(By.CSS_SELECTOR, selector)


def press(*keys):
    ActionChains(browser).send_keys(*keys).perform()


def wait_for(what, text):
    """Until a condition holds, some seconds at most."""
    end = time.monotonic() + LIMIT_S
    while not what():
        if time.monotonic() > end:
            check(False, f"never: {text() if callable(text) else text}")
        time.sleep(0.02)


def started():
    return browser.execute_script("return window.started")


def state():
    """What tells why a sound does not play."""
    return browser.execute_script(
        "return [pressed, started, current, audio?.state, navigator.userActivation.hasBeenActive, document.hasFocus(),"
        " document.getElementById('count').textContent]")


def wait_started(count):
    wait_for(lambda: len(started()) >= count, lambda: f"{count} sounds play; {state()}")


def downloaded(name):
    wait_for(lambda: os.path.exists(name), f"{name} is saved")
    return pathlib.Path(name).read_text()


def is_one_file_that_needs_no_other():
    make_page()
    opened()
    check(len(all_of("article")) == 7, "a card each")
    check(browser.title == "drumgen", "a name is no markup")
    check(all_of("h2")[5].text.startswith(EVIL), all_of("h2")[5].text)
    loaded = browser.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
    check(all(name.startswith(("data:", "blob:")) for name in loaded), loaded)
    log = browser.get_log("browser")
    check(not log, log)
    stated = all_of("article")[5].find_element(By.CSS_SELECTOR, ".stated").text.split("\n")
    check(str(2**64 - 1) in stated and "0.2 s" in stated, stated)
    wait_for(lambda: browser.execute_script("return document.querySelector('img').naturalWidth") == 256, "a picture")


def plays_what_the_file_holds():
    make_page()
    opened()
    all_of("article .play")[1].click()
    wait_started(1)
    all_of("article .picture")[6].click()
    wait_started(2)
    first, found = started()
    check(abs(first["seconds"] - 0.15) < 1e-3 and 0.5 < first["peak"] < 1, first)
    check(abs(found["seconds"] - 0.1) < 1e-3 and abs(found["peak"] - 0.125) < 1e-3, found)
    check(not all_of("article .like")[6].is_enabled(), "nobody knows a patch of it")


def a_switches_between_recording_and_match():
    run_bytes("render", "snare", "--bare", "--duration", "0.3", "-o", "mine.wav")
    lines = [{"instrument": kind, "name": name, "render": {"duration": seconds}}
             for kind, name, seconds in (("kick", "other", 0.2), ("snare", "mine", 0.25), ("snare", "mine", 0.15))]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    run_bytes("render", "-", "mine.wav", "--page", "out.html", stdin=text.encode())
    opened()
    check([title.text.split(" ")[0] for title in all_of("h2")] == ["other", "mine.wav", "mine", "mine"],
          [title.text for title in all_of("h2")])
    check([button.is_displayed() for button in all_of(".compare")] == [False, True, True, True], "only pairs")
    all_of("article .play")[3].click()
    wait_started(1)
    press("a")
    wait_started(2)
    press("a")
    wait_started(3)
    all_of(".compare")[2].click()
    wait_started(4)
    check([round(one["seconds"], 2) for one in started()] == [0.15, 0.3, 0.15, 0.3], started())


def keys_rate_and_step():
    make_page()
    opened()
    press("l", Keys.ARROW_RIGHT, "d")
    wait_started(1)
    press(Keys.ARROW_RIGHT, "k")
    wait_started(2)
    press(Keys.ARROW_LEFT)
    wait_started(3)
    press(" ")
    wait_started(4)
    check(all_of("#count")[0].text == "7 sounds, 2 liked, 1 disliked, 1 kept", all_of("#count")[0].text)
    press("u")
    check(all_of("#count")[0].text == "7 sounds, 2 liked, 0 disliked, 1 kept", "u takes a rating back")
    reloaded()
    check(all_of("#count")[0].text == "7 sounds, 2 liked, 0 disliked, 1 kept", "a reload forgets nothing")
    # A button that was clicked does not keep the keys.
    all_of("article .dislike")[0].click()
    press(" ")
    wait_started(1)
    check("1 disliked" in all_of("#count")[0].text, "Space plays")


def player_runs_through():
    make_page()
    opened()
    press("p")
    wait_started(5)
    press("p")
    wait_for(lambda: all_of("#run")[0].get_attribute("aria-pressed") == "false", "it is told to stop")
    count = len(started())
    time.sleep(1)
    check(len(started()) == count, "it stops")
    check([round(one["seconds"], 2) for one in started()][:4] == [0.1, 0.15, 0.2, 0.25], started())


def ratings_and_patches_come_out():
    make_page()
    opened()
    press("l", Keys.ARROW_RIGHT, "d")
    for _ in range(4):
        press(Keys.ARROW_RIGHT)
    press("k")
    all_of("#save-ratings")[0].click()
    ratings = downloaded("drumgen-ratings.jsonl")
    _, told = run_bytes("feedback", "--import", "drumgen-ratings.jsonl", "--ratings", "store.jsonl")
    check("2 liked, 1 disliked, in store.jsonl" in told, told)
    listed, _ = run_bytes("feedback", "--list", "--ratings", "store.jsonl")
    check(listed.decode() == ratings, "the page writes as --list does")
    seeds = [json.loads(line)["patch"]["seed"] for line in listed.splitlines()]
    check(seeds == [0, 1, 2**64 - 1], seeds)
    _, told = run_bytes("feedback", "--import", "drumgen-ratings.jsonl", "--ratings", "store.jsonl")
    check("3 were there already" in told, told)
    all_of("#save-kept")[0].click()
    kept = json.loads(downloaded("drumgen-kept.jsonl"))
    check(kept["seed"] == 2**64 - 1 and kept["name"] == EVIL, kept)


def copies_a_command_that_makes_it():
    make_page()
    opened()
    for _ in range(5):
        press(Keys.ARROW_RIGHT)
    press("c")
    wait_for(lambda: browser.execute_script("return window.copied.length"), "something is copied")
    command = browser.execute_script("return window.copied[0]")
    check(command.startswith("drumgen render '{"), command)
    subprocess.run(["sh", "-c", f"{BINARY}{command.removeprefix('drumgen')}"], check=True)
    run_bytes("render", json.dumps(patches()[5]), "-o", "same.wav")
    made = next(pathlib.Path().glob("kick-*.wav"))
    check(made.read_bytes() == pathlib.Path("same.wav").read_bytes(), "the same file")


def suits_a_phone():
    make_page()
    opened(phone=True)
    try:
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        check(wide <= 390, f"{wide} pixels wide")
        heights = [button.size["height"] for button in all_of("article button")]
        check(min(heights) >= 36, heights)
        x, y = browser.execute_script("const box = document.querySelector('.picture').getBoundingClientRect();"
                                      "return [box.x + 20, box.y + 20]")
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        wait_started(1)
    finally:
        closed_phone()


def refuses_what_it_cannot_do():
    run_bytes("render", "kick", "--page", "-", "-o", "-", status=2)
    run_bytes("render", "kick", "--page", "a.wav", "-o", "a.wav", status=2)
    _, told = run_bytes("render", "kick", "--page", "a.html", "-o", "{index}.wav", "--manifest", "m", "--resume",
                        status=2)
    check("--page" in told, told)
    run_bytes("render", "-", "--page", "a.html", stdin=b'{"instrument": "kick"}\n{"instrument": "kick", "seed": -1}\n',
              status=2)
    check(not os.path.exists("a.html"), "nothing half-written")
    page, _ = run_bytes("render", "kick", "--page", "-")
    check(page.startswith(b"<!DOCTYPE html>") and page.rstrip().endswith(b"</html>"), "to a pipe")


def main():
    global browser
    browser = chromium("--window-size=1300,900", "--disable-dev-shm-usage", "--mute-audio", logs=("browser",))
    try:
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        return run_tests([
            is_one_file_that_needs_no_other,
            plays_what_the_file_holds,
            a_switches_between_recording_and_match,
            keys_rate_and_step,
            player_runs_through,
            ratings_and_patches_come_out,
            copies_a_command_that_makes_it,
            suits_a_phone,
            refuses_what_it_cannot_do,
        ])
    finally:
        browser.quit()


sys.exit(main())
