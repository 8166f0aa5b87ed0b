#include "render/post_chain.h"

#include <algorithm>
#include <vector>

#include "base/math.h"
#include "base/units.h"
#include "dsp/context.h"
#include "dsp/true_peak.h"

namespace drumgen {

namespace {

constexpr double fade_in_s = 0.0001;      // long enough for a first sample of 0, too short to hear
constexpr double fade_out_s = 0.02;       // the last 64 samples are below 1e-3 whatever is cut
constexpr double natural_fade_s = 0.005;  // after the sound has fallen 60 dB
constexpr double least_length_s = 0.05;

/// Energy of the sound, millisecond by millisecond.
struct LevelCurve {
    int step;  ///< frames of each
    std::vector<float> energies;
};

LevelCurve measure(const Signal& sound, double sample_rate_hz, const Kernels& kernels) {
    const int step = sample_rate_hz > 50000 ? 6 * lane_count : 3 * lane_count;
    LevelCurve curve{step, {}};
    const auto size = static_cast<std::int64_t>(sound.size());
    for (std::int64_t at = 0; at + step <= size; at += step) {
        curve.energies.push_back(kernels.dot(sound.data() + at, sound.data() + at, step));
    }
    return curve;
}

/// Frame from which every 5 ms are 60 dB below the loudest 5 ms.
std::int64_t natural_end(const LevelCurve& curve) {
    constexpr std::size_t window = 5;
    std::vector<float> sums;
    float loudest = 0;
    for (std::size_t k = 0; k < curve.energies.size(); ++k) {
        float sum = 0;
        for (std::size_t i = k; i < std::min(k + window, curve.energies.size()); ++i) {
            sum += curve.energies[i];
        }
        sums.push_back(sum);
        loudest = std::max(loudest, sum);
    }
    std::size_t end = sums.size();
    while (end > 0 && sums[end - 1] <= loudest * 0.9e-6F) {
        --end;
    }
    return static_cast<std::int64_t>(end + window) * curve.step;
}

/// Centre of the sound's energy in frames.
double energy_centre(const LevelCurve& curve) {
    double weighted = 0;
    double total = 0;
    double at = 0.5 * curve.step;
    for (const float energy : curve.energies) {
        weighted += at * energy;
        total += energy;
        at += curve.step;
    }
    return total > 0 ? weighted / total : at;
}

/// 0 to 1 with level ends. Source: the smoothstep of J. Perlin's noise, 1985.
double smooth(double x) noexcept {
    return x * x * (3 - 2 * x);
}

/// The fades at both ends of a sound.
struct Fades {
    std::int64_t frames;  ///< of the sound
    std::int64_t in;
    std::int64_t out;

    /// Fades `count` samples that begin at frame `at`.
    void apply(float* block, std::int64_t at, int count) const noexcept {
        for (std::int64_t k = at; k < std::min(in, at + count); ++k) {
            block[k - at] *=
                static_cast<float>(smooth(static_cast<double>(k) / static_cast<double>(in)));
        }
        apply_end(block, at, count);
    }

