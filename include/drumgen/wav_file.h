#pragma once

#include <cstdint>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// Renders a patch into the WAV file that `drumgen render` writes of it: 24 bits, with the
/// patch inside. Throws Error (failed).
[[nodiscard]] std::vector<std::uint8_t> wav_file(const Patch& patch);

}  // namespace drumgen
