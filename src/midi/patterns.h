#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "midi/midi_file.h"

namespace drumgen {

/// A beat built into the binary. Its song is named by a description of one line.
struct Pattern {
    std::string_view name;
    MidiSong song;
};

/// All of them, sorted by name.
[[nodiscard]] const std::vector<Pattern>& patterns();

}  // namespace drumgen
