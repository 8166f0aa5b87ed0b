#pragma once

#include <cstdint>
#include <optional>

#include "drumgen/patch.h"
#include "drumgen/render.h"
#include "dsp/kernels/kernels.h"
#include "render/stereo.h"

namespace drumgen {

/// A hit at its level.
struct Strike {
    double level = 0;        ///< RMS of the loudest 5 ms of its middle, as one channel
    double stereo_gain = 1;  ///< what two channels are turned down by beside that one
};

struct PostChain {
    double sample_rate_hz = 48000;     ///< of the output
    bool is_draft = false;             ///< its band's edge is a rough one
    std::optional<double> duration_s;  ///< absent: cut where the sound has fallen 60 dB
    Level level = Level::true_peak;
    double loudness_target_lufs = 0;  ///< what Level::loudness brings the sound to
    double velocity_gain = 1;
    /// The same patch at velocity 1; absent at velocity 1 and without a level.
    std::optional<Strike> hardest;
    double width = 0;               ///< what the side is taken by
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
/// Half of the sum of two channels is what one channel would be, times one factor where the peak of
/// a channel is higher than that. A softer hit has its middle at that factor, and less of a side whose
/// peak stands out too far.
///   sound     as synthesised, at stream_rate_hz, its sizes a multiple of lane_count
///   returns   at chain.sample_rate_hz
[[nodiscard]] Sound finish(MidSide sound, const PostChain& chain, const Kernels& kernels);

/// What finish() would make of the sound at velocity 1.
[[nodiscard]] Strike strike_of(MidSide sound, const PostChain& chain, const Kernels& kernels);

/// Turns a finished sound down, as a patch's gain_db does: the same bits. gain_db <= 0.
void turn_down(Sound& sound, double gain_db) noexcept;

/// Gain of a hit of this velocity, 0..1: -13 dB at 0.3, -30 dB at 0.
[[nodiscard]] double velocity_gain(double velocity) noexcept;

}  // namespace drumgen
