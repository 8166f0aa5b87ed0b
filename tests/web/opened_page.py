"""The page with the engine inside, opened in a browser."""

import base64
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))

from selenium.webdriver.common.by import By

from chromium import LIMIT_S, chromium
from harness import check

PAGE = pathlib.Path(sys.argv[2]).resolve()
# Of each instrument: proposals that are compared.
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 50
# Asked before the page's own script runs: which sounds start, what is copied and saved, and what took long.
WATCH = """
window.started = 0;
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function () { ++window.started; return start.apply(this, arguments); };
window.copied = [];
if (navigator.clipboard) { navigator.clipboard.writeText = async (text) => { window.copied.push(text); }; }
window.saved = [];
const blobs = new Map();
const named = URL.createObjectURL;
URL.createObjectURL = (blob) => { const address = named(blob); blobs.set(address, blob); return address; };
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () { window.saved.push([this.download, blobs.get(this.href)]); };
window.bytesIn = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
window.long = [];
new PerformanceObserver((list) => { window.long.push(...list.getEntries().map(({duration}) => duration)); }).observe({type: "longtask"});
"""


class Page:
    """The page, and what was told and done in it."""

    def __init__(self):
        self.driver = chromium(logs=("browser", "performance"))
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})

    def open(self, fragment=""):
        self.open_file(PAGE, fragment)

    def open_file(self, path, fragment=""):
        self.driver.get("about:blank")
        self.driver.get(path.absolute().as_uri() + fragment)
        self.wait(lambda: self.eval("document.documentElement.dataset.ready") == "yes", "ready")

    def fresh(self):
        """The page as somebody finds it who has never been there."""
        self.open()
        self.driver.execute_script("localStorage.clear()")
        self.open()

    def eval(self, expression, *words):
        return self.driver.execute_script(f"return {expression}", *words)

    def ask(self, call, *words):
        """What an async function becomes; {error} when it fails."""
        script = (f"const done = arguments[arguments.length - 1];"
                  f"({call})(...arguments).then(done, (error) => done({{error: String(error)}}))")
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

    def room(self, name):
        self.driver.find_element(By.ID, f"tab-{name}").click()

    def click(self, name):
        self.driver.execute_script("document.getElementById(arguments[0]).click()", name)

    def set(self, name, value):
        """A field of the page, as if it had been set by hand."""
        self.driver.execute_script("const box = document.getElementById(arguments[0]); box.value = arguments[1];"
                                   "for (const type of ['input', 'change']) box.dispatchEvent(new Event(type))", name, value)

    def all_of(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def count(self, selector):
        return self.eval("document.querySelectorAll(arguments[0]).length", selector)

    def copied(self):
        self.wait(lambda: self.eval("window.copied.length") > 0, "copied")
        return self.eval("window.copied.splice(0)")[-1]

    def patch(self):
        """The patch that is shaped."""
        self.press("j")
        return self.copied()

    def saved(self):
        """The file that was saved last: its name and bytes."""
        self.wait(lambda: self.eval("window.saved.length") > 0, "a file is saved")
        name, data = self.ask("""async () => {
            const [name, blob] = window.saved.splice(0).at(-1);
            const url = await new Promise((done) => { const reader = new FileReader(); reader.onload = () => done(reader.result);
                                                      reader.readAsDataURL(blob); });
            return [name, url.slice(url.indexOf(",") + 1)];
        }""")
        return name, base64.b64decode(data)

    def drop(self, name, data, target="body"):
        """Drops a file onto an element."""
        self.driver.execute_script("""
            const given = new DataTransfer();
            given.items.add(new File([window.bytesIn(arguments[1])], arguments[0]));
            document.querySelector(arguments[2]).dispatchEvent(new DragEvent("drop", {dataTransfer: given, bubbles: true, cancelable: true}));
        """, name, base64.b64encode(data).decode(), target)

    def logged(self):
        return [entry for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


def fragment_of(text):
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return "#p=" + base64.urlsafe_b64encode(data).decode().rstrip("=")


def patch_in(link):
    return base64.urlsafe_b64decode(link.split("#p=")[1] + "==").decode()


def params_of(patch):
    return json.loads(patch)["params"]
