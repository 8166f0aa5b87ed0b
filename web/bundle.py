"""Puts the engine and the page into one file of HTML.

    bundle.py FOLDER_OF_THE_ENGINE OUTPUT
"""

import base64
import gzip
import json
import os
import pathlib
import subprocess
import sys

PAGE = pathlib.Path(__file__).parent / "page"
# Debian's modules for JavaScript.
MODULES = "/usr/share/nodejs"


def safe(script):
    """Nothing in a script may end its element."""
    for end in ("</script", "<!--"):
        script = script.replace(end, "\\x3c" + end[1:])
    return script


def bundled():
    """The page's modules as one script. Debian's jszip has its modules, not what it is bundled into; its streams are node's."""
    made = subprocess.run(["esbuild", PAGE / "main.js", "--bundle", "--minify", "--charset=utf8", "--log-level=warning", "--target=es2021",
                           "--platform=neutral", "--main-fields=main", "--format=iife", f"--alias:readable-stream={os.devnull}"],
                          env={**os.environ, "NODE_PATH": MODULES}, stdout=subprocess.PIPE, check=True)
    return made.stdout.decode()


def described(engine):
    """What the engine tells of itself, so that a page has not to wait for it."""
    wasm = json.dumps(str(engine / "engine.wasm"))
    script = f"""require({json.dumps(str(engine / "engine.js"))})({{wasmBinary: require("fs").readFileSync({wasm})}}).then((engine) => {{
        engine._drumgen_describe();
        process.stdout.write(engine.UTF8ToString(engine._drumgen_text()));
    }});"""
    return subprocess.run(["node", "-e", script], stdout=subprocess.PIPE, check=True).stdout


def packed(data):
    """In lines: browsers read a text of one line half as fast."""
    return base64.encodebytes(gzip.compress(data, 9, mtime=0)).decode()


def main():
    engine, output = (pathlib.Path(word).resolve() for word in sys.argv[1:])
    page = (PAGE / "page.html").read_text()
    for mark, text in (
        ("/*STYLE*/", (PAGE / "page.css").read_text()),
        ("/*SCRIPT*/", safe((engine / "engine.js").read_text() + bundled())),
        (">DESCRIPTION<", f">{packed(described(engine))}<"),
        (">WASM<", f">{packed((engine / 'engine.wasm').read_bytes())}<"),
    ):
        assert page.count(mark) == 1, mark
        page = page.replace(mark, text)
    output.write_text(page)


if __name__ == "__main__":
    main()
