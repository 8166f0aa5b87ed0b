#pragma once

#include <cstdint>
#include <optional>

#include "drumgen/patch.h"
#include "drumgen/signal.h"
#include "dsp/kernels/kernels.h"

namespace drumgen {

struct PostChain {
    double sample_rate_hz = 48000;
    std::optional<std::int64_t> frames;  ///< absent: cut where the sound has fallen 60 dB
    Level level = Level::true_peak;
    double velocity_gain = 1;
    std::optional<double> gain_db;  ///< after all else; absent, none
};

/// Highest true peak that a render may have: 0.95 of full scale, less what rounding to 16 bits and
/// another meter's filter could add.
inline constexpr double true_peak_ceiling = 0.9499;

/// What every sound passes last: length, fades to exact zero, removal of DC, level.
///   sound     as synthesised and resampled; with room to spare it is finished in place
[[nodiscard]] Signal finish(Signal sound, const PostChain& chain, const Kernels& kernels);

/// Turns a finished sound down, as a patch's gain_db does: the same bits. gain_db <= 0.
void turn_down(Signal& sound, double gain_db) noexcept;

/// Gain of a hit of this velocity, 0..1: -13 dB at 0.3, -30 dB at 0.
[[nodiscard]] double velocity_gain(double velocity) noexcept;

}  // namespace drumgen
