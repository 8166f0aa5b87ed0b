"""Learns which instrument a hit is of, from real drums and what is drawn round them, and writes src/match/drum_kinds.inc.

    kinds.py DRUMGEN BENCH [--write]

Each instrument has up to 24 typical hits, the centres of the tables (sound.py) of its real drums and of 120 typical
proposals. A hit's nearness to each of all, exp(-(d / 16 dB)^2), is weighted for each instrument by ridge regression on
the real drums, each instrument as much in all as the root of its number, and on the proposals. Told is how often the
instrument is found of drums of a kit that was left out, of the specimens too. Without --write nothing is written.
"""

import argparse
import os
import pathlib
import subprocess
from multiprocessing import Pool

import numpy as np

import sound as real

CENTRES = 24
WIDTH_DB = 16
RIDGE = 0.1
PROPOSALS = 120
PROPOSAL_WEIGHT = 0.05
FILE = pathlib.Path(__file__).parent.parent / "src/match/drum_kinds.inc"


def centres_of(tables, rng):
    """Centres of up to CENTRES groups (Lloyd's k-means), to whole dB."""
    centres = tables[rng.choice(len(tables), min(CENTRES, len(tables)), replace=False)]
    for _ in range(30):
        nearest = real.distances(tables, centres).argmin(1)
        centres = np.array([tables[nearest == k].mean(0) if (nearest == k).any() else centres[k]
                            for k in range(len(centres))])
    return np.rint(centres)


def nearness(tables, centres):
    near = np.exp(-((real.distances(tables, centres) / WIDTH_DB) ** 2))
    return np.c_[near, np.ones(len(tables))]


def learned(tables, labels, proposed, proposed_labels, count):
    """The centres, and a weight of each, and of 1, for each instrument."""
    rng = np.random.default_rng(0)
    both, both_labels = np.r_[tables, proposed], np.r_[labels, proposed_labels]
    centres = np.concatenate([centres_of(both[both_labels == k], rng) for k in range(count)])
    numbers = np.bincount(labels, minlength=count)
    weight = np.r_[(len(labels) / count / numbers[labels]) ** 0.5, np.full(len(proposed), PROPOSAL_WEIGHT)]
    near = nearness(both, centres)
    wanted = np.eye(count)[both_labels] * 2 - 1
    left = near.T @ (near * weight[:, None]) + RIDGE * np.eye(near.shape[1])
    return centres, np.linalg.solve(left, near.T @ (wanted * weight[:, None]))


def typical(drumgen, bench, names, kits, pool):
    """Tables of typical proposals and their instruments, for each kit without it; for "" with all."""
    drawn = {}
    for kit in ["", *kits]:
        for label, name in enumerate(names):
            lines = subprocess.run([bench, "proposals", "--instruments", name, "--count", str(PROPOSALS), "--without", kit],
                                   capture_output=True, check=True).stdout.decode().splitlines()
            drawn.setdefault(kit, []).extend((line, label) for line in lines)
    lines = sorted({line for some in drawn.values() for line, _ in some})
    sounds = drumgen.sounds("\n".join(lines), 0.75, "--quality", "draft")
    tables = dict(zip(lines, pool.map(real.table, list(sounds), chunksize=25)))
    return {kit: (np.array([tables[line] for line, _ in some]), np.array([label for _, label in some]))
            for kit, some in drawn.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drumgen")
    parser.add_argument("bench")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    drumgen = real.Drumgen(os.path.abspath(options.drumgen))
    names = drumgen.instruments()
    with Pool() as pool:
        drums, tables = real.drums_and_tables(pool)
        kits = np.array([kit for _, kit, _ in drums])
        proposed = typical(drumgen, os.path.abspath(options.bench), names, sorted(set(kits)), pool)
    labels = np.array([names.index(real.KINDS[kind][0]) for kind, _, _ in drums])
    right = np.zeros(len(labels), bool)
    for kit in sorted(set(kits)):
        out = kits == kit
        centres, weights = learned(tables[~out], labels[~out], *proposed[kit], len(names))
        right[out] = (nearness(tables[out], centres) @ weights).argmax(1) == labels[out]
    centres, weights = learned(tables, labels, *proposed[""], len(names))
    known = (nearness(tables, centres) @ weights).argmax(1) == labels
    print(f"kinds: {right.mean():.1%} of {len(labels)} real drums are found with their kit left out, {known.mean():.1%} with it in")
    for label, name in enumerate(names):
        print(f"kinds: {name:8} {right[labels == label].mean():4.0%} of {np.sum(labels == label)}")
    if options.write:
        lines = ["// Written by bench/kinds.py --write: typical hits, levels of their tables in dB, and what nearness to each",
                 "// says for each instrument; the last row of weights is that of every hit.",
                 f"constexpr double kind_width_db = {WIDTH_DB};",
                 f"constexpr std::array<std::string_view, {len(names)}> kind_names{{" +
                 ", ".join(f'"{name}"' for name in names) + "};",
                 f"constexpr std::int8_t kind_levels[{len(centres)}][hit_cells]{{"]
        lines += ["    {" + ",".join(str(int(level)) for level in centre) + "}," for centre in centres]
        lines += ["};", f"constexpr float kind_weights[{len(weights)}][{len(names)}]{{"]
        lines += ["    {" + ",".join(f"{weight:.3f}F" for weight in row) + "}," for row in weights]
        FILE.write_text("\n".join([*lines, "};"]) + "\n")


if __name__ == "__main__":
    main()
