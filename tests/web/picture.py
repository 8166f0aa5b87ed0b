#!/usr/bin/python3
"""Takes the picture of the page: a snare being shaped.

usage: picture.py BINARY PAGE OUTPUT
"""

import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))

from chromium import chromium

BINARY, PAGE, OUTPUT = sys.argv[1:]
patch = subprocess.run([BINARY, "propose", "snare", "--seed", "12"], capture_output=True, check=True).stdout.decode()
driver = chromium("--window-size=1300,1180", "--force-device-scale-factor=0.6", "--hide-scrollbars")
driver.get(pathlib.Path(PAGE).absolute().as_uri())
while driver.execute_script("return document.documentElement.dataset.ready") != "yes":
    time.sleep(0.05)
driver.execute_script("location.hash = '#p=' + btoa(arguments[0]).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')", patch)
time.sleep(1)
driver.save_screenshot(OUTPUT)
driver.quit()
