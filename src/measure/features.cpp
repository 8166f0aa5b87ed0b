#include "measure/features.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/bits.h"
#include "base/math.h"
#include "base/units.h"
#include "dsp/fft.h"
#include "dsp/true_peak.h"
#include "measure/pitch.h"
#include "render/loudness.h"

namespace drumgen {

namespace {

void measure_levels(const Sound& sound, Features& features) {
    const Signal& samples = sound.samples;
    // Each in some sums that vectors hold.
    constexpr std::size_t lanes = 8;
    std::array<double, lanes> sums{};
    std::array<double, lanes> energies{};
    std::array<double, lanes> moments{};
    std::array<float, lanes> peaks{};
    const auto add = [&](std::size_t from, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const float sample = samples[from + i];
            const double x = static_cast<double>(sample);
            sums[i] += x;
            energies[i] += x * x;
            moments[i] += x * x * static_cast<double>(static_cast<std::int32_t>(from + i));
            const float size = sample < 0 ? -sample : sample;
            peaks[i] = size > peaks[i] ? size : peaks[i];
        }
    };
    std::size_t at = 0;
    for (; at + lanes <= samples.size(); at += lanes) {
        add(at, lanes);
    }
    add(at, samples.size() - at);
    const auto all = [](const std::array<double, lanes>& of) {
        return ((of[0] + of[1]) + (of[2] + of[3])) + ((of[4] + of[5]) + (of[6] + of[7]));
    };
    const double energy = all(energies);
    features.peak = static_cast<double>(*std::max_element(peaks.begin(), peaks.end()));
    const auto frames = static_cast<std::int64_t>(samples.size());
    const auto count = static_cast<double>(std::max<std::int64_t>(frames, 1));
    features.duration_s = static_cast<double>(frames) / sound.sample_rate_hz;
    features.dc = all(sums) / count;
    features.rms = math::sqrt(energy / count);
    if (energy > 0) {
        features.crest_db = level_db(features.peak * features.peak / (energy / count));
        features.temporal_centroid_s = all(moments) / energy / sound.sample_rate_hz;
    }
    Signal padded(samples.size() + 3 * true_peak_margin, 0.0F);
    std::copy(samples.begin(), samples.end(), padded.begin() + true_peak_margin);
    features.true_peak = static_cast<double>(
        true_peak(padded.data() + true_peak_margin, frames, Bandwidth::any, kernels()));
}

/// Decay times by backward integration, which does not waver with the cycles of a low tone: for
/// each, the first frame from which on no more energy comes than that share of all.
/// Source: M. R. Schroeder, "New method of measuring reverberation time", 1965.
void measure_decay(const Sound& sound, Features& features) {
    const Signal& samples = sound.samples;
    const double all =
        features.rms * features.rms * static_cast<double>(std::max<std::size_t>(samples.size(), 1));
    std::array<std::pair<double, double*>, 3> times{std::pair{1e-6, &features.t60_s},
                                                    std::pair{1e-4, &features.t40_s},
                                                    std::pair{1e-2, &features.t20_s}};
    double to_come = 0;
    std::size_t k = samples.size();
    for (const auto& [share, time] : times) {
        while (k > 0) {
            const double x = static_cast<double>(samples[k - 1]);
            if (to_come + x * x > all * share) {
                break;
            }
            to_come += x * x;
            --k;
        }
        *time = static_cast<double>(k) / sound.sample_rate_hz;
    }
}

/// Power spectrum of the whole sound at once: band energies are then exact, whatever the rate.
std::vector<double> whole_spectrum(const Sound& sound) {
    const std::size_t size = std::bit_ceil(std::max<std::size_t>(sound.samples.size(), 1024));
    std::vector<double> block(size);
    std::copy(sound.samples.begin(), sound.samples.end(), block.begin());
    std::vector<double> power;
    PowerSpectrum spectrum(static_cast<int>(size));
    spectrum(block, power);
    return power;
}

/// Bins of a power spectrum from a frequency on and below another.
class Bins {
public:
    Bins(const std::vector<double>& power, double bin_hz) : power_(power), bin_hz_(bin_hz) {}

