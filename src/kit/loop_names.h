#pragma once

#include <string>
#include <vector>

#include "match/loop_drums.h"

namespace drumgen {

/// The name of a slot for each drum of a loop, as General MIDI has them: hats by how long they sound,
/// toms by their pitch, others by how often they are hit. All differ.
[[nodiscard]] std::vector<std::string> loop_drum_names(const std::vector<LoopDrum>& drums);

}  // namespace drumgen
