#include "explore/features.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "base/math.h"
#include "dsp/fft.h"
#include "dsp/true_peak.h"
#include "explore/pitch.h"

namespace drumgen {

namespace {

constexpr double silence_db = -200;

double to_db(double power_ratio) noexcept {
    return power_ratio > 1e-20 ? 10 * math::log(power_ratio) / math::log(10) : silence_db;
}

void measure_levels(const Sound& sound, Features& features) {
    double sum = 0;
    double energy = 0;
    double weighted = 0;
    for (std::size_t k = 0; k < sound.samples.size(); ++k) {
        const double x = static_cast<double>(sound.samples[k]);
        sum += x;
        energy += x * x;
        weighted += x * x * static_cast<double>(k);
        features.peak = std::max(features.peak, x < 0 ? -x : x);
    }
    const auto frames = static_cast<std::int64_t>(sound.samples.size());
    const auto count = static_cast<double>(std::max<std::int64_t>(frames, 1));
    features.duration_s = static_cast<double>(frames) / sound.sample_rate_hz;
    features.dc = sum / count;
    features.rms = math::sqrt(energy / count);
    if (energy > 0) {
        features.crest_db = to_db(features.peak * features.peak / (energy / count));
        features.temporal_centroid_s = weighted / energy / sound.sample_rate_hz;
    }
    Signal padded(sound.samples.size() + 3 * true_peak_margin, 0.0F);
    std::copy(sound.samples.begin(), sound.samples.end(), padded.begin() + true_peak_margin);
    features.true_peak =
        static_cast<double>(true_peak(padded.data() + true_peak_margin, frames, kernels()));
}

/// Decay times by backward integration, which does not waver with the cycles of a low tone.
/// Source: M. R. Schroeder, "New method of measuring reverberation time", 1965.
void measure_decay(const Sound& sound, Features& features) {
    double to_come = 0;
    std::vector<double> energy(sound.samples.size());
    for (std::size_t k = sound.samples.size(); k-- > 0;) {
        const double x = static_cast<double>(sound.samples[k]);
        to_come += x * x;
        energy[k] = to_come;
    }
    const auto time_below = [&](double ratio) {
        std::size_t k = 0;
        while (k < energy.size() && energy[k] > energy[0] * ratio) {
            ++k;
        }
        return static_cast<double>(k) / sound.sample_rate_hz;
    };
    features.t20_s = time_below(1e-2);
    features.t40_s = time_below(1e-4);
    features.t60_s = time_below(1e-6);
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

void measure_spectrum(const Sound& sound, Features& features) {
    const std::vector<double> power = whole_spectrum(sound);
    const double bin_hz = sound.sample_rate_hz / (2 * static_cast<double>(power.size() - 1));
    double all = 0;
    double amplitude = 0;
    double moment = 0;
    double log_sum = 0;
    double audible = 0;
    double count = 0;
    constexpr double half_octave = 1.41421356237309504880;
    std::array<double, octave_hz.size()> octaves{};
    std::size_t lowest_band = 0;
    for (std::size_t k = 1; k < power.size(); ++k) {
        const double hz = bin_hz * static_cast<double>(k);
        const double magnitude = math::sqrt(power[k]);
        all += power[k];
        amplitude += magnitude;
        moment += magnitude * hz;
        features.sub_100_share += hz >= 20 && hz <= 100 ? power[k] : 0;
        features.sub_3k_share += hz < 3000 ? power[k] : 0;
        if (hz >= 20 && hz <= 20000) {
            log_sum += math::log(std::max(power[k], 1e-30));
            audible += power[k];
            count += 1;
        }
        while (lowest_band < octaves.size() && hz >= octave_hz[lowest_band] * half_octave) {
            ++lowest_band;
        }
        // The nominal bands overlap a little, so a bin may lie in two.
        for (std::size_t band = lowest_band;
             band < octaves.size() && hz >= octave_hz[band] / half_octave; ++band) {
            octaves[band] += power[k];
        }
    }
    if (all <= 0) {
        features.octave_db.fill(silence_db);
        return;
    }
    features.spectral_centroid_hz = moment / amplitude;
    features.flatness = audible > 0 ? math::exp(log_sum / count) / (audible / count) : 0;
    features.sub_100_share /= all;
    features.sub_3k_share /= all;
    for (std::size_t band = 0; band < octaves.size(); ++band) {
        features.octave_db[band] = to_db(octaves[band] / all);
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
        FeatureRow{"dc", &Features::dc},
        FeatureRow{"t20_s", &Features::t20_s},
        FeatureRow{"t40_s", &Features::t40_s},
        FeatureRow{"t60_s", &Features::t60_s},
        FeatureRow{"temporal_centroid_s", &Features::temporal_centroid_s},
        FeatureRow{"spectral_centroid_hz", &Features::spectral_centroid_hz},
        FeatureRow{"flatness", &Features::flatness},
        FeatureRow{"sub_100_share", &Features::sub_100_share},
        FeatureRow{"sub_3k_share", &Features::sub_3k_share},
        FeatureRow{"f0_hz", &Features::f0_hz},
    };
    return rows;
}

Features measure_features(const Sound& sound) {
    Features features;
    measure_levels(sound, features);
    measure_decay(sound, features);
    measure_spectrum(sound, features);
    features.f0_hz =
        settled_pitch_hz(sound, features.temporal_centroid_s, features.t40_s, features.dc);
    return features;
}

}  // namespace drumgen
