#pragma once

#include <cstdint>
#include <span>

#include "base/random.h"
#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// A two-pole filter.
struct FilterSection {
    enum class Kind { high_pass, low_pass };
    Kind kind = Kind::high_pass;
    double cutoff_hz = 1000;  ///< a low-pass from 20 kHz on is none
    double q = 0.7071067811865476;
    double share = 1;  ///< of the sound that is filtered; the rest passes
};

/// Filters in a row, at stream_rate_hz, as their impulse response: no recursion, no state, and its
/// inner loop is one correlation. For filters that have rung out after `taps` frames.
class ShortFilter {
public:
    /// Source: the bilinear transform, as in R. Bristow-Johnson, "Cookbook formulae for audio EQ
    /// biquad filter coefficients".
    ShortFilter(std::span<const FilterSection> sections, int taps);

    [[nodiscard]] int taps() const noexcept { return static_cast<int>(weights_.size()); }

    /// What the filter makes of noise of RMS 1 in RMS.
    [[nodiscard]] double noise_gain() const noexcept;

    /// out[j] = the filter's output at in[j]; reads taps() - 1 values before in. frames is a
    /// multiple of lane_count; out must not overlap in.
    void apply(const float* in, float* out, int frames, const Kernels& kernels) const noexcept;

private:
    Signal weights_;  // the last of the response first
};

/// Adds white noise of RMS 1 under an envelope, then through the filter: how steep the envelope is
/// does not matter, no more than in a synthesizer whose filter comes last.
///   index      of the first value of the noise; may be negative, where the envelope is 0
///   envelope   `frames` values, a multiple of lane_count
///   out        `frames` values; the first taps() of them lack what the noise before them rings on
void add_shaped_noise(RandomStream stream, const ShortFilter& filter, std::int64_t index,
                      const float* envelope, int frames, double level, float* out,
                      const Kernels& kernels);

}  // namespace drumgen
