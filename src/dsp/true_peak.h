#pragma once

#include <cstdint>

#include "dsp/context.h"

namespace drumgen {

/// How much of its rate a signal has: up to 0.46 of it, or as band_limit leaves it, up to 0.42.
enum class Bandwidth { any, limited };

/// Largest magnitude of the signal between its samples: interpolated to four times its rate, and to
/// sixteen times where that is high, by a windowed sinc of 64 samples, or of 36 where its band is
/// limited, flat within 0.02 dB over its band. At least the largest sample.
///   in        frames samples; `true_peak_margin` readable zeros behind them
///   least     what is returned at least: what does not reach it is not looked at
/// Source: ITU-R BS.1770-4, annex 2, with a longer filter and finer steps.
[[nodiscard]] float true_peak(const float* in, std::int64_t frames, Bandwidth bandwidth,
                              const Kernels& kernels, float least = 0);

inline constexpr int true_peak_margin = 64;

}  // namespace drumgen
