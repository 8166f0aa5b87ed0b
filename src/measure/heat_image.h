#pragma once

#include "measure/png.h"
#include "measure/spectrogram.h"

namespace drumgen {

/// Levels that pictures show, dB below the loudest.
inline constexpr double picture_range_db = 80;

/// Frequencies that pictures show.
inline constexpr double picture_low_hz = 30;
inline constexpr double picture_high_hz = 20000;

/// From black over purple and orange to pale yellow, brighter all the way. Source: nine points of
/// "magma", S. van der Walt and N. Smith, 2015, CC0.
[[nodiscard]] std::array<Colour, 256> heat_colours();

/// A spectrogram in these colours, a pixel a point.
[[nodiscard]] IndexedImage heat_image(const Spectrogram& measured);

}  // namespace drumgen
