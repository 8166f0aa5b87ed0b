"""What render --page writes when the engine is part of it: patches that are made where they are seen, with knobs that live."""

import json
import os
import pathlib
import subprocess
import wave

import opened_page
from harness import LIMIT_S, check, run_bytes
from selenium.webdriver.common.keys import Keys

# A build that has the page; ./dev web makes it.
PAGED = opened_page.PAGE.parent / "drumgen"
EVIL = "</script><script>document.title = 'broken'</script><!-- 'quoted' \u00e9"


def a_page_of_patches_has_the_engine(page):
    lines = [{"instrument": kind, "seed": seed, "params": {}, "render": {"duration": 0.2}} for seed, kind in enumerate(("kick", "snare", "hat", "tom"))]
    lines.append({"instrument": "kick", "seed": 2**64 - 1, "name": EVIL})
    with wave.open("found.wav", "wb") as found:
        found.setparams((1, 2, 44100, 0, "NONE", ""))
        found.writeframes(b"\0\x10\0\xf0" * 2205)
    lines.append({"instrument": "hat", "seed": 3, "name": "found"})
    text = "".join(json.dumps(line) + "\n" for line in lines)
    subprocess.run([PAGED, "render", "-", "found.wav", "-q", "--page", "out.html"], input=text.encode(), check=True, timeout=LIMIT_S)
    empty = opened_page.PAGE.stat().st_size
    check(os.path.getsize("out.html") < empty + 40000, f"{os.path.getsize('out.html') - empty} bytes for seven sounds")
    page.open_file(pathlib.Path("out.html"))
    page.driver.execute_script("localStorage.clear()")
    page.open_file(pathlib.Path("out.html"))
    check(page.eval("document.title") == "drumgen", "nothing runs")
    check(page.count(".sound") == 7, f"{page.count('.sound')} cards")
    check(not page.eval("document.getElementById('explore').hidden"), "they are what is shown first")
    cards = page.all_of(".sound")
    for number in (1, 2, 3):
        cards[number].send_keys(" ")
        page.wait(lambda: page.eval("window.started") == number, "heard")
    titles = [card.accessible_name for card in cards]
    recording = next(at for at, title in enumerate(titles) if "found.wav" in title)
    cards[recording].send_keys("a")
    page.wait(lambda: page.eval("window.started") == 4, "what matches a recording is heard beside it")
    cards[recording].send_keys("l")
    check(page.count('.sound[data-said="liked"]') == 0, "a recording is not rated")
    huge = 4
    cards[huge].send_keys("l")
    page.click("save-ratings")
    _, ratings = page.saved()
    run_bytes("feedback", "--import", "-", "--ratings", "r.jsonl", stdin=ratings)
    check(json.loads(open("r.jsonl").readline())["patch"]["seed"] == 2**64 - 1, "its seed to the last digit")
    cards[huge].find_element("css selector", ".shape").click()
    check(json.loads(page.patch())["name"] == EVIL, "it is shaped")
    page.all_of("#knobs input[type=range]")[3].send_keys(Keys.ARROW_RIGHT)
    page.wait(lambda: page.eval("window.started") > 4, "its knobs live")
    check(page.eval("document.title") == "drumgen", "nothing runs")


TESTS = (a_page_of_patches_has_the_engine,)
