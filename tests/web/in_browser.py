#!/usr/bin/python3
"""The page with the engine inside, in a browser without a window: the samples of the program, knobs, links, hostile input.

usage: in_browser.py BINARY PAGE [COUNT]

COUNT proposals of each instrument are compared (50).
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

BINARY = os.path.abspath(sys.argv[1])
PAGE = pathlib.Path(sys.argv[2]).resolve()
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 50
LIMIT_S = 120
MONKEY = 20 * COUNT  # actions at once
EVIL = "<img src=x onerror=document.title='broken'>"
# Asked before the page's own script runs: which sounds start, and what is copied.
WATCH = """
window.started = 0;
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function () { ++window.started; return start.apply(this, arguments); };
window.copied = [];
if (navigator.clipboard) { navigator.clipboard.writeText = async (text) => { window.copied.push(text); }; }
"""


class Failed(Exception):
    pass


def check(truth, what):
    if not truth:
        raise Failed(what)


def run(*words, text=""):
    return subprocess.run([BINARY, *words], input=text.encode(), capture_output=True, check=True).stdout


class Browser:
    def __init__(self):
        options = Options()
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1600,900",
                     "--autoplay-policy=no-user-gesture-required"):
            options.add_argument(flag)
        options.binary_location = "/usr/bin/chromium"
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(LIMIT_S)
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})

    def open(self, fragment=""):
        self.driver.get("about:blank")
        self.driver.get(PAGE.as_uri() + fragment)
        self.wait(lambda: self.eval("document.documentElement.dataset.ready") == "yes", "ready")

    def eval(self, expression):
        return self.driver.execute_script(f"return {expression}")

    def ask(self, call, *words):
        """What a promise of window.drumgen becomes."""
        script = f"const done = arguments[arguments.length - 1]; ({call})(...arguments).then(done, (error) => done({{error: String(error)}}))"
        return self.driver.execute_async_script(script, *words)

    def wait(self, is_there, what):
        end = time.monotonic() + LIMIT_S
        while not is_there():
            check(time.monotonic() < end, f"{what}: {self.told()}")
            time.sleep(0.02)

    def told(self):
        return self.eval("document.getElementById('told').textContent")

    def press(self, key):
        self.driver.find_element(By.TAG_NAME, "body").send_keys(key)

    def patch(self):
        """The patch that the page has."""
        self.press("j")
        self.wait(lambda: self.eval("window.copied.length") > 0, "copied")
        return self.eval("window.copied.splice(0)")[-1]

    def logged(self):
        return [entry for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


def the_same_samples(browser):
    browser.open()
    kinds = json.loads(run("schema"))["properties"]["instrument"]["enum"]
    for kind in kinds:
        lines = run("propose", kind, "-n", str(COUNT), "--seed", "9").decode().splitlines()
        told = run("render", "-", "--json", "-q", "-o", "{index}.wav", text="\n".join(lines)).decode().splitlines()
        for index, (line, report) in enumerate(zip(lines, told)):
            made = browser.ask("""async (kind, index) => {
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
    even = browser.ask("async () => drumgen.propose('hat', {seed: '18446744073709551615', index: 7, from: 'uniform'})")
    check(even == run("propose", "hat", "--from", "uniform", "--seed", "18446744073709551615", "--range", "7:8").decode().strip(), even)
    varied = browser.ask("async (patch) => drumgen.mutate(patch, {amount: 0.3, seed: 4, index: 2})", even)
    wanted = run("mutate", "-", "--amount", "0.3", "--seed", "4", "-n", "3", text=even).decode().splitlines()[2]
    check(varied == wanted, f"{varied} is not {wanted}")
    back = browser.ask("async (patch) => drumgen.file(await drumgen.wav(patch))", even)
    check(json.loads(back)["params"] == json.loads(even)["params"], "a WAV gives its patch back")
    for data in ("", "RIFF", "no file", "{"):
        told = browser.ask("async (text) => drumgen.file(new TextEncoder().encode(text))", data)
        check("error" in told and "patch" in told["error"], told)
    check(browser.ask("async () => drumgen.render('{\"instrument\": \"kick\", \"params\": {\"tune\": 500}}')")["error"].endswith(
        "patch: kick: tune = 500 is outside 25..120 Hz"), "errors are those of the command line")


def knobs_and_keys(browser):
    browser.open()
    browser.driver.execute_script("localStorage.clear()")
    browser.open()
    browser.press(" ")
    browser.wait(lambda: browser.eval("window.started") == 1, "a sound")
    sliders = browser.driver.find_elements(By.CSS_SELECTOR, "#knobs input[type=range]")
    before = browser.patch()
    sliders[3].send_keys(Keys.ARROW_RIGHT)
    browser.wait(lambda: browser.eval("window.started") == 2, "a turned knob is heard")
    check(json.loads(browser.patch())["params"]["tune"] > 45, "tune")
    typed = browser.driver.find_elements(By.CSS_SELECTOR, "#knobs input[type=text]")[3]
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys("60", Keys.TAB)
    check(json.loads(browser.patch())["params"]["tune"] == 60, "typed")
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys("5000", Keys.TAB)
    check("tune = 5000 is outside 25..120 Hz" in browser.told(), browser.told())
    check(json.loads(browser.patch())["params"]["tune"] == 60, "the old value stays")
    lock = browser.driver.find_element(By.CSS_SELECTOR, "[aria-label='lock tune']")
    lock.click()
    for key in ("s", "v", "s"):
        old = browser.patch()
        browser.press(key)
        check(browser.patch() != old, key)
        check(json.loads(browser.patch())["params"]["tune"] == 60, f"{key} keeps what is locked")
    first = browser.patch()
    browser.press("b")
    browser.press("s")
    second = browser.patch()
    browser.press("b")
    check(browser.patch() == first, "A")
    browser.press("b")
    check(browser.patch() == second, "B")
    morph = browser.driver.find_element(By.ID, "morph")
    browser.driver.execute_script("arguments[0].value = 1; arguments[0].dispatchEvent(new Event('change'))", morph)
    check(json.loads(browser.patch())["params"] == json.loads(first)["params"], "the other end")
    browser.driver.execute_script("arguments[0].value = 0.5; arguments[0].dispatchEvent(new Event('change'))", morph)
    check(browser.patch() not in (first, second), "between")
    for _ in range(12):
        browser.press("u")
    check(browser.patch() == before, "all is undone")
    browser.press("c")
    browser.wait(lambda: browser.eval("window.copied.length") > 0, "the command")
    command = browser.eval("window.copied.splice(0)")[-1]
    check(command.startswith("drumgen render '{") and command.endswith("-o kick.wav"), command)
    subprocess.run(["bash", "-c", command.replace("drumgen", BINARY, 1)], check=True, capture_output=True)
    shown = browser.ask("async (patch) => (await drumgen.render(patch)).sha256", browser.patch())
    check(shown == json.loads(run("render", "kick.wav", "--json", "-o", "x.wav"))["sha256"], "the command makes the sound")
    for box in browser.driver.find_elements(By.CSS_SELECTOR, "input, select, button, canvas"):
        check(box.accessible_name, f"{box.get_attribute('outerHTML')[:80]} has a name")


def patch_in(link):
    return base64.urlsafe_b64decode(link.split("#p=")[1] + "==").decode()


def links(browser):
    seed = 18446744073709551615
    patch = json.dumps({"instrument": "snare", "seed": seed, "params": {"tone": 0.25}})
    browser.open("#p=" + base64.urlsafe_b64encode(patch.encode()).decode().rstrip("="))
    check(json.loads(browser.patch()) == json.loads(patch), "the patch of a link, its seed to the last digit")
    browser.press("l")
    browser.wait(lambda: browser.eval("window.copied.length") > 0, "the link")
    link = browser.eval("window.copied.splice(0)")[-1]
    check(link.startswith(PAGE.as_uri() + "#p=") and json.loads(patch_in(link)) == json.loads(patch), link)
    browser.open()
    check(json.loads(browser.patch()) == json.loads(patch), "the last patch is remembered")


def hostile_input(browser):
    for text in ("", "{", EVIL, json.dumps({"instrument": EVIL}), json.dumps({"instrument": "kick", "params": {EVIL: 1}}),
                 json.dumps({"instrument": "kick", "name": EVIL}), "[" * 5000, "\udcff\udcfe"):
        data = text.encode("utf-8", "surrogateescape")
        browser.open("#p=" + base64.urlsafe_b64encode(data).decode().rstrip("="))
        check(browser.eval("document.title") == "drumgen", f"{text[:40]} runs")
        check(browser.eval("document.querySelectorAll('img').length") == 0, f"{text[:40]} is an element")
        check(json.loads(browser.patch())["instrument"], "there is a sound all the same")
    browser.open("#p=" + base64.urlsafe_b64encode(b'{"instrument": "kik"}').decode().rstrip("="))
    check('did you mean "kick"' in browser.told(), browser.told())


def random_actions(browser):
    """What a monkey does: no error, and memory stays."""
    browser.open()
    script = """
        const count = arguments[0], done = arguments[arguments.length - 1];
        let state = arguments[1];
        const chance = (below) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state % below; };
        (async () => {
            for (let n = 0; n < count; ++n) {
                const controls = [...document.querySelectorAll("input, select, #play, #surprise, #vary, #undo, #swap")];
                const control = controls[chance(controls.length)];
                if (control.tagName === "BUTTON" || control.type === "checkbox") {
                    control.click();
                } else if (control.tagName === "SELECT") {
                    control.selectedIndex = chance(control.options.length);
                    control.dispatchEvent(new Event("change"));
                } else {
                    control.value = control.type === "range" ? chance(1001) / 1000 : ["", "0.5", "1e9", "-3", "<b>", "440"][chance(6)];
                    control.dispatchEvent(new Event(chance(3) ? "change" : "input"));
                }
                if (n % 20 === 0) {
                    await new Promise((next) => setTimeout(next, 0));
                }
            }
            return performance.memory.usedJSHeapSize;
        })().then(done, (error) => done(String(error)));"""
    sizes = [browser.driver.execute_async_script(script, MONKEY, seed) for seed in (1, 2, 3)]
    check(all(isinstance(size, int) for size in sizes), sizes)
    check(sizes[2] < sizes[0] + 100e6, f"memory grows: {sizes}")
    check(browser.eval("document.title") == "drumgen" and browser.eval("document.querySelectorAll('b').length") == 0, "nothing typed is run")


def one_file(browser):
    check(PAGE.stat().st_size <= 1 << 20, f"{PAGE.stat().st_size} bytes")
    browser.driver.get_log("performance")
    browser.open()
    for entry in browser.driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            address = message["params"]["request"]["url"]
            check(address.startswith(("file:", "blob:", "data:", "about:")), f"asks for {address}")


TESTS = (one_file, the_same_samples, knobs_and_keys, links, hostile_input, random_actions)


def main():
    failed = 0
    browser = Browser()
    with tempfile.TemporaryDirectory(prefix="drumgen-test-") as folder:
        os.chdir(folder)
        for test in TESTS:
            try:
                test(browser)
                logged = browser.logged()
                check(not logged, f"the console is not silent: {logged}")
            except Failed as error:
                failed += 1
                print(f"{test.__name__}: {error}")
        os.chdir("/")
    browser.driver.quit()
    print(f"{len(TESTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
