#pragma once

#include <cstdint>

#include "drumgen/patch.h"

namespace drumgen {

/// Patch `index` of the data set that (instrument, seed) names: every macro drawn from its range,
/// even along its curve, and a seed of its own. A pure function of its arguments.
[[nodiscard]] Patch propose_uniform(const Instrument& instrument, std::uint64_t seed,
                                    std::uint64_t index);

/// The same over the whole allowed range of the macros.
[[nodiscard]] Patch sample_allowed(const Instrument& instrument, std::uint64_t seed,
                                   std::uint64_t index);

}  // namespace drumgen
