"""Makes the specimens: real drums told in our macros, which typical proposals are drawn from; and judges what is drawn.

    specimens.py DRUMGEN BENCH --write [--matches FILE] [--effort N]
    specimens.py DRUMGEN BENCH [--wild W] [-n 1000] [--instruments kick,...]

--write matches every real drum of Debian's hydrogen-data and hydrogen-drumkits with its instrument and writes
src/instruments/specimens/: a table for each instrument with the patch of each drum, its kit and its file, and no samples.
--matches keeps what was found in a file, or takes it from there. A specimen's spread is such that others drawn round it
lie SPREAD_DB away. Its weight is 1, or FAR_WEIGHT where no drum of another kit lies within FAR of the 90th percentile of
that distance: a stick that is filed as a hat is no typical one. A drum that stands in several places counts once.

Without --write the share of precise proposals and the reach are told, the kit that is judged left out of the specimens,
one after another (tables and distances of sound.py). precision: how many of the proposals are as near to a real drum of
another kit than their specimen's as nine in ten real drums are to one of another kit. reach: the median distance of a
real drum to the nearest of n proposals without its kit.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from multiprocessing import Pool

import numpy as np

import sound as real

FOLDER = pathlib.Path(__file__).parent.parent / "src/instruments/specimens"
SETTINGS = ("tilt_db", "transient_db", "low_cut", "high_cut")
SPREAD_DB = 3.5
TRIED_AMOUNT = 0.17  # of drumgen mutate, as wide as a normal deviate of 0.05
TRIED = 8
FAR = 0.8
FAR_WEIGHT = 0.05


def instrument_of(drum):
    return real.KINDS[drum[0]][0]


def nearest_elsewhere(tables, kits):
    """Distance of each drum to the nearest of another kit."""
    apart = real.distances(tables, tables)
    apart[kits[:, None] == kits[None]] = np.inf
    return apart.min(1)


def limit_of(tables, kits):
    near = nearest_elsewhere(tables, kits)
    return np.percentile(near[np.isfinite(near)], 90)


def matches(drumgen, drums, options):
    if options.matches and pathlib.Path(options.matches).exists():
        return [json.loads(line) for line in pathlib.Path(options.matches).read_text().splitlines()]
    found = {}
    for instrument in drumgen.instruments():
        paths = [str(path) for drum in drums for path in drum[2:] if instrument_of(drum) == instrument]
        if paths:
            effort = ["--effort", str(options.effort)] if options.effort else []
            lines = drumgen.run("match", *paths, "-q", "--instrument", instrument, *effort).decode().splitlines()
            found.update(zip(paths, map(json.loads, lines), strict=True))
            print(f"specimens: {len(paths)} drums matched with {instrument}, median "
                  f"{np.median([found[path]['distance_db'] for path in paths]):.2f} dB", flush=True)
    patches = [found[str(drum[2])] for drum in drums]
    if options.matches:
        pathlib.Path(options.matches).write_text("".join(json.dumps(patch) + "\n" for patch in patches))
    return patches


def bare(patch):
    return {key: patch[key] for key in ("instrument", "seed", "params", "render") if key in patch}


def spreads(drumgen, patches, pool):
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for at, patch in enumerate(patches):
            path = pathlib.Path(folder, f"{at}.json")
            path.write_text(json.dumps(bare(patch)))
            lines += [json.dumps(bare(patch)), *drumgen.run(
                "mutate", str(path), "-n", str(TRIED), "--amount", str(TRIED_AMOUNT), "--lock", "seed").decode().splitlines()]
    sounds = drumgen.sounds("\n".join(lines), 0.75, "--quality", "draft")
    tables = np.array(pool.map(real.table, list(sounds), chunksize=25)).reshape(len(patches), 1 + TRIED, -1)
    apart = np.sqrt(((tables[:, 1:] - tables[:, :1]) ** 2).mean(2)).mean(1)
    return np.clip(0.05 * SPREAD_DB / apart, 0.01, 0.15)


def written(drumgen, drums, tables, options, pool):
    patches = matches(drumgen, drums, options)
    index = []
    FOLDER.mkdir(exist_ok=True)
    for instrument in drumgen.instruments():
        mine = [at for at, drum in enumerate(drums) if instrument_of(drum) == instrument]
        if not mine:
            continue
        kits = np.array([drums[at][1] for at in mine])
        near = nearest_elsewhere(tables[mine], kits)
        limit = limit_of(tables[mine], kits)
        wide = spreads(drumgen, [patches[at] for at in mine], pool)
        names = [*patches[mine[0]]["params"], *SETTINGS]
        rows, seen = [], set()
        for at, distance, spread in zip(mine, near, wide):
            patch = patches[at]
            drum = patch["seed"], *patch["params"].values()
            if drum in seen:
                continue
            seen.add(drum)
            values = {**patch["params"], **patch.get("render", {})}
            told = ", ".join(f"{values[name]:.5g}" if name in values else "absent" for name in names)
            weight = 1 if distance <= FAR * limit else FAR_WEIGHT
            rows.append(f'    {{"{drums[at][1]}", "{pathlib.Path(drums[at][2]).name}", {patch["seed"]}U, {spread:.3f}, {weight}, '
                        f"{{{told}}}}},")
        text = [f"// Written by bench/specimens.py: real drums told in the macros of the {instrument}. Kit, file, seed, spread, weight, values.",
                f"constexpr std::string_view {instrument}_names[]{{" + ", ".join(f'"{name}"' for name in names) + "};",
                f"constexpr SpecimenRow {instrument}_rows[]{{", *rows, "};"]
        (FOLDER / f"{instrument}.inc").write_text("\n".join(text) + "\n")
        index.append(instrument)
    (FOLDER / "all.inc").write_text("\n".join([
        "// Written by bench/specimens.py.",
        *(f'#include "instruments/specimens/{instrument}.inc"' for instrument in index),
        "constexpr SpecimenTable specimen_tables[]{",
        *(f'    {{"{instrument}", {instrument}_names, {instrument}_rows}},' for instrument in index), "};"]) + "\n")


def judged(drumgen, bench, drums, tables, options, pool):
    for instrument in options.instruments or drumgen.instruments():
        mine = [at for at, drum in enumerate(drums) if instrument_of(drum) == instrument]
        if not mine:
            continue
        wanted, kits = tables[mine], np.array([drums[at][1] for at in mine])
        kinds = np.array([drums[at][0] for at in mine])
        limit = limit_of(wanted, kits)
        # Most of what is drawn is the same whichever kit is left out.
        drawn = {kit: subprocess.run([bench, "proposals", "--instruments", instrument, "--count", str(options.n), "--without", kit,
                                      *options.wild], capture_output=True, check=True).stdout.decode().splitlines()
                 for kit in sorted(set(kits))}
        lines = sorted({line for some in drawn.values() for line in some})
        place = {line: at for at, line in enumerate(lines)}
        sounds = [sound for at in range(0, len(lines), 2000)
                  for sound in drumgen.sounds("\n".join(lines[at:at + 2000]), 0.75, "--quality", "draft")]
        apart = real.distances(np.array(pool.map(real.table, sounds, chunksize=25)), wanted)
        reach = np.zeros(len(mine))
        precise, times = np.zeros(len(lines), bool), np.zeros(len(lines), int)
        for kit, some in drawn.items():
            own = apart[[place[line] for line in some]][:, kits == kit]
            reach[kits == kit] = own.min(0)
            for line, near in zip(some, own.min(1)):
                precise[place[line]] |= near < limit
                times[place[line]] += 1
        # Those that are drawn in place of a kit's stand beside that kit alone; the others beside all but their own.
        share = precise[times >= len(drawn) - 1].mean()
        told = ", ".join(f"{kind} {np.median(reach[kinds == kind]):.2f} ({np.sum(kinds == kind)})" for kind in dict.fromkeys(kinds))
        print(f"typical {instrument:8} precision {share:4.0%}, reach of {options.n}, dB: {told}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drumgen")
    parser.add_argument("bench")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--matches", help="file of patches")
    parser.add_argument("--effort", type=int, default=0, help="default: drumgen's own")
    parser.add_argument("--wild", type=lambda text: ["--wild", text], default=[], help="default: drumgen's own")
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--instruments", type=lambda text: text.split(","))
    options = parser.parse_args()
    drumgen = real.Drumgen(os.path.abspath(options.drumgen))
    with Pool() as pool:
        drums, tables = real.drums_and_tables(pool)
        if not drums:
            sys.exit("specimens: no real drums: apt-get install hydrogen-data hydrogen-drumkits")
        if options.write:
            written(drumgen, drums, tables, options, pool)
        else:
            judged(drumgen, os.path.abspath(options.bench), drums, tables, options, pool)


if __name__ == "__main__":
    main()
