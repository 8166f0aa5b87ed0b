#pragma once

#include <cstdint>
#include <string_view>

#include "drumgen/patch.h"

namespace drumgen {

/// Patch `index` of the data set that (instrument, seed) names: every macro drawn from its range,
/// even along its curve, and a seed of its own. A pure function of its arguments.
[[nodiscard]] Patch propose_uniform(const Instrument& instrument, std::uint64_t seed,
                                    std::uint64_t index);

/// The same over the whole allowed range of the macros.
[[nodiscard]] Patch sample_allowed(const Instrument& instrument, std::uint64_t seed,
                                   std::uint64_t index);

/// How a typical drum is drawn.
struct Typical {
    double wild = 0.1;           ///< share that is drawn evenly, 0..1
    std::string_view without{};  ///< a kit whose specimens are left out, to judge by it
};

/// Patch `index` of a data set of typical drums: most are a specimen of the instrument, each macro
/// and setting moved by a normal deviate, the others drawn as propose_uniform() does; all of them of
/// an instrument without specimens. A pure function of its arguments and of the specimens.
[[nodiscard]] Patch propose_typical(const Instrument& instrument, std::uint64_t seed,
                                    std::uint64_t index, const Typical& typical = {});

}  // namespace drumgen
