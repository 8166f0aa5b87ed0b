#!/usr/bin/python3
"""Prints what tests have executed of each room of src.

usage: coverage.py SUMMARY

SUMMARY is the JSON of `llvm-cov export -summary-only`.
"""

import collections
import json
import pathlib
import sys

KINDS = ("lines", "branches", "functions")


def main():
    rooms = collections.defaultdict(lambda: {kind: [0, 0] for kind in KINDS})
    for file in json.loads(pathlib.Path(sys.argv[1]).read_text())["data"][0]["files"]:
        path = file["filename"].split("/src/")[-1]
        for room in (str(pathlib.Path(path).parent), "all"):
            for kind in KINDS:
                rooms[room][kind][0] += file["summary"][kind]["covered"]
                rooms[room][kind][1] += file["summary"][kind]["count"]
    print(f"{'room':16}" + "".join(f"{kind:>22}" for kind in KINDS))
    for room, counts in sorted(rooms.items(), key=lambda item: (item[0] == "all", item[0])):
        print(f"{room:16}" + "".join(f"{done:>8} of {count:<5}{100 * done / max(count, 1):5.1f} %" for done, count in counts.values()))


main()
