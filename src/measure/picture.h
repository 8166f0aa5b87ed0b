#pragma once

#include <string>

#include "drumgen/render.h"
#include "measure/features.h"

namespace drumgen {

/// A picture of a sound as SVG: waveform, level and spectrogram over one axis of time. The same
/// sound gives the same bytes.
///   features   of that sound
///   title      any text; what XML can't hold is shown as "?"
[[nodiscard]] std::string picture_svg(const Sound& sound, const Features& features,
                                      const std::string& title);

}  // namespace drumgen
