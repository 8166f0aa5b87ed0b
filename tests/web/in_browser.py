#!/usr/bin/python3
"""The page with the engine inside, in a browser without a window: the program's samples and files, and each of its rooms.

usage: in_browser.py BINARY PAGE [COUNT [WORD]]

COUNT proposals of each instrument are compared (50), and three times 20 as many random actions done; WORD chooses the checks
that have it in their names.
"""

import functools
import sys

import opened_page
from harness import check, run_tests

import engine_checks
import explore_checks
import hostile_checks
import kit_checks
import match_checks
import paged_checks
import shape_checks


def main():
    page = opened_page.Page()
    word = sys.argv[4] if len(sys.argv) > 4 else ""

    def run(test):
        test(page)
        logged = page.logged()
        check(not logged, f"the console is not silent, {len(logged)} lines: {[entry['message'] for entry in logged[:5]]}")

    rooms = (engine_checks, shape_checks, explore_checks, match_checks, kit_checks, paged_checks, hostile_checks)
    tests = [functools.wraps(test)(functools.partial(run, test)) for room in rooms for test in room.TESTS if word in test.__name__]
    try:
        return run_tests(tests)
    finally:
        page.driver.quit()


sys.exit(main())
