#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "drumgen/render.h"
#include "match/recording.h"

namespace drumgen {

/// Reads the recording that a word names, of any format, and finds its hits. Throws Error, also when
/// it is silent.
///   notes   out: what was noticed, a line each
[[nodiscard]] Recording read_recording(const std::string& word, double sensitivity,
                                       std::vector<std::string>& notes);

/// What a patch of a recording is called: its file, without what a name may not hold.
///   hit   from 1; told unless it is the first
[[nodiscard]] std::string recording_name(const std::string& word, std::size_t hit);

}  // namespace drumgen
