"""Learns which instrument a hit is of, from real drums and proposals, and writes src/match/drum_kinds.inc.

    kinds.py DRUMGEN [--write]

Each instrument has eight typical hits, the centres of its real drums' tables (sound.py), as far as it has so many. A hit's
nearness to each of all, exp(-(d / 12 dB)^2), is weighted for each instrument by ridge regression on the real drums, each
instrument as much in all as the root of its number, and on 100 proposals of each. Told is how often the instrument is
found of drums of a kit that was left out. Without --write nothing is written.
"""

import argparse
import json
import os
import pathlib
from multiprocessing import Pool

import numpy as np

import sound as real

CENTRES = 8
WIDTH_DB = 12
RIDGE = 0.1
PROPOSALS = 100
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
    centres = np.concatenate([centres_of(tables[labels == k], rng) for k in range(count)])
    numbers = np.bincount(labels, minlength=count)
    weight = np.r_[(len(labels) / count / numbers[labels]) ** 0.5, np.full(len(proposed), PROPOSAL_WEIGHT)]
    near = nearness(np.r_[tables, proposed], centres)
    wanted = np.eye(count)[np.r_[labels, proposed_labels]] * 2 - 1
    left = near.T @ (near * weight[:, None]) + RIDGE * np.eye(near.shape[1])
    return centres, np.linalg.solve(left, near.T @ (wanted * weight[:, None]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drumgen")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    drumgen = real.Drumgen(os.path.abspath(options.drumgen))
    names = drumgen.instruments()
    with Pool() as pool:
        drums = [(kind, kit, real.load(path)) for kind, kit, path in real.real_files()]
        drums = [(kind, kit, sound) for kind, kit, sound in drums if np.abs(sound).max(initial=0) > 0]
        tables = np.array(pool.map(real.table, [sound for _, _, sound in drums]))
        proposed = [pool.map(real.table, list(drumgen.sounds(drumgen.proposals(name, PROPOSALS, 77), 0.75,
                                                             "--quality", "draft"))) for name in names]
    proposed = np.concatenate(proposed)
    proposed_labels = np.repeat(np.arange(len(names)), PROPOSALS)
    labels = np.array([names.index(real.KINDS[kind][0]) for kind, _, _ in drums])
    kits = np.array([kit for _, kit, _ in drums])
    right = np.zeros(len(labels), bool)
    for kit in sorted(set(kits)):
        out = kits == kit
        centres, weights = learned(tables[~out], labels[~out], proposed, proposed_labels, len(names))
        right[out] = (nearness(tables[out], centres) @ weights).argmax(1) == labels[out]
    centres, weights = learned(tables, labels, proposed, proposed_labels, len(names))
    known = (nearness(tables, centres) @ weights).argmax(1) == labels
    print(f"kinds: {right.mean():.1%} of {len(labels)} real drums are found with their kit left out, {known.mean():.1%} with it in")
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
