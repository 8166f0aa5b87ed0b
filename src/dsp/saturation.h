#pragma once

#include <cstdint>
#include <span>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Frames up to `until` are saturated with that many streams.
struct SaturationStretch {
    std::int64_t until = 0;
    int streams = 1;
    /// Of the last decimation, for 2 streams: 104, 76 or 52. What is interpolated has 104, or 76.
    double attenuation_db = 104;
};

/// out = tanh(drive * in) of a signal at stream_rate_hz that has little above 20 kHz. Only what
/// tanh adds to drive * in is oversampled: interpolated to as many streams as a stretch needs, and
/// decimated. So quiet stretches need little attenuation, and where 1 stream is enough nothing
/// changes but that. The excess is 20 dB below the signal at an RMS of 0.3 / drive, 37 dB at 0.1.
///   in, out      frames samples, a multiple of lane_count; `saturation_margin` more exist on both
///                sides of `in`
///   stretches    in order, each `until` a multiple of lane_count; the last reaches to `frames`
void saturate(const float* in, float* out, std::int64_t frames, double drive,
              std::span<const SaturationStretch> stretches, const Kernels& kernels);

inline constexpr int saturation_margin = 96;

/// A signal at stream_rate_hz at twice that rate: its samples, and the values halfway between them.
/// Flat to 20 kHz, 100 dB down from 28 kHz on.
[[nodiscard]] Signal at_double_rate(const Signal& in, const Kernels& kernels);

}  // namespace drumgen