    /// The first bin at or above hz; never the one of DC.
    [[nodiscard]] std::size_t from(double hz) const {
        const auto bin = static_cast<std::size_t>(math::ceil(hz / bin_hz_));
        return std::clamp<std::size_t>(bin, 1, power_.size());
    }

    /// Energy of the bins first..last - 1. Four sums, so that the CPU need not wait for one.
    [[nodiscard]] double energy(std::size_t first, std::size_t last) const {
        double sums[4]{};
        for (std::size_t k = first; k < last; ++k) {
            sums[k % 4] += power_[k];
        }
        return (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }

    /// Energy between two frequencies, each bin shared out where an edge falls into it: so that it
    /// does not depend on where the bins stand.
    [[nodiscard]] double energy_between(double low_hz, double high_hz) const {
        const auto up_to = [this](double hz) {
            // Bin k stands for k - 1 / 2 to k + 1 / 2.
            const double place = hz / bin_hz_ + 0.5;
            const auto whole = static_cast<std::size_t>(math::floor(place));
            return std::pair(std::clamp<std::size_t>(whole, 1, power_.size()),
                             whole < 1 || whole >= power_.size()
                                 ? 0.0
                                 : power_[whole] * (place - static_cast<double>(whole)));
        };
        const auto [first, before] = up_to(low_hz);
        const auto [last, more] = up_to(high_hz);
        return std::max(energy(first, last) - before + more, 0.0);
    }

    /// Mean of the logarithm of their power.
    [[nodiscard]] double mean_log(std::size_t first, std::size_t last) const {
        // The logarithm of a product, taken before its exponent runs over.
        constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52) - 1;
        constexpr std::uint64_t exponent_of_1 = std::uint64_t{1023} << 52;
        constexpr std::size_t most = 512;
        double sum = 0;
        double product = 1;
        std::int64_t exponents = 0;
        for (std::size_t k = first; k < last; ++k) {
            const auto bits = bit_cast<std::uint64_t>(std::max(power_[k], 1e-30));
            exponents += static_cast<std::int64_t>(bits >> 52) - 1023;
            product *= bit_cast<double>((bits & mantissa) | exponent_of_1);
            if ((k - first) % most == most - 1) {
                sum += math::log(product);
                product = 1;
            }
        }
        sum += math::log(product) + static_cast<double>(exponents) * math::ln_2;
        return sum / static_cast<double>(std::max<std::size_t>(last - first, 1));
    }

    /// Centre of their energy on a scale of octaves, Hz.
    [[nodiscard]] double centroid_hz(std::size_t first, std::size_t last) const {
        double energies = 0;
        double moments = 0;
        for (std::size_t from = first; from < last;) {
            // A fiftieth of an octave counts as one place, which is off by 2e-5 octaves at most.
            const std::size_t to = std::min(last, from + 1 + from / 64);
            double energy = 0;
            double moment = 0;
            for (std::size_t k = from; k < to; ++k) {
                energy += power_[k];
                moment += power_[k] * static_cast<double>(k);
            }
            if (energy > 0) {
                energies += energy;
                moments += energy * math::log(moment / energy * bin_hz_);
            }
            from = to;
        }
        return energies > 0 ? math::exp(moments / energies) : 0;
    }

private:
    const std::vector<double>& power_;
    double bin_hz_;
};

void measure_spectrum(const Sound& sound, Features& features) {
    const std::vector<double> power = whole_spectrum(sound);
    const double bin_hz = sound.sample_rate_hz / (2 * static_cast<double>(power.size() - 1));
    const Bins bins(power, bin_hz);
    const double all = bins.energy(1, power.size());
    if (all <= 0) {
        features.octave_db.fill(silence_db);
        return;
    }
    const std::size_t lowest = bins.from(20);
    const std::size_t highest = bins.from(20000);
    const double audible = bins.energy(lowest, highest) /
                           static_cast<double>(std::max<std::size_t>(highest - lowest, 1));
    features.spectral_centroid_hz = bins.centroid_hz(lowest, power.size());
    features.flatness = audible > 0 ? math::exp(bins.mean_log(lowest, highest)) / audible : 0;
    features.sub_100_share = bins.energy_between(20, 100) / all;
    features.sub_3k_share = bins.energy_between(bin_hz, 3000) / all;
    constexpr double half_octave = 1.41421356237309504880;
    for (std::size_t band = 0; band < octave_hz.size(); ++band) {
        const double energy =
            bins.energy_between(octave_hz[band] / half_octave, octave_hz[band] * half_octave);
        features.octave_db[band] = level_db(energy / all);
    }
}

}  // namespace

