#include "render/post_chain.h"

#include <algorithm>
#include <vector>

#include "base/math.h"
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

void fade(float* sound, std::int64_t frames, std::int64_t in, std::int64_t out) noexcept {
    for (std::int64_t k = 0; k < in; ++k) {
        const double gain = smooth(static_cast<double>(k) / static_cast<double>(in));
        sound[k] *= static_cast<float>(gain);
    }
    for (std::int64_t k = 0; k < out; ++k) {
        const double gain = smooth(static_cast<double>(k) / static_cast<double>(out));
        sound[frames - 1 - k] *= static_cast<float>(gain * gain);
    }
}

/// A sound between zeros, as the true-peak meter needs it.
class Padded {
public:
    explicit Padded(std::int64_t frames)
        : samples_(static_cast<std::size_t>(2 * true_peak_margin + round_up_to_lanes(frames)),
                   0.0F) {}
    [[nodiscard]] float* data() noexcept { return samples_.data() + true_peak_margin; }

private:
    Signal samples_;
};

/// Takes the DC out: subtracts a pulse t exp(-t / centre), faded like the sound, of the same sum. A
/// high-pass that did the same within a sound's length would bend the pitch and the peaks of a 30 Hz
/// kick; the pulse holds nothing above a few Hz and dies before the sound does.
void remove_dc(float* sound, std::int64_t frames, double centre, std::int64_t fade_in,
               std::int64_t fade_out, const Kernels& kernels) {
    const int padded_frames = round_up_to_lanes(frames);
    Signal pulse(static_cast<std::size_t>(padded_frames));
    alignas(64) float rise[256];
    const auto rate = static_cast<float>(1 / centre);
    for (int at = 0; at < padded_frames; at += 256) {
        const int count = std::min(256, padded_frames - at);
        const auto start = static_cast<float>(at);
        kernels.decay(pulse.data() + at, count, start * rate, rate, 1.0F, 0.0F);
        const float step = 1.0F / static_cast<float>(frames);
        kernels.ramp(rise, count, start * step, step);
        kernels.multiply(pulse.data() + at, pulse.data() + at, rise, count);
    }
    fade(pulse.data(), frames, fade_in, fade_out);
    std::fill(pulse.begin() + frames, pulse.end(), 0.0F);
    const float area = kernels.sum(pulse.data(), padded_frames);
    if (area > 0) {
        const float amount = kernels.sum(sound, padded_frames) / area;
        kernels.add_scaled(sound, pulse.data(), -amount, padded_frames);
    }
}

}  // namespace

double velocity_gain(double velocity) noexcept {
    const double x = 0.1 + 0.9 * velocity;
    return x * math::sqrt(x);
}

Signal finish(const Signal& sound, const PostChain& chain, const Kernels& kernels) {
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
    const std::int64_t fade_in = to_frames(fade_in_s);

    Padded padded(frames);
    const std::int64_t copied = std::min(frames, static_cast<std::int64_t>(sound.size()));
    std::copy_n(sound.begin(), copied, padded.data());
    fade(padded.data(), frames, fade_in, fade_out);
    // A decay that fits the file is over after 13 of its energy's centres; whatever ends sooner
    // takes the pulse with it.
    const double centre = std::min(energy_centre(curve), static_cast<double>(frames) / 13);
    remove_dc(padded.data(), frames, centre, fade_in, fade_out, kernels);

    const double peak = true_peak(padded.data(), frames, kernels);
    const double to_ceiling = peak > 0 ? true_peak_ceiling / peak : 1;
    const double level = chain.level == Level::none ? std::min(1.0, to_ceiling) : to_ceiling;
    Signal out(static_cast<std::size_t>(round_up_to_lanes(frames)));
    kernels.scale(out.data(), padded.data(), static_cast<float>(level * chain.velocity_gain),
                  static_cast<int>(out.size()));
    out.resize(static_cast<std::size_t>(frames));
    return out;
}

}  // namespace drumgen
