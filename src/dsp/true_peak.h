#pragma once

#include <cstdint>

#include "dsp/context.h"

namespace drumgen {

/// Largest magnitude of the signal between its samples: interpolated to four times its rate, and to
/// sixteen times where that is high, by a windowed sinc of 64 samples, flat within 0.02 dB up to
/// 0.46 of the sample rate. At least the largest sample.
///   in        frames samples; `true_peak_margin` readable zeros behind them
/// Source: ITU-R BS.1770-4, annex 2, with a longer filter and finer steps.
[[nodiscard]] float true_peak(const float* in, std::int64_t frames, const Kernels& kernels);

inline constexpr int true_peak_margin = 64;

}  // namespace drumgen
