#pragma once

#include <cstdint>
#include <optional>

#include "drumgen/patch.h"
#include "drumgen/signal.h"
#include "dsp/kernels/kernels.h"

namespace drumgen {

struct PostChain {
    double sample_rate_hz = 48000;     ///< of the output
    bool is_draft = false;             ///< its band's edge is a rough one
    std::optional<double> duration_s;  ///< absent: cut where the sound has fallen 60 dB
    Level level = Level::true_peak;
    double loudness_target_lufs = 0;  ///< what Level::loudness brings the sound to
    double velocity_gain = 1;
    /// RMS of the loudest 5 ms of the same patch at velocity 1, at its level; absent at velocity 1
    /// and without a level.
    std::optional<double> hardest_level;
    std::optional<double> gain_db;  ///< after all else; absent, none
};

/// Longest output, seconds.
inline constexpr double longest_s = 8;

/// Highest true peak that a render may have: 0.95 of full scale, less what rounding to 16 bits, the
/// way to another rate and another meter's filter could add.
inline constexpr double true_peak_ceiling = 0.947;

/// What every sound passes last: band limit, length, output rate, fades to exact zero, removal of
/// DC, level. Length and level are decided at stream_rate_hz, so that they are the same at every
/// rate.
///   sound     as synthesised, at stream_rate_hz, its size a multiple of lane_count
///   returns   at chain.sample_rate_hz
[[nodiscard]] Signal finish(Signal sound, const PostChain& chain, const Kernels& kernels);

/// RMS of the loudest 5 ms that finish() would give the sound at velocity 1.
[[nodiscard]] double strike_level(Signal sound, const PostChain& chain, const Kernels& kernels);

/// Turns a finished sound down, as a patch's gain_db does: the same bits. gain_db <= 0.
void turn_down(Signal& sound, double gain_db) noexcept;

/// Gain of a hit of this velocity, 0..1: -13 dB at 0.3, -30 dB at 0.
[[nodiscard]] double velocity_gain(double velocity) noexcept;

}  // namespace drumgen
