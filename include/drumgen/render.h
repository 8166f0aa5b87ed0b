#pragma once

#include <cstddef>
#include <string>

#include "drumgen/patch.h"
#include "drumgen/signal.h"

namespace drumgen {

/// One or two channels of samples.
struct Sound {
    Signal samples;  ///< full scale is 1; of two channels the left one
    double sample_rate_hz = 48000;
    Signal right{};  ///< empty where there is one channel

    [[nodiscard]] bool is_stereo() const noexcept { return !right.empty(); }
    [[nodiscard]] int channels() const noexcept { return is_stereo() ? 2 : 1; }
    [[nodiscard]] std::size_t frames() const noexcept { return samples.size(); }
};

/// Sample rates of sounds of anybody's that can be measured, Hz.
inline constexpr double lowest_rate_hz = 4000;
inline constexpr double highest_rate_hz = 768000;

/// What is wrong with a sample rate, in Hz, of such a sound; empty when nothing is.
[[nodiscard]] std::string rate_problem(double rate_hz);

/// The middle of a sound: itself, or half of the sum of both channels.
[[nodiscard]] Sound mid_of(const Sound& sound);

/// What two channels have beside their middle: half of left less right. Of one channel empty.
[[nodiscard]] Signal side_of(const Sound& sound);

/// Renders a patch: synthesis, resampling, post chain. The same patch gives the same samples on
/// every CPU, compiler, thread count and batch.
[[nodiscard]] Sound render(const Resolved& patch);

}  // namespace drumgen
