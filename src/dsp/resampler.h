#pragma once

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// A sound at stream_rate_hz at one of the output rates: 44.1 or 48 kHz, or these over 1.5, 2, 3,
/// 4 or 6, or times 2 or 4. Linear phase, no delay.
///   frames    frames wanted of the result; beyond the sound's end they are 0
[[nodiscard]] Signal at_output_rate(Signal sound, double rate_hz, std::int64_t frames,
                                    const Kernels& kernels);

/// A ratio of rates, new over old, at most 1.
struct RateRatio {
    int up = 1;
    int down = 1;
};

/// Resamples by a ratio, linear phase, no delay. Flat within 0.01 dB up to 20 of 44.1 of the new
/// rate (20 kHz at 44.1 kHz), at least 100 dB down from half the new rate on.
///   frames    frames wanted of the result
[[nodiscard]] Signal resample(const Signal& in, RateRatio ratio, std::int64_t frames,
                              const Kernels& kernels);

}  // namespace drumgen
