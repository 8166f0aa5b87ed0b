#include "dsp/true_peak.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"

namespace drumgen {

namespace {

constexpr int most_taps = 64;

/// Weights of an interpolation, for as much of the rate as a signal has.
constexpr int taps_for(Bandwidth bandwidth) {
    return bandwidth == Bandwidth::limited ? 36 : most_taps;
}

/// Places between two samples that are looked at, a quarter of a sample apart and then a sixteenth.
constexpr int coarse = 4;
constexpr int fine = 16;

/// Between two coarse places a curve rises above them by at most this times its second difference:
/// (1 / 4)^2 / 8, times what the second derivative of a sine at half the rate is to that, times 2 as
/// the largest difference may fall between samples.
constexpr float between_coarse = 0.04F;

/// A rise by less than this, 0.005 dB, is not looked for.
constexpr float least_rise = 6e-4F;

/// Interpolates at one place between the middle samples half - 1 and half of 2 half ones.
struct Interpolator {
    std::array<float, most_taps> weight{};
    /// The value differs from the straight line between the two middle samples by at most this
    /// times the largest second difference under the filter.
    float bend_gain = 0;
};

Interpolator design(double place, int taps) {
    const int half = taps / 2;
    const WindowedSinc sinc(0.5, half, kaiser_beta(80));
    std::array<double, most_taps> weight{};
    double sum = 0;
    for (int k = 0; k < taps; ++k) {
        weight[static_cast<std::size_t>(k)] = sinc(k - (half - 1) - place);
        sum += weight[static_cast<std::size_t>(k)];
    }
    // Exact for constants and straight lines, so that the rest is a filter on second differences.
    double moment = 0;
    for (int k = 0; k < taps; ++k) {
        weight[static_cast<std::size_t>(k)] /= sum;
        moment += weight[static_cast<std::size_t>(k)] * (k - (half - 1) - place);
    }
    weight[static_cast<std::size_t>(half - 1)] += moment;
    weight[static_cast<std::size_t>(half)] -= moment;

    Interpolator result;
    double first = 0;
    double second = 0;
    double gain = 0;
    for (int k = 0; k < taps; ++k) {
        result.weight[static_cast<std::size_t>(k)] =
            static_cast<float>(weight[static_cast<std::size_t>(k)]);
        double rest = weight[static_cast<std::size_t>(k)];
        rest -= k == half - 1 ? 1 - place : 0;
        rest -= k == half ? place : 0;
        first += rest;
        second += first;
        gain += second < 0 ? -second : second;
    }
    result.bend_gain = static_cast<float>(gain * 1.001);
    return result;
}

using Interpolators = std::vector<Interpolator>;

Interpolators coarse_ones(Bandwidth bandwidth) {
    const int taps = taps_for(bandwidth);
    return {design(0.25, taps), design(0.5, taps), design(0.75, taps)};
}

/// Those between the coarse places.
Interpolators fine_ones(Bandwidth bandwidth) {
    Interpolators between;
    for (int place = 1; place < fine; ++place) {
        if (place % (fine / coarse) != 0) {
            between.push_back(design(static_cast<double>(place) / fine, taps_for(bandwidth)));
        }
    }
    return between;
}

/// What is designed when a sound first needs it.
template <Interpolators (*design_all)(Bandwidth)>
const Interpolators& designed(Bandwidth bandwidth) {
    if (bandwidth == Bandwidth::limited) {
        static const Interpolators limited = design_all(bandwidth);
        return limited;
    }
    static const Interpolators any = design_all(bandwidth);
    return any;
}

/// A stretch of a sound, and how high it is.
struct Block {
    std::int64_t at = 0;
    float level = 0;
    float bend = 0;
    float interpolated = 0;  ///< highest at the coarse places; 0 where nobody looked
};

}  // namespace

float true_peak(const float* in, std::int64_t frames, Bandwidth bandwidth, const Kernels& kernels,
                float least) {
    constexpr int block = 128;
    constexpr int half_taps = most_taps / 2;  // of the longer filter: what is in reach of a block
    const int taps = taps_for(bandwidth);
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
        return kernels.peak_correlate(from(at) - (taps / 2 - 1), interpolator.weight.data(), taps,
                                      count_at(at));
    };
    std::vector<Block> blocks;
    blocks.reserve(static_cast<std::size_t>(frames / block + 2));
    float top = least;
    for (std::int64_t at = -half_taps; at < frames; at += block) {
        Block& measured = blocks.emplace_back(Block{at});
        measured.level = kernels.peak_and_bend(from(at) - half_taps, count_at(at) + 2 * half_taps,
                                               &measured.bend);
        top = std::max(top, measured.level);
    }
    // The loudest first: the most is soon found, and others need not be looked at.
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const Block& a, const Block& b) { return a.level > b.level; });
    for (Block& measured : blocks) {
        // Most of a drum is too smooth or too quiet here to rise above what was found already.
        for (const Interpolator& interpolator : designed<coarse_ones>(bandwidth)) {
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
        for (const Interpolator& interpolator : designed<fine_ones>(bandwidth)) {
            highest = std::max(highest, look(measured.at, interpolator));
        }
    }
    return highest;
}

}  // namespace drumgen
