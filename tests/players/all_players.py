#!/usr/bin/python3
"""Kits in every player that Debian has, without a screen or a sound card.

usage: all_players.py BINARY
"""

import sys

from playing import CHECKS, Drumgizmo, Fluidsynth, Hydrogen, Polyphone, hydrogens_schema_holds, run, structure_of_texts

sys.exit(run([Fluidsynth(), Polyphone(), Drumgizmo(), Hydrogen()], CHECKS) | run([None], [structure_of_texts, hydrogens_schema_holds]))
