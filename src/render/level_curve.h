#pragma once

#include <vector>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Energy of a sound at stream_rate_hz, millisecond by millisecond; what is left behind the last whole one
/// does not count.
struct LevelCurve {
    static constexpr int step = 3 * lane_count;  ///< frames of each
    std::vector<float> energies;
};

[[nodiscard]] LevelCurve measure_level(const Signal& sound, const Kernels& kernels);

}  // namespace drumgen
