#pragma once

#include <cstdint>

#include "dsp/context.h"

namespace drumgen {

/// Largest magnitude of the signal interpolated to four times its rate: windowed sinc of 32 samples,
/// flat within 0.02 dB up to 0.43 of the sample rate. At least the largest sample.
///   in        frames samples; `true_peak_margin` readable zeros behind them
/// Source: ITU-R BS.1770-4, annex 2, with a longer filter.
[[nodiscard]] float true_peak(const float* in, std::int64_t frames, const Kernels& kernels);

inline constexpr int true_peak_margin = 64;

}  // namespace drumgen
