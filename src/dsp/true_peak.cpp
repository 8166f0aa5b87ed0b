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

float true_peak(const float* in, std::int64_t frames, const Kernels& kernels) noexcept {
    static const std::array<Interpolator, 3> interpolators{design(0.25), design(0.5), design(0.75)};
    constexpr int block = 128;
    float top = kernels.peak(in, round_up_to_lanes(frames));
    for (std::int64_t at = -reach; at < frames; at += block) {
        const int count =
            static_cast<int>(std::min<std::int64_t>(block, round_up_to_lanes(frames - at)));
        // Most of a drum is too smooth or too quiet here to rise above what was found already.
        const float line = kernels.peak(in + at, count + lane_count);
        const float bend = kernels.peak_bend(in + at - reach, count + 2 * reach);
        for (const Interpolator& interpolator : interpolators) {
            if (line + interpolator.bend_gain * bend > top) {
                top =
                    std::max(top, kernels.peak_correlate(in + at - (reach - 1),
                                                         interpolator.weight.data(), taps, count));
            }
        }
    }
    return top;
}

}  // namespace drumgen
