#!/usr/bin/python3
"""Kits in the players that are quick and small; ./dev players runs the others too.

usage: players_test.py BINARY
"""

import sys

from playing import CHECKS, Fluidsynth, hydrogens_schema_holds, run, structure_of_texts

sys.exit(run([Fluidsynth()], CHECKS[:6]) | run([None], [structure_of_texts, hydrogens_schema_holds]))
