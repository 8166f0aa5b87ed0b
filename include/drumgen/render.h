#pragma once

#include "drumgen/patch.h"
#include "drumgen/signal.h"

namespace drumgen {

/// One channel of samples.
struct Sound {
    Signal samples;  ///< full scale is 1
    double sample_rate_hz = 48000;
};

/// Renders a patch: synthesis, resampling, post chain. The same patch gives the same samples on
/// every CPU, compiler, thread count and batch.
[[nodiscard]] Sound render(const Resolved& patch);

}  // namespace drumgen
