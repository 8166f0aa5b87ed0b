#include "dsp/true_peak.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"

namespace drumgen {

namespace {

constexpr int taps = 64;
constexpr int half_taps = taps / 2;

/// Places between two samples that are looked at, a quarter of a sample apart and then a sixteenth.
constexpr int coarse = 4;
constexpr int fine = 16;

/// Between two coarse places a curve rises above them by at most this times its second difference:
/// (1 / 4)^2 / 8, times what the second derivative of a sine at half the rate is to that, times 2 as
/// the largest difference may fall between samples.
constexpr float between_coarse = 0.04F;

/// A rise by less than this, 0.005 dB, is not looked for.
constexpr float least_rise = 6e-4F;

/// Interpolates at one place between the middle samples `half_taps - 1` and `half_taps` of `taps`.
struct Interpolator {
    std::array<float, taps> weight{};
    /// The value differs from the straight line between the two middle samples by at most this
    /// times the largest second difference under the filter.
    float bend_gain = 0;
};

Interpolator design(double place) {
    const WindowedSinc sinc(0.5, half_taps, kaiser_beta(80));
    std::array<double, taps> weight{};
    double sum = 0;
    for (int k = 0; k < taps; ++k) {
        weight[static_cast<std::size_t>(k)] = sinc(k - (half_taps - 1) - place);
        sum += weight[static_cast<std::size_t>(k)];
    }
    // Exact for constants and straight lines, so that the rest is a filter on second differences.
    double moment = 0;
    for (int k = 0; k < taps; ++k) {
        weight[static_cast<std::size_t>(k)] /= sum;
        moment += weight[static_cast<std::size_t>(k)] * (k - (half_taps - 1) - place);
    }
    weight[half_taps - 1] += moment;
    weight[half_taps] -= moment;

    Interpolator result;
    double first = 0;
    double second = 0;
    double gain = 0;
    for (int k = 0; k < taps; ++k) {
        result.weight[static_cast<std::size_t>(k)] =
            static_cast<float>(weight[static_cast<std::size_t>(k)]);
        double rest = weight[static_cast<std::size_t>(k)];
        rest -= k == half_taps - 1 ? 1 - place : 0;
        rest -= k == half_taps ? place : 0;
        first += rest;
        second += first;
        gain += second < 0 ? -second : second;
    }
    result.bend_gain = static_cast<float>(gain * 1.001);
    return result;
}

const std::vector<Interpolator>& coarse_interpolators() {
    static const std::vector<Interpolator> all{design(0.25), design(0.5), design(0.75)};
    return all;
}

/// Those between the coarse places, designed only when a sound needs them.
const std::vector<Interpolator>& fine_interpolators() {
    static const std::vector<Interpolator> all = [] {
        std::vector<Interpolator> between;
        for (int place = 1; place < fine; ++place) {
            if (place % (fine / coarse) != 0) {
                between.push_back(design(static_cast<double>(place) / fine));
            }
        }
        return between;
    }();
    return all;
}

/// A stretch of a sound, and how high it is.
struct Block {
    std::int64_t at = 0;
    float level = 0;
    float bend = 0;
    float interpolated = 0;  ///< highest at the coarse places; 0 where nobody looked
};

}  // namespace

float true_peak(const float* in, std::int64_t frames, const Kernels& kernels) {
    constexpr int block = 128;
    // The sound's beginning, with silence before it.
    constexpr int silent = 2 * half_taps + lane_count;
    alignas(64) float front[silent + 2 * block] = {};
    std::copy_n(in, std::min<std::int64_t>(frames + true_peak_margin, 2 * block), front + silent);
    const auto from = [&](std::int64_t at) {
        return at < half_taps ? front + silent + at : in + at;
    };
    const auto count_at = [frames](std::int64_t at) {
        return round_up_to_lanes(std::min<std::int64_t>(block, frames - at));
    };
    const auto look = [&](std::int64_t at, const Interpolator& interpolator) {
        return kernels.peak_correlate(from(at) - (half_taps - 1), interpolator.weight.data(), taps,
                                      count_at(at));
    };
    std::vector<Block> blocks;
    blocks.reserve(static_cast<std::size_t>(frames / block + 2));
    float top = 0;
    for (std::int64_t at = -half_taps; at < frames; at += block) {
        Block& measured = blocks.emplace_back(Block{at});
        measured.level = kernels.peak_and_bend(from(at) - half_taps, count_at(at) + 2 * half_taps,
                                               &measured.bend);
        top = std::max(top, measured.level);
    }
    for (Block& measured : blocks) {
        // Most of a drum is too smooth or too quiet here to rise above what was found already.
        for (const Interpolator& interpolator : coarse_interpolators()) {
            if (measured.level + interpolator.bend_gain * measured.bend > top) {
                measured.interpolated =
                    std::max(measured.interpolated, look(measured.at, interpolator));
                top = std::max(top, measured.interpolated);
            }
        }
    }
    float highest = top;
    for (const Block& measured : blocks) {
        const float rise = between_coarse * measured.bend;
        if (rise <= least_rise * top || measured.interpolated + rise <= highest) {
            continue;
        }
        for (const Interpolator& interpolator : fine_interpolators()) {
            highest = std::max(highest, look(measured.at, interpolator));
        }
    }
    return highest;
}

}  // namespace drumgen
