"""How long the page with the engine inside takes: from opened to heard, from a turned knob to heard; the engine beside the program.

    web.py DRUMGEN PAGE
"""

import base64
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests" / "cli"))

from chromium import chromium

# Milliseconds of what a turned knob does until samples are given to the device, of a draft and of high quality; of the
# engine alone, with what a page needs of it.
KNOBS = """
const done = arguments[arguments.length - 1];
(async () => {
    const times = {};
    const {instruments} = await drumgen.describe();
    for (const {name} of instruments) {
        const row = {};
        for (const quality of ["draft", "high"]) {
            const all = [];
            for (let index = 0; index < 12; ++index) {
                const patch = JSON.parse(await drumgen.propose(name, {seed: 3, index}));
                const from = performance.now();
                await drumgen.render({...patch, render: {...patch.render, quality}});
                all.push(performance.now() - from);
            }
            all.sort((a, b) => a - b);
            row[quality] = all[all.length / 2];
        }
        const select = document.getElementById("instrument");
        select.value = name;
        select.dispatchEvent(new Event("change"));
        await new Promise((next) => setTimeout(next, 50));
        const knobs = [];
        for (let turn = 0; turn < 10; ++turn) {
            const knob = document.querySelectorAll("#knobs input[type=range]")[turn % 3];
            knob.value = 0.3 + 0.04 * turn;
            const from = performance.now();
            const heard = new Promise((next) => { window.heard = () => next(performance.now()); });
            knob.dispatchEvent(new Event("change"));
            knobs.push(await heard - from);
        }
        row.knob = knobs.sort((a, b) => a - b)[5];
        times[name] = row;
    }
    return times;
})().then(done, (error) => done({error: String(error)}));
"""
WATCH = """
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function () { window.heard?.(); window.firstHeard ??= performance.now(); return start.apply(this, arguments); };
"""


# Plays as soon as that can be done, as somebody would who clicks at once.
PLAY = """
const done = arguments[arguments.length - 1];
const look = () => {
    if (!document.documentElement.dataset.ready) { return setTimeout(look, 1); }
    window.playable = performance.now();
    document.getElementById("play").click();
    const heard = () => window.firstHeard ? done() : setTimeout(heard, 1);
    heard();
};
look();
"""


# A search in the room for it, as somebody sees it: how long it takes, and the longest that the page stands still meanwhile.
MATCH = """
const [text, done] = arguments;
const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const files = new DataTransfer();
files.items.add(new File([bytes], "kick.wav"));
const box = (name) => document.getElementById(name);
let longest = 0;
box("tab-match").click();
document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
const begin = () => {
    if (box("find-match").disabled) { return setTimeout(begin, 10); }
    new PerformanceObserver((list) => { for (const {duration} of list.getEntries()) { longest = Math.max(longest, duration); } }).observe({type: "longtask"});
    setTimeout(() => {
        const from = performance.now();
        box("find-match").click();
        const look = () => box("stop-match").disabled ? done([performance.now() - from, longest]) : setTimeout(look, 5);
        setTimeout(look, 100);
    }, 500);
};
begin();
"""


def match(driver, binary):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "kick.wav")
        subprocess.run([binary, "render", "kick/909", "-o", path], check=True)
        took, longest = driver.execute_async_script(MATCH, base64.b64encode(path.read_bytes()).decode())
        begin = time.perf_counter()
        subprocess.run([binary, "match", path, "-j", "1"], check=True, capture_output=True)
        native = time.perf_counter() - begin
    print(f"web: match of a kick {took / 1000:.1f} s, {took / 1000 / native:.1f} x the program on one thread; longest task of the page "
          f"{longest:.0f} ms (tasks above 50 are told)")


def opened(page, throttle):
    """The page in a browser that runs already: when it can be played, and when the first sound is given to the device."""
    driver = chromium()
    driver.set_script_timeout(300)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    driver.get("data:text/html,<title>another page</title>")
    time.sleep(1)
    driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": throttle})
    driver.get(page)
    driver.execute_async_script(PLAY)
    while driver.execute_script("return document.documentElement.dataset.ready") != "yes":
        time.sleep(0.05)
    return driver, *driver.execute_script("return [window.playable, window.firstHeard]")


def main():
    binary, page = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    print(f"web: {page.stat().st_size / 1e3:.0f} KB")
    for throttle in (1, 4):
        driver, ready, heard = opened(page.as_uri(), throttle)
        print(f"web: CPU / {throttle}: {ready:.0f} ms from opened to where it can be played, {heard:.0f} ms to the first sound (clicked at once)")
        if throttle == 1:
            rows = driver.execute_async_script(KNOBS)
            for name, row in rows.items():
                lines = subprocess.run([binary, "propose", name, "--seed", "3", "-n", "12"], capture_output=True, check=True).stdout
                begin = time.perf_counter()
                subprocess.run([binary, "render", "-", "-q", "-j", "1", "--to", "tar", "-o", "/dev/null"], input=lines,
                               check=True, capture_output=True)
                native = (time.perf_counter() - begin) / 12 * 1000
                print(f"web: {name:8} draft {row['draft']:5.1f} ms, high {row['high']:5.1f} ms ({row['high'] / native:.1f} x the program on one "
                      f"thread), knob to sound {row['knob']:5.1f} ms")
            print("web: median knob to sound " + f"{statistics.median(row['knob'] for row in rows.values()):.1f} ms, draft "
                  f"{statistics.median(row['draft'] for row in rows.values()):.1f} ms")
            match(driver, binary)
        driver.quit()


if __name__ == "__main__":
    main()
