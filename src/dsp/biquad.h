#pragma once

#include <array>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Second-order section: y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2].
struct Biquad {
    double b0 = 1;
    double b1 = 0;
    double b2 = 0;
    double a1 = 0;
    double a2 = 0;
};

/// Band-pass of gain 1 at centre_hz, at stream_rate_hz. Its band is centre_hz / q wide.
///   centre_hz  0 < centre_hz < stream_rate_hz / 2
///   q          > 0
/// Source: R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter coefficients".
[[nodiscard]] Biquad band_pass(double centre_hz, double q) noexcept;

/// High-pass of gain q at cutoff_hz and 1 far above; the same source.
[[nodiscard]] Biquad high_pass(double cutoff_hz, double q) noexcept;

/// Low-pass of gain q at cutoff_hz and 1 far below; the same source.
[[nodiscard]] Biquad low_pass(double cutoff_hz, double q) noexcept;

/// By what factor an analog band-pass of gain 1 at middle_hz weakens a pitch.
[[nodiscard]] double band_loss(double hz, double middle_hz, double q) noexcept;

/// What the filter makes of white noise of RMS 1, in RMS.
/// Source: K. Astrom, "Introduction to Stochastic Control Theory", 1970, chapter 5.
[[nodiscard]] double noise_gain(const Biquad& biquad) noexcept;

/// The same of two filters in a row.
[[nodiscard]] double noise_gain(const Biquad& first, const Biquad& second) noexcept;

/// Time in which what a filter rings on falls 60 dB.
[[nodiscard]] double ring_s(const Biquad& biquad) noexcept;

/// A biquad that runs over vectors of time. Its denominator is multiplied by its own mirror images
/// until it holds only z^-16 and z^-32 (scattered look-ahead): what is left is a recursion that no
/// two samples of a vector share, behind the mirror images as filters in a row, of two taps each.
/// Poles and their added zeros cancel within float, 100 dB down, for poles as near to the unit
/// circle as those of 80 Hz.
/// Source: K. Parhi, D. Messerschmitt, "Pipeline interleaving and parallelism in recursive digital
/// filters", 1989.
class BlockBiquad {
public:
    /// Frames before the first that filter() reads of `in`.
    static constexpr int reach = 2 * lane_count;

    /// What the recursion goes on from; at rest all zero.
    using State = std::array<float, reach>;

    explicit BlockBiquad(const Biquad& biquad) noexcept;

    /// Filters a stretch.
    ///   out      must not overlap `in`
    ///   frames   a multiple of lane_count
    void filter(float* out, const float* in, State& state, int frames,
                const Kernels& kernels) const noexcept;

private:
    std::array<float, 13> weights_{};  // as the kernel takes them
};

/// A biquad that goes on from block to block.
class BiquadStage {
public:
    explicit BiquadStage(const Biquad& biquad) noexcept : filter_(biquad) {}

    /// Where the next block is written, at most block_frames.
    [[nodiscard]] float* in() noexcept { return in_ + reach; }

    /// What the filter makes of it; valid until the next block.
    const float* next(int count, const Kernels& kernels) noexcept;

private:
    static constexpr int reach = BlockBiquad::reach;

    BlockBiquad filter_;
    BlockBiquad::State state_{};
    alignas(64) float in_[reach + block_frames] = {};
    alignas(64) float out_[block_frames] = {};
};

/// Filters a whole sound.
///   sound   at stream_rate_hz, its size a multiple of lane_count
void filter_in_place(Signal& sound, const Biquad& biquad, const Kernels& kernels);

}  // namespace drumgen
