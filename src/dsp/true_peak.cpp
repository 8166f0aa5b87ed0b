#include "dsp/true_peak.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"

namespace drumgen {

namespace {

constexpr int taps = 32;
constexpr int reach = taps / 2;

/// Interpolates at one place between the middle samples `reach - 1` and `reach` of `taps`.
struct Interpolator {
    std::array<float, taps> weight{};
    /// The value differs from the straight line between the two middle samples by at most this
    /// times the largest second difference under the filter.
    float bend_gain = 0;
};

Interpolator design(double place) {
    const WindowedSinc sinc(0.5, reach, kaiser_beta(80));
    std::array<double, taps> weight{};
    double sum = 0;
    for (int k = 0; k < taps; ++k) {
        weight[static_cast<std::size_t>(k)] = sinc(k - (reach - 1) - place);
        sum += weight[static_cast<std::size_t>(k)];
    }
    // Exact for constants and straight lines, so that the rest is a filter on second differences.
    double moment = 0;
    for (int k = 0; k < taps; ++k) {
        weight[static_cast<std::size_t>(k)] /= sum;
        moment += weight[static_cast<std::size_t>(k)] * (k - (reach - 1) - place);
    }
    weight[reach - 1] += moment;
    weight[reach] -= moment;

    Interpolator result;
    double first = 0;
    double second = 0;
    double gain = 0;
    for (int k = 0; k < taps; ++k) {
        result.weight[static_cast<std::size_t>(k)] =
            static_cast<float>(weight[static_cast<std::size_t>(k)]);
        double rest = weight[static_cast<std::size_t>(k)];
        rest -= k == reach - 1 ? 1 - place : 0;
        rest -= k == reach ? place : 0;
        first += rest;
        second += first;
        gain += second < 0 ? -second : second;
    }
    result.bend_gain = static_cast<float>(gain * 1.001);
    return result;
}

}  // namespace

float true_peak(const float* in, std::int64_t frames, const Kernels& kernels) {
    static const std::array<Interpolator, 3> interpolators{design(0.25), design(0.5), design(0.75)};
    constexpr int block = 128;
    // The sound's beginning, with silence before it.
    alignas(64) float front[true_peak_margin + 2 * block] = {};
    std::copy_n(in, std::min<std::int64_t>(frames + true_peak_margin, 2 * block),
                front + true_peak_margin);
    const auto from = [&](std::int64_t at) {
        return at < reach ? front + true_peak_margin + at : in + at;
    };
    struct Block {
        std::int64_t at;
        float level;
        float bend;
    };
    std::vector<Block> blocks;
    blocks.reserve(static_cast<std::size_t>(frames / block + 2));
    float top = 0;
    for (std::int64_t at = -reach; at < frames; at += block) {
        const int count = round_up_to_lanes(std::min<std::int64_t>(block, frames - at));
        Block& measured = blocks.emplace_back(Block{at, 0, 0});
        measured.level = kernels.peak_and_bend(from(at) - reach, count + 2 * reach, &measured.bend);
        top = std::max(top, measured.level);
    }
    for (const auto& [at, level, bend] : blocks) {
        const int count = round_up_to_lanes(std::min<std::int64_t>(block, frames - at));
        // Most of a drum is too smooth or too quiet here to rise above what was found already.
        for (const Interpolator& interpolator : interpolators) {
            if (level + interpolator.bend_gain * bend > top) {
                top =
                    std::max(top, kernels.peak_correlate(from(at) - (reach - 1),
                                                         interpolator.weight.data(), taps, count));
            }
        }
    }
    return top;
}

}  // namespace drumgen