std::span<const FeatureRow> feature_rows() {
    static constexpr std::array rows{
        FeatureRow{"duration_s", &Features::duration_s},
        FeatureRow{"peak", &Features::peak},
        FeatureRow{"true_peak", &Features::true_peak},
        FeatureRow{"rms", &Features::rms},
        FeatureRow{"crest_db", &Features::crest_db},
        FeatureRow{"loudness_lufs", &Features::loudness_lufs, true},
        FeatureRow{"dc", &Features::dc},
        FeatureRow{"t20_s", &Features::t20_s},
        FeatureRow{"t40_s", &Features::t40_s},
        FeatureRow{"t60_s", &Features::t60_s},
        FeatureRow{"temporal_centroid_s", &Features::temporal_centroid_s},
        FeatureRow{"spectral_centroid_hz", &Features::spectral_centroid_hz, true},
        FeatureRow{"flatness", &Features::flatness, true},
        FeatureRow{"sub_100_share", &Features::sub_100_share, true},
        FeatureRow{"sub_3k_share", &Features::sub_3k_share, true},
        FeatureRow{"f0_hz", &Features::f0_hz, true},
    };
    return rows;
}

Features measure_levels_and_times(const Sound& sound) {
    Features features;
    measure_levels(sound, features);
    measure_decay(sound, features);
    return features;
}

namespace {

/// Of one channel.
Features measure_one(const Sound& sound) {
    Features features = measure_levels_and_times(sound);
    measure_spectrum(sound, features);
    features.loudness_lufs = loudness_lufs(sound.samples, sound.sample_rate_hz);
    features.f0_hz =
        settled_pitch_hz(sound, features.temporal_centroid_s, features.t40_s, features.dc);
    return features;
}

double larger(double a, double b) noexcept {
    return std::abs(a) > std::abs(b) ? a : b;
}

}  // namespace

ChannelLevels measure_channel(const Signal& channel, double sample_rate_hz) {
    Features features;
    measure_levels({channel, sample_rate_hz}, features);
    return {features.peak, features.true_peak, features.rms, features.dc};
}

Features measure_features(const Sound& sound) {
    if (!sound.is_stereo()) {
        return measure_one(sound);
    }
    Features features = measure_one(mid_of(sound));
    const ChannelLevels left = measure_channel(sound.samples, sound.sample_rate_hz);
    const ChannelLevels right = measure_channel(sound.right, sound.sample_rate_hz);
    features.peak = std::max(left.peak, right.peak);
    features.true_peak = std::max(left.true_peak, right.true_peak);
    features.dc = larger(left.dc, right.dc);
    features.rms = math::sqrt((left.rms * left.rms + right.rms * right.rms) / 2);
    if (features.rms > 0) {
        const double crest = features.peak / features.rms;
        features.crest_db = level_db(crest * crest);
    }
    features.loudness_lufs = loudness_lufs(sound.samples, sound.right, sound.sample_rate_hz);
    return features;
}

StereoFeatures measure_stereo(const Sound& sound) {
    StereoFeatures features;
    if (!sound.is_stereo()) {
        return features;
    }
    double left = 0;
    double right = 0;
    double both = 0;
    for (std::size_t k = 0; k < sound.frames(); ++k) {
        const auto x = static_cast<double>(sound.samples[k]);
        const auto y = static_cast<double>(sound.right[k]);
        left += x * x;
        right += y * y;
        both += x * y;
    }
    const double mid = left + right + 2 * both;
    const double side = left + right - 2 * both;
    features.width = mid > 0 ? math::sqrt(std::max(side, 0.0) / mid) : 0;
    features.correlation = left * right > 0 ? both / math::sqrt(left * right) : 1;
    features.balance_db = left * right > 0 ? db_from_power(left / right) : 0;
    return features;
}

}  // namespace drumgen
