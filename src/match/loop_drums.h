#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "drumgen/instrument.h"
#include "drumgen/render.h"
#include "match/hit_table.h"
#include "match/recording.h"

namespace drumgen {

/// One stroke of a drum in a loop.
struct DrumStroke {
    std::size_t hit = 0;  ///< which of the recording's hits, from 0
    double level_db = 0;  ///< of the first 80 ms, in the unit of HitTable::energy
};

/// What was found to be one drum of a loop.
struct LoopDrum {
    const Instrument* instrument = nullptr;
    std::size_t cleanest = 0;           ///< hit that has least of other drums, is long and loud
    HitTable table{};                   ///< of that hit, as table_in_loop has it
    std::vector<DrumStroke> strokes{};  ///< in order; of several at once each drum has its own
    double top_db = 0;                  ///< the loudest of their levels
    std::optional<double> fall_db{};    ///< how far it has fallen after 80 ms, where that is known
    double pitch = 0;                   ///< middle of its energy, octaves above 1 Hz
};

/// Most hits of a loop whose drums are told apart.
inline constexpr std::size_t max_loop_hits = 4000;

/// Energy of a hit's first 80 ms, dB, in the unit of HitTable::energy.
[[nodiscard]] double stroke_level_db(const HitTable& table);

/// Tells the drums of a loop apart: hits that sound alike are one drum's, whatever else sounds with
/// them; those that sound like several drums at once are strokes of each.
///   hits      of the recording, at most max_loop_hits
///   returns   the drums, at least one
[[nodiscard]] std::vector<LoopDrum> drums_of_loop(const Sound& recording,
                                                  const std::vector<Hit>& hits);

}  // namespace drumgen