    /// The same at the end only.
    void apply_end(float* block, std::int64_t at, int count) const noexcept {
        for (std::int64_t k = std::max(at, frames - out); k < at + count; ++k) {
            const auto left = static_cast<double>(std::max<std::int64_t>(frames - 1 - k, 0));
            const double gain = smooth(left / static_cast<double>(out));
            block[k - at] *= static_cast<float>(gain * gain);
        }
    }
};

/// Takes the DC out: subtracts a pulse t exp(-t / centre), faded out like the sound, of the same
/// sum. A high-pass that did the same within a sound's length would bend the pitch and the peaks of
/// a 30 Hz kick; the pulse holds nothing above a few Hz and dies before the sound does.
void remove_dc(float* sound, double centre, const Fades& fades, const Kernels& kernels) {
    alignas(64) float fall[block_frames];
    const int padded_frames = round_up_to_lanes(fades.frames);
    const auto rate = static_cast<float>(1 / centre);
    const auto pulse = [&](int at, int count) {
        kernels.decay(fall, count, static_cast<float>(at) * rate, rate, 1.0F, 0.0F);
    };
    // The pulse where it is faded is summed, what stands before it is a series.
    const auto fading = static_cast<int>(std::max<std::int64_t>(fades.frames - fades.out, 0) /
                                         block_frames * block_frames);
    const double ratio = math::exp(-1 / centre);
    const double n = fading;
    double area = n < 1 ? 0
                        : ratio * (1 - math::exp(-(n - 1) / centre) * (n - (n - 1) * ratio)) /
                              ((1 - ratio) * (1 - ratio));
    const auto each_faded_block = [&](const auto& use) {
        for (int at = fading; at < padded_frames; at += block_frames) {
            const int count = std::min(block_frames, padded_frames - at);
            pulse(at, count);
            fades.apply_end(fall, at, count);
            use(at, count);
        }
    };
    each_faded_block([&](int at, int count) {
        alignas(64) float ramped[block_frames] = {};
        kernels.add_ramped(ramped, fall, static_cast<float>(at), 1.0F, count);
        area += static_cast<double>(kernels.sum(ramped, count));
    });
    if (area <= 0) {
        return;
    }
    const double amount = -static_cast<double>(kernels.sum(sound, padded_frames)) / area;
    const auto step = static_cast<float>(amount);
    const auto add = [&](int at, int count) {
        kernels.add_ramped(sound + at, fall, static_cast<float>(amount * at), step, count);
    };
    for (int at = 0; at < fading; at += block_frames) {
        pulse(at, block_frames);
        add(at, block_frames);
    }
    each_faded_block(add);
}

}  // namespace

double velocity_gain(double velocity) noexcept {
    const double x = 0.1 + 0.9 * velocity;
    return x * math::sqrt(x);
}

void turn_down(Signal& sound, double gain_db) noexcept {
    const auto gain = static_cast<float>(gain_from_db(gain_db));
    for (float& sample : sound) {
        sample *= gain;
    }
}

Signal finish(Signal sound, const PostChain& chain, const Kernels& kernels) {
    const double rate = chain.sample_rate_hz;
    const auto to_frames = [&](double seconds) { return math::ceil(seconds * rate); };
    const LevelCurve curve = measure(sound, rate, kernels);
    std::int64_t fade_out = to_frames(fade_out_s);
    std::int64_t frames = 0;
    if (chain.frames) {
        frames = *chain.frames;
    } else {
        const auto rendered = static_cast<std::int64_t>(sound.size());
        frames = natural_end(curve) + to_frames(natural_fade_s);
        if (frames <= rendered) {
            fade_out = to_frames(natural_fade_s);
        }
        frames = std::max(std::min(frames, rendered), to_frames(least_length_s));
    }
    const Fades fades{frames, to_frames(fade_in_s), fade_out};

    // In place, before the zeros that the true-peak meter needs: fresh memory costs a page fault
    // for every 1000 samples.
    const std::int64_t kept = std::min(frames, static_cast<std::int64_t>(sound.size()));
    const int padded_frames = round_up_to_lanes(frames);
    sound.resize(static_cast<std::size_t>(padded_frames + true_peak_margin));
    float* const samples = sound.data();
    std::fill(samples + kept, samples + padded_frames + true_peak_margin, 0.0F);

    fades.apply(samples, 0, padded_frames);
    // A decay that fits the file is over after 13 of its energy's centres; whatever ends sooner
    // takes the pulse with it.
    const double centre = std::min(energy_centre(curve), static_cast<double>(frames) / 13);
    remove_dc(samples, centre, fades, kernels);

    const double peak = static_cast<double>(true_peak(samples, frames, kernels));
    const double to_ceiling = peak > 0 ? true_peak_ceiling / peak : 1;
    const double level = chain.level == Level::none ? std::min(1.0, to_ceiling) : to_ceiling;
    kernels.scale(samples, samples, static_cast<float>(level * chain.velocity_gain), padded_frames);
    sound.resize(static_cast<std::size_t>(frames));
    if (chain.gain_db) {
        turn_down(sound, *chain.gain_db);
    }
    return sound;
}

}  // namespace drumgen
