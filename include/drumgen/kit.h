#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// One sound of a kit and where it is played.
struct Slot {
    std::string name;  ///< "closed_hat": UTF-8 without control characters, unique in its kit
    Patch patch;
    std::optional<int> key{};    ///< MIDI key 0..127; absent: that of its name in General MIDI
    std::optional<int> choke{};  ///< sounds of one group cut each other off; 0: none; absent: hats'
    double gain_db = 0;          ///< of the slot beside the others
    double pan = 0;              ///< -1 left .. 1 right
    double level_db = 0;         ///< of a kit that was read: what its WAV was turned down by
};

/// Drum sounds that belong together.
struct Kit {
    std::string name{};  ///< title; may be empty
    std::vector<Slot> slots{};
    int velocities = 1;  ///< layers of each slot, each hit harder than the one below it
    std::optional<std::uint64_t> index{};  ///< place among many; names files and changes nothing
    int round_robins = 1;  ///< variations that hits one after the other play in turn
};

}  // namespace drumgen
