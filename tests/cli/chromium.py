"""Debian's Chromium without a window, for tests and benchmarks."""

import os

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

LIMIT_S = 240
# Which root has to do without.
NO_SANDBOX = ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()


def chromium(*flags, logs=()):
    """A browser whose pages may play at once.

    logs   which are kept: "browser", "performance"
    """
    options = Options()
    for flag in ("--headless=new", "--disable-gpu", "--window-size=1600,900",
                 "--autoplay-policy=no-user-gesture-required", *NO_SANDBOX, *flags):
        options.add_argument(flag)
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {log: "ALL" for log in logs})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_script_timeout(LIMIT_S)
    return driver
