#include "match/onsets.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/math.h"
#include "base/units.h"
#include "dsp/fft.h"

namespace drumgen {
namespace {

constexpr double window_s = 0.0232;
constexpr double hop_s = 0.0058;
constexpr std::size_t bands = 24;  ///< evenly spaced in pitch
constexpr double lowest_hz = 40;
constexpr double highest_hz = 16000;

/// Bins first..last - 1 of a band, at least one; none of a band above what the recording can hold.
struct Bins {
    std::size_t first = 0;
    std::size_t last = 0;
};

std::array<Bins, bands> bins_of(double bin_hz, std::size_t count) {
    std::array<Bins, bands> all{};
    const double step = math::log(highest_hz / lowest_hz) / bands;
    for (std::size_t b = 0; b < bands; ++b) {
        const double low = lowest_hz * math::exp(step * static_cast<double>(b));
        const double high = lowest_hz * math::exp(step * static_cast<double>(b + 1));
        const auto bin = [&](double hz) {
            return static_cast<std::size_t>(math::ceil(hz / bin_hz));
        };
        Bins bins{bin(low), std::min(bin(high), count)};
        if (bins.last <= bins.first) {
            const std::size_t middle = bin(math::sqrt(low * high) - bin_hz / 2);
            bins = middle < count ? Bins{middle, middle + 1} : Bins{};
        }
        all[b] = bins;
    }
    return all;
}

std::size_t frames_of(double seconds, double rate_hz) {
    return static_cast<std::size_t>(math::floor(seconds * rate_hz + 0.5));
}

using Levels = std::array<float, bands>;

/// How much each band holds in windows around every hop, compressed as the ear does it.
std::vector<Levels> levels_of(const Signal& samples, double rate_hz) {
    const std::size_t length = frames_of(window_s, rate_hz);
    const std::size_t hop = frames_of(hop_s, rate_hz);
    std::size_t size = 8;
    while (size < length) {
        size *= 2;
    }
    std::vector<double> window(length);
    for (std::size_t k = 0; k < length; ++k) {
        const double cycles = static_cast<double>(k) / static_cast<double>(length - 1);
        window[k] = 0.5 - 0.5 * math::cos_cycles(cycles);
    }
    PowerSpectrum transform(static_cast<int>(size));
    const std::array<Bins, bands> bins = bins_of(rate_hz / static_cast<double>(size), size / 2 + 1);
    std::vector<double> block(size, 0.0);
    std::vector<double> power;
    std::vector<Levels> levels;
    float largest = 0;
    // The last window ends with the recording: one beyond would hear it break off.
    for (std::size_t middle = 0; middle == 0 || middle + length / 2 <= samples.size();
         middle += hop) {
        for (std::size_t k = 0; k < length; ++k) {
            const std::size_t at = middle + k;  // half a window further than the sample is
            const bool is_there = at >= length / 2 && at - length / 2 < samples.size();
            block[k] = is_there ? window[k] * static_cast<double>(samples[at - length / 2]) : 0.0;
        }
        transform(block, power);
        Levels level{};
        for (std::size_t b = 0; b < bands; ++b) {
            double sum = 0;
            for (std::size_t bin = bins[b].first; bin < bins[b].last; ++bin) {
                sum += math::sqrt(power[bin]);
            }
            level[b] = static_cast<float>(sum);
            largest = std::max(largest, level[b]);
        }
        levels.push_back(level);
    }
    constexpr double compression = 1000;
    const double scale = largest > 0 ? compression / static_cast<double>(largest) : 0;
    for (Levels& level : levels) {
        for (float& band : level) {
            band = static_cast<float>(math::log(1 + scale * static_cast<double>(band)));
        }
    }
    return levels;
}

/// Hops that a time takes.
constexpr std::size_t hops(double seconds) {
    return static_cast<std::size_t>((2 * seconds + hop_s) / (2 * hop_s));
}

/// How far the bands rise above the loudest of what was shortly before, the mean of all.
std::vector<float> flux_of(const std::vector<Levels>& levels) {
    constexpr std::size_t rise = hops(0.012);
    constexpr std::size_t hold = hops(0.03);
    std::vector<float> flux;
    for (std::size_t k = 0; k < levels.size(); ++k) {
        float sum = 0;
        for (std::size_t b = 0; b < bands; ++b) {
            float before = 0;
            for (std::size_t back = rise; back <= rise + hold && back <= k; ++back) {
                before = std::max(before, levels[k - back][b]);
            }
            sum += std::max(levels[k][b] - before, 0.0F);
        }
        flux.push_back(sum / static_cast<float>(bands));
    }
    return flux;
}

/// Where the flux is the largest around, and stands out from what was before.
std::vector<std::size_t> peaks_of(const std::vector<float>& flux, float least) {
    constexpr std::size_t near = hops(0.03);
    constexpr std::size_t past = hops(0.06);
    std::vector<std::size_t> peaks;
    std::vector<float> around;
    for (std::size_t k = 0; k < flux.size(); ++k) {
        const auto at = flux.begin() + static_cast<std::ptrdiff_t>(k);
        const auto from = at - static_cast<std::ptrdiff_t>(std::min(k, near));
        const auto until = at + static_cast<std::ptrdiff_t>(std::min(flux.size() - k, near + 1));
        if (*at < least || *at < *std::max_element(from, until)) {
            continue;
        }
        around.assign(at - static_cast<std::ptrdiff_t>(std::min(k, past)), at + 1);
        around.resize(past + 1, 0.0F);  // silence before the beginning
        const auto median = around.begin() + static_cast<std::ptrdiff_t>(around.size() / 2);
        std::nth_element(around.begin(), median, around.end());
        const bool is_apart = peaks.empty() || k - peaks.back() >= near;
        if (*at >= *median + least && is_apart) {
            peaks.push_back(k);
        }
    }
    return peaks;
}

/// Where the rise to a peak begins.
std::size_t begin_of(const std::vector<float>& flux, std::size_t peak) {
    constexpr std::size_t longest = hops(0.045);
    std::size_t begin = peak;
    while (begin > 0 && peak - begin < longest && flux[begin - 1] >= 0.5F * flux[peak]) {
        --begin;
    }
    return begin;
}

/// Of the 30 ms behind an onset.
double energy_behind(const Sound& recording, double onset_s) {
    const std::size_t first = frames_of(onset_s, recording.sample_rate_hz);
    const std::size_t end =
        std::min(recording.samples.size(), first + frames_of(0.03, recording.sample_rate_hz));
    double energy = 0;
    for (std::size_t k = first; k < end; ++k) {
        const auto sample = static_cast<double>(recording.samples[k]);
        energy += sample * sample;
    }
    return energy;
}

}  // namespace

std::vector<double> onsets_of(const Sound& recording, double sensitivity) {
    constexpr double clear = 0.13;  // what stands out from what was before
    constexpr double strong = 1.4;  // what can't belong to the hit before
    constexpr double fair = 0.6;    // nor can this, when it is as loud as the loudest less
    constexpr double loud_db = 9;
    constexpr double late_s = 0.2;  // and that far from the first
    constexpr double octaves = 4;   // that they move by
    const double factor = math::pow(2, octaves * (standard_sensitivity - sensitivity));
    const std::vector<float> flux = flux_of(levels_of(recording.samples, recording.sample_rate_hz));
    std::vector<std::size_t> peaks = peaks_of(flux, static_cast<float>(clear * factor));
    if (peaks.empty()) {
        const auto largest = std::max_element(flux.begin(), flux.end());
        if (largest == flux.end() || *largest == 0) {
            return {};
        }
        peaks.push_back(static_cast<std::size_t>(largest - flux.begin()));
    }
    const double rate_hz = recording.sample_rate_hz;
    const double step_s = static_cast<double>(frames_of(hop_s, rate_hz)) / rate_hz;
    std::vector<double> onsets;
    std::vector<double> levels;
    for (const std::size_t peak : peaks) {
        onsets.push_back(static_cast<double>(begin_of(flux, peak)) * step_s);
        levels.push_back(energy_behind(recording, onsets.back()));
    }
    const double loudest = *std::max_element(levels.begin(), levels.end());
    bool has_many = false;
    for (std::size_t n = 1; n < peaks.size(); ++n) {
        const auto stands_out = static_cast<double>(flux[peaks[n]]);
        const bool is_loud =
            db_from_power(loudest / std::max(levels[n], 1e-12)) <= loud_db / factor;
        const bool is_late = onsets[n] - onsets[0] >= late_s;
        has_many |=
            stands_out >= strong * factor || (stands_out >= fair * factor && is_loud && is_late);
    }
    onsets.resize(has_many ? onsets.size() : 1);
    return onsets;
}

}  // namespace drumgen
