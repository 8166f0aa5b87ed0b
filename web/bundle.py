"""Puts the engine and the page into one file of HTML.

    bundle.py FOLDER_OF_THE_ENGINE OUTPUT
"""

import base64
import gzip
import pathlib
import sys

HERE = pathlib.Path(__file__).parent


def safe(script):
    """Nothing in a script may end its element."""
    assert "</script" not in script.lower() and "<!--" not in script
    return script


def main():
    engine, output = map(pathlib.Path, sys.argv[1:])
    wasm = base64.b64encode(gzip.compress((engine / "engine.wasm").read_bytes(), 9, mtime=0)).decode()
    page = (HERE / "page.html").read_text()
    for mark, text in (
        ("/*STYLE*/", (HERE / "page.css").read_text()),
        ("/*GLUE*/", safe((engine / "engine.js").read_text())),
        ("/*ENGINE*/", safe((HERE / "engine.js").read_text())),
        ("/*PAGE*/", safe((HERE / "page.js").read_text())),
        ("WASM", wasm),
    ):
        assert page.count(mark) == 1, mark
        page = page.replace(mark, text)
    output.write_text(page)


if __name__ == "__main__":
    main()
