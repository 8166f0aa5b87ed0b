#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kit/loop_kit.h"
#include "match/recording.h"
#include "match/tempo.h"
#include "midi/midi_file.h"

namespace drumgen {

/// One stroke of a loop.
struct GrooveNote {
    double at_s = 0;
    std::size_t hit = 0;  ///< from 0
    const LoopSlot* slot = nullptr;
    int velocity = 0;
    double level_db = 0;  ///< below the drum's loudest
};

/// What the drums of a loop play, in order.
///   slots   outlive what is returned
[[nodiscard]] std::vector<GrooveNote> groove_of(const Recording& loop,
                                                const std::vector<LoopSlot>& slots);

/// The tempo of that; 120 of a single hit.
[[nodiscard]] Tempo tempo_of_loop(const Recording& loop, const std::vector<GrooveNote>& notes);

/// The same as a song of that tempo, as long as the loop.
[[nodiscard]] MidiSong groove_song(const Recording& loop, const std::vector<GrooveNote>& notes,
                                   const Tempo& tempo, const std::string& name);

/// As lines of JSON: the tempo, then a stroke each.
[[nodiscard]] std::string groove_lines(const std::vector<GrooveNote>& notes, const Tempo& tempo);

}  // namespace drumgen
