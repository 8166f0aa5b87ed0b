#pragma once

#include <vector>

#include "drumgen/render.h"

namespace drumgen {

/// The lowest and the highest sample of a time.
struct Extremes {
    float low = 0;
    float high = 0;
};

/// Those of even parts of a sound, as a waveform is drawn: one for each column, the nearest sample
/// where there are more columns than samples, zeros for an empty sound. columns > 0.
[[nodiscard]] std::vector<Extremes> extremes_of(const Sound& sound, int columns);

}  // namespace drumgen
