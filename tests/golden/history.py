#!/usr/bin/python3
"""Reads all golden files that were ever committed: within a sound version a patch has one hash, for ever.

usage: history.py [SINCE]

Fails where that does not hold for what was committed after the commit SINCE; what was before it is told.
"""

import json
import re
import subprocess
import sys


def git(*words, **more):
    return subprocess.run(["git", *words], capture_output=True, check=True, **more).stdout


def contents(ids):
    """What objects hold, in their order."""
    out, at, found = git("cat-file", "--batch", input="".join(f"{name}\n" for name in ids).encode()), 0, []
    for _ in ids:
        end = out.index(b"\n", at)
        size = int(out[at:end].split()[2])
        found.append(out[end + 1:end + 1 + size])
        at = end + size + 2
    return found


def hashes_in(ids):
    """Hashes of each patch of each sound version, in golden files that are objects of git."""
    hashes = {}
    for text in contents(sorted(set(ids))):
        golden = json.loads(text)
        patch = golden["patch"]
        hashes.setdefault((patch.get("sound_version", 1), json.dumps(patch, sort_keys=True)), set()).add(golden["sha256"])
    return hashes


def changed(commits):
    """Those of the golden files that these commits brought."""
    told = git("log", "--raw", "--no-renames", "--no-abbrev", "--format=", commits, "--", "golden").decode()
    return hashes_in(re.findall(r"^:\d+ \d+ \w+ (\w+) [AM]\tgolden/\S+\.json", told, re.MULTILINE))


def main():
    hashes = changed("HEAD")
    for version in sorted({version for version, _ in hashes}):
        of_it = [all_of for (of, _), all_of in hashes.items() if of == version]
        print(f"sound version {version}: {len(of_it)} patches, {sum(len(all_of) > 1 for all_of in of_it)} with more than one hash while it was made")
    if len(sys.argv) < 2:
        return 0
    known = hashes_in(line.split()[2] for line in git("ls-tree", "-r", sys.argv[1], "golden").decode().splitlines())
    later = changed(f"{sys.argv[1]}..HEAD")
    wrong = [key for key, all_of in later.items() if len(all_of | known.get(key, set())) > 1]
    print(f"since {sys.argv[1]}: {len(known)} patches, {len(later)} changed or new, {len(wrong)} with another hash")
    for version, patch in wrong[:10]:
        print(f"  sound version {version}: {patch[:200]}")
    return 1 if wrong else 0


sys.exit(main())
