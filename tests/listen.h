#pragma once

#include <cmath>
#include <complex>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "drumgen/render.h"
#include "dsp/biquad.h"
#include "param/state.h"

/// What tests of instruments do with sounds.
namespace drumgen::listen {

using Settings = std::vector<std::pair<std::string, double>>;

[[nodiscard]] inline Patch patch_of(const char* instrument, const Settings& settings,
                                    std::uint64_t seed = 1) {
    Patch patch = empty_patch(find_instrument(instrument));
    patch.seed = seed;
    Stating stating;
    for (const auto& [key, value] : settings) {
        state_number(patch, key, value, stating);
    }
    REQUIRE(stating.problems.empty());
    return patch;
}

[[nodiscard]] inline Signal sound_of(const char* instrument, const Settings& settings,
                                     std::uint64_t seed = 1) {
    return render(resolve(patch_of(instrument, settings, seed))).samples;
}

/// The part of a sound near a frequency: amplitude and phase against it, in a Hann window about an
/// instant.
[[nodiscard]] inline std::complex<double> partial(const Sound& sound, double hz, double centre_s,
                                                  double width_s) {
    const double half = width_s / 2 * sound.sample_rate_hz;
    const double centre = centre_s * sound.sample_rate_hz;
    std::complex<double> sum = 0;
    double weights = 0;
    for (double k = std::ceil(centre - half); k <= centre + half; ++k) {
        const bool inside = k >= 0 && k < static_cast<double>(sound.samples.size());
        const double sample =
            inside ? static_cast<double>(sound.samples[static_cast<std::size_t>(k)]) : 0;
        const double weight = 0.5 + 0.5 * std::cos(M_PI * (k - centre) / half);
        sum += weight * sample * std::polar(1.0, -2 * M_PI * hz * k / sound.sample_rate_hz);
        weights += weight;
    }
    return 2.0 * sum / weights;
}

/// Level of a sound at 48 kHz at a pitch, dB.
[[nodiscard]] inline double level_db(const Signal& sound, double hz, double from_s, double to_s) {
    const std::complex<double> there =
        partial({sound, 48000}, hz, (from_s + to_s) / 2, to_s - from_s);
    return 20 * std::log10(std::abs(there) + 1e-12);
}

/// Energy of a stretch of a sound at 48 kHz.
[[nodiscard]] inline double energy(const Signal& sound, double from_s, double to_s) {
    double sum = 0;
    for (auto k = static_cast<std::size_t>(from_s * 48000);
         k < std::min(sound.size(), static_cast<std::size_t>(to_s * 48000)); ++k) {
        sum += std::pow(static_cast<double>(sound[k]), 2);
    }
    return sum;
}

/// The sound behind a filter.
[[nodiscard]] inline Signal filtered(Signal sound, const Biquad& biquad) {
    sound.resize(
        static_cast<std::size_t>(round_up_to_lanes(static_cast<std::int64_t>(sound.size()))), 0.0F);
    filter_in_place(sound, biquad, kernels());
    return sound;
}

/// How many times the energy of 2 ms rises above a part of the loudest, after it was below a tenth of
/// that part.
[[nodiscard]] inline int bursts(const Signal& sound, double part) {
    std::vector<double> levels;
    double loudest = 0;
    for (double at = 0; at < static_cast<double>(sound.size()) / 48000; at += 0.001) {
        levels.push_back(energy(sound, at, at + 0.002));
        loudest = std::max(loudest, levels.back());
    }
    int count = 0;
    bool is_quiet = true;
    for (const double level : levels) {
        if (is_quiet && level > part * loudest) {
            ++count;
            is_quiet = false;
        }
        is_quiet = is_quiet || level < part * loudest / 10;
    }
    return count;
}

}  // namespace drumgen::listen
