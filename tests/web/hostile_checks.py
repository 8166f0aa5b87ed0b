"""What anybody may give the page, and what a monkey does to it."""

import json

from opened_page import COUNT, fragment_of
from harness import check

MONKEY = 20 * COUNT  # actions at once
EVIL = "<img src=x onerror=document.title='broken'>"


def unharmed(page, what):
    check(page.eval("document.title") == "drumgen", f"{what} runs")
    check(page.count("img, iframe, object") == 0, f"{what} is an element")


def links_of_anybody(page):
    for text in ("", "{", EVIL, json.dumps({"instrument": EVIL}), json.dumps({"instrument": "kick", "params": {EVIL: 1}}),
                 json.dumps({"instrument": "kick", "name": EVIL}), "[" * 5000, "\udcff\udcfe"):
        page.open(fragment_of(text))
        unharmed(page, text[:40])
        check(json.loads(page.patch())["instrument"], "there is a sound all the same")
    page.open(fragment_of('{"instrument": "kik"}'))
    check('did you mean "kick"' in page.told(), page.told())


def files_of_anybody(page):
    page.fresh()
    page.room("explore")
    page.wait(lambda: page.count(".sound") == 16, "a grid")
    rating = {"time": EVIL, "label": "like", "patch": {"instrument": "kick", "name": EVIL}}
    for name, data in (("r.jsonl", json.dumps(rating)), ("p.json", json.dumps({"instrument": "kick", "name": EVIL})),
                       ("k.json", json.dumps({"name": EVIL, "slots": {EVIL: {"instrument": "kick"}, "b": {"instrument": "hat", "name": EVIL}}})),
                       ("k.json", json.dumps({"slots": {EVIL: 3}})), ("k.json", '{"slots": ' + "[" * 3000), ("x.mid", "MThd" + EVIL),
                       ("s.wav", "RIFF" + EVIL), (EVIL, "nothing"), ("r.jsonl", '{"label": "like"}\n' + EVIL)):
        page.drop(name, data.encode())
        page.ask("async () => new Promise((next) => setTimeout(next, 150))")
        unharmed(page, f"{name} {data[:50]}")
    for room in ("shape", "explore", "match", "kit"):
        page.room(room)
        unharmed(page, room)
    page.driver.execute_script("""for (const name of ["ratings", "kept", "kit", "pattern", "patch"]) { localStorage.setItem("drumgen-" + name, arguments[0]); }""",
                               EVIL + "\n{\n" + "[" * 2000)
    page.open()
    for room in ("explore", "kit", "shape"):
        page.room(room)
    page.wait(lambda: page.count("#pads .pad") >= 16, "a kit all the same")
    unharmed(page, "what was stored")
    page.driver.execute_script("localStorage.clear()")


def no_storage_no_device(page):
    """Storage that is full or forbidden, and a machine without sound: all is told, and the rest works."""
    page.fresh()
    page.driver.execute_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
                               "Storage.prototype.getItem = () => { throw new DOMException('no', 'SecurityError'); };")
    before = page.patch()
    page.press("s")
    check(page.patch() != before, "a sound is made")
    page.room("explore")
    page.wait(lambda: page.count(".sound") == 16, "a grid")
    page.all_of(".sound")[0].send_keys("l")
    check("keeps no more ratings" in page.told(), page.told())
    page.open()
    page.driver.execute_script("window.AudioContext = class { constructor() { throw new Error('no device'); } };")
    page.press(" ")
    page.wait(lambda: "no sound can be played: no device" in page.told(), "told")
    page.press("s")
    check(json.loads(page.patch())["instrument"] == "kick", "shaped all the same")
    page.open()
    page.driver.execute_script("AudioContext.prototype.resume = () => new Promise(() => {});"
                               "Object.defineProperty(AudioContext.prototype, 'state', {get: () => 'suspended'});")
    page.press(" ")
    page.wait(lambda: "holds sound back" in page.told(), "a device that does not wake is told")


def random_actions(page):
    """What a monkey does: no error, and memory stays."""
    page.fresh()
    script = """
        const count = arguments[0], done = arguments[arguments.length - 1];
        let state = arguments[1];
        const chance = (below) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) % below; };
        (async () => {
            for (let n = 0; n < count; ++n) {
                const controls = [...document.querySelectorAll("input, select, button")].filter((box) => box.offsetParent !== null &&
                    box.type !== "file" && !box.id.match(/^(record|midi|stop-match)$/));
                const control = controls[chance(controls.length)];
                if (control.tagName === "BUTTON" || control.type === "checkbox") {
                    control.click();
                } else if (control.tagName === "SELECT") {
                    control.selectedIndex = chance(control.options.length);
                    control.dispatchEvent(new Event("change"));
                } else {
                    const {min, max} = control;
                    control.value = control.type === "range" ? Number(min) + (max - min) * chance(1001) / 1000 : ["", "0.5", "1e9", "-3", "<b>", "440", "C2"][chance(7)];
                    control.dispatchEvent(new Event(chance(3) ? "change" : "input"));
                }
                window.saved.splice(0);
                window.copied.splice(0);
                if (n % 20 === 0) {
                    await new Promise((next) => setTimeout(next, 0));
                }
            }
            return performance.memory.usedJSHeapSize;
        })().then(done, (error) => done(String(error.stack)));"""
    sizes = [page.driver.execute_async_script(script, MONKEY, seed) for seed in (1, 2, 3)]
    check(all(isinstance(size, int) for size in sizes), sizes)
    check(sizes[2] < sizes[0] + 150e6, f"memory grows: {sizes}")
    unharmed(page, "what was typed")
    check(page.count("main b b, p b") == 0, "nothing typed is run")


TESTS = (links_of_anybody, files_of_anybody, no_storage_no_device, random_actions)
