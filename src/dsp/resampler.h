#pragma once

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// A sound at stream_rate_hz at one of the output rates: 44.1, 48, 88.2 or 96 kHz.
///   frames    frames wanted of the result; beyond the sound's end they are 0
[[nodiscard]] Signal at_output_rate(const Signal& in, double rate_hz, std::int64_t frames,
                                    const Kernels& kernels);

/// Resamples 48 to 44.1 kHz, or 96 to 88.2 kHz: ratio 147 / 160, linear phase, no delay. Flat
/// within 0.01 dB up to 20 kHz (40 kHz), at least 100 dB down from half the new rate on.
///   frames    frames wanted of the result
[[nodiscard]] Signal resample_147_160(const Signal& in, std::int64_t frames,
                                      const Kernels& kernels);

}  // namespace drumgen
