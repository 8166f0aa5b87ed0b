"""One sound: knobs, keys, links."""

import json
import subprocess

from opened_page import PAGE, fragment_of, params_of, patch_in
from harness import BINARY, check, run_bytes
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


def knobs_and_keys(page):
    page.fresh()
    page.press(" ")
    page.wait(lambda: page.eval("window.started") == 1, "a sound")
    sliders = page.all_of("#knobs input[type=range]")
    before = page.patch()
    sliders[3].send_keys(Keys.ARROW_RIGHT)
    page.wait(lambda: page.eval("window.started") == 2, "a turned knob is heard")
    check(params_of(page.patch())["tune"] > 45, "tune")
    typed = page.all_of("#knobs input[type=text]")[3]
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys("60", Keys.TAB)
    check(params_of(page.patch())["tune"] == 60, "typed")
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys("5000", Keys.TAB)
    check("tune = 5000 is outside 25..120 Hz" in page.told(), page.told())
    check(params_of(page.patch())["tune"] == 60, "the old value stays")
    page.driver.find_element(By.CSS_SELECTOR, "[aria-label='lock tune']").click()
    for key in ("s", "v", "s"):
        old = page.patch()
        page.press(key)
        check(page.patch() != old, key)
        check(params_of(page.patch())["tune"] == 60, f"{key} keeps what is locked")
    first = page.patch()
    page.press("b")
    page.press("s")
    second = page.patch()
    page.press("b")
    check(page.patch() == first, "A")
    page.press("b")
    check(page.patch() == second, "B")
    page.set("morph", 1)
    check(params_of(page.patch()) == params_of(first), "the other end")
    page.set("morph", 0.5)
    check(page.patch() not in (first, second), "between")
    for _ in range(12):
        page.press("u")
    check(page.patch() == before, "all is undone")
    page.press("c")
    command = page.copied()
    check(command.startswith("drumgen render '{") and command.endswith("-o kick.wav"), command)
    subprocess.run(["bash", "-c", command.replace("drumgen", BINARY, 1)], check=True, capture_output=True)
    shown = page.ask("async (patch) => (await drumgen.render(patch)).sha256", page.patch())
    check(shown == json.loads(run_bytes("render", "kick.wav", "--json", "-o", "x.wav")[0])["sha256"], "the command makes the sound")


def notes_are_typed(page):
    page.fresh()
    page.driver.find_element(By.CSS_SELECTOR, "[aria-label='note']").send_keys("F#1", Keys.TAB)
    wanted = json.loads(run_bytes("render", "kick", "--note", "F#1", "-o", "x.wav", "--json")[0])["patch"]["params"]
    check(params_of(page.patch()) == wanted, page.patch())
    page.driver.find_element(By.CSS_SELECTOR, "[aria-label='note']").send_keys("H9", Keys.TAB)
    check("H9" in page.told(), page.told())


def everything_has_a_name(page):
    page.fresh()
    for room in ("shape", "explore", "match", "kit"):
        page.room(room)
        page.wait(lambda: room != "explore" or page.count(".sound") == 16, "a grid")
        for box in page.all_of(f"#{room} input, #{room} select, #{room} button, #{room} canvas[role]"):
            check(not box.is_displayed() or box.accessible_name, f"{box.get_attribute('outerHTML')[:80]} has a name")


def links(page):
    seed = 18446744073709551615
    patch = json.dumps({"instrument": "snare", "seed": seed, "params": {"tone": 0.25}})
    page.open(fragment_of(patch))
    check(json.loads(page.patch()) == json.loads(patch), "the patch of a link, its seed to the last digit")
    page.press("l")
    link = page.copied()
    check(link.startswith(PAGE.as_uri() + "#p=") and json.loads(patch_in(link)) == json.loads(patch), link)
    page.open()
    check(json.loads(page.patch()) == json.loads(patch), "the last patch is remembered")


TESTS = (knobs_and_keys, notes_are_typed, everything_has_a_name, links)
