"""Puts the engine and the page into one file of HTML.

    bundle.py FOLDER_OF_THE_ENGINE OUTPUT
"""

import base64
import gzip
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


def main():
    engine, output = map(pathlib.Path, sys.argv[1:])
    wasm = base64.b64encode(gzip.compress((engine / "engine.wasm").read_bytes(), 9, mtime=0)).decode()
    page = (PAGE / "page.html").read_text()
    for mark, text in (
        ("/*STYLE*/", (PAGE / "page.css").read_text()),
        ("/*SCRIPT*/", safe((engine / "engine.js").read_text() + bundled())),
        (">WASM<", f">{wasm}<"),
    ):
        assert page.count(mark) == 1, mark
        page = page.replace(mark, text)
    output.write_text(page)


if __name__ == "__main__":
    main()
