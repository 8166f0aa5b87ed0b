#pragma once

// Included before each source of a room whose mutants are tried; mutants.py writes the calls.

/// Number of the mutant that this process is, from DRUMGEN_MUTANT; 0: none.
extern int drumgen_mutant;
/// A byte for each mutant that was come by, in the file that DRUMGEN_REACHED names; none without it.
extern unsigned char* drumgen_reached;

inline bool mutant_is(int number) {
    if (drumgen_reached != nullptr) {
        drumgen_reached[number] = 1;
    }
    return drumgen_mutant == number;
}
