#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// A low-pass in the shape of a Gaussian, as a FIR filter with a delay of its own:
/// |H(f)| = exp(-(f / cutoff_hz)^2 / 2), never above 1, its phase exactly that of the delay. Below
/// its cutoff it loses what a one-pole filter of that cutoff loses.
struct GaussianDelay {
    /// cutoff_hz   at most stream_rate_hz / 8, where the sampled curve is exact to float
    /// frames      delay, any number from `shortest_frames` of the same cutoff on
    GaussianDelay(double cutoff_hz, double frames);

    [[nodiscard]] static double shortest_frames(double cutoff_hz) noexcept;

    std::vector<float> weights;  ///< their sum is 1; the first reads the oldest sample
    int oldest = 0;              ///< frames that the first weight reads back

    /// Frames that the last weight reads back: the longest block of a loop.
    [[nodiscard]] int newest() const noexcept {
        return oldest - static_cast<int>(weights.size()) + 1;
    }

    /// The run that filters from `in` on; reads `oldest` samples before it.
    [[nodiscard]] CorrelateRun run(const float* in) const noexcept {
        return {in - oldest, weights.data(), static_cast<int>(weights.size())};
    }
};

/// Four delay lines that feed each other through a matrix.
struct DelayNetwork {
    static constexpr std::size_t line_count = 4;

    std::array<double, line_count> delay_frames{};

    /// Orthogonal: feedback[i][j] is what line i gets of line j.
    std::array<std::array<double, line_count>, line_count> feedback{};

    /// Cutoff of the GaussianDelay that each line is.
    double damping_hz = 4000;

    /// Of what each line answers. A quarter is their mean: right for lines that sound as one; half
    /// gives four that sound for themselves the same energy.
    double answer = 0.25;
};

/// A network every line of which gets the same input. It gives that input, and what the lines
/// answer. There is no loss in the loops but the damping: a decay common to all lines is a factor
/// exp(-t / tau) of the whole answer, and the caller's envelope applies it. The matrix is
/// orthogonal and no filter's gain is above 1 at any frequency, so the energy in the lines can't
/// grow and no clip is needed; rounding (1e-7 a pass) is the only other change. Runs in blocks over
/// time, as long as the shortest line allows; their length changes no bit.
class FeedbackDelayNetwork {
public:
    explicit FeedbackDelayNetwork(const DelayNetwork& network);

    /// The next frames after `in`, which holds as many; null for silence.
    ///   frames   a multiple of lane_count
    void next(float* out, const float* in, int frames, const Kernels& kernels) noexcept;

private:
    static constexpr std::size_t line_count = DelayNetwork::line_count;

    [[nodiscard]] float* line(std::size_t index) noexcept {
        return lines_.data() + index * static_cast<std::size_t>(history_ + stretch_frames);
    }

    /// Frames that are computed before the lines' history moves to the front of its buffer: all
    /// lines stay in the first cache.
    static constexpr int stretch_frames = 1024;

    std::vector<GaussianDelay> delays_;
    std::array<float, line_count * line_count> feedback_{};
    float answer_ = 0;
    float through_ = 0;
    int longest_block_ = 0;
    int history_ = 0;  // frames that stay readable before the stretch
    int filled_ = 0;   // frames of the stretch
    Signal lines_;     // what entered each line
};

}  // namespace drumgen
