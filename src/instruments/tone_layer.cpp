#include "instruments/tone_layer.h"

#include <algorithm>
#include <numbers>
#include <vector>

#include "base/math.h"
#include "dsp/noise.h"
#include "dsp/oversample.h"

namespace drumgen {
namespace {

/// Input of the saturation below which the harmonics of a pitch that lie beyond half the output rate
/// are 85 dB down: tanh gives harmonic n about (level / pi)^(n - 1) of the first.
double clean_level(double pitch_hz) noexcept {
    constexpr double ratio_log = -85.0 / 20 * 2.302585092994046;  // ln(10)
    const auto folded = 2 * math::floor(stream_rate_hz / 2 / pitch_hz / 2 + 0.5) + 1;
    return std::numbers::pi * math::exp(ratio_log / static_cast<double>(folded - 1));
}

/// Time from which a layer stays inside half the output rate without oversampling, seconds from the
/// trigger: it has begun, its noise FM, weighted with its level, has become narrow, and it is saturated
/// so little that its harmonics stay inside too.
double narrow_from_s(const ToneLayer& layer, double drive) noexcept {
    constexpr double narrow_hz = 40;  // the aliasing law is measured with it
    constexpr double onset_s = 0.003;
    constexpr double low_hz = 1300;  // below it, harmonics that fold are measured to be too soft
    const Envelope& envelope = layer.settings.envelope;
    const double spread_hz = layer.loudness() * layer.deviation_hz;
    const double calm_s =
        spread_hz > narrow_hz ? layer.deviation_tau_s * math::log(spread_hz / narrow_hz) : 0;
    const double narrow_s = envelope.delay_s + std::max(envelope.attack_s + onset_s, calm_s);
    if (layer.sweep.end_hz < low_hz) {
        return narrow_s;
    }
    const double level = layer.loudness() * drive;
    const double clean = clean_level(layer.sweep.end_hz);
    return level > clean ? std::max(narrow_s, envelope.time_below_s(clean / level)) : narrow_s;
}

/// The tones, saturated.
Signal render_tones(std::span<const ToneLayer> layers, double drive, std::int64_t frames,
                    const RenderContext& context) {
    const Kernels& kernels = *context.kernels;
    std::vector<PhaseNoise> noises;
    double wide_s = 0;
    for (const ToneLayer& layer : layers) {
        const bool is_heard = layer.loudness() > 0;
        noises.emplace_back(random_stream(context.seed, layer.name),
                            is_heard ? layer.deviation_hz : 0, layer.deviation_tau_s, frames,
                            kernels);
        wide_s = is_heard ? std::max(wide_s, narrow_from_s(layer, drive)) : wide_s;
    }
    const auto block = [&](double start_s, float* out, int count) {
        std::fill_n(out, count, 0.0F);
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const auto voice = [&](double since_s, const float* gain, float* sound, int n) {
                render_fm_sine(layers[i].sweep, noises[i], since_s, gain, sound, n, kernels);
            };
            mix_layer(layers[i].settings, layers[i].level, voice, start_s, out, count, kernels);
        }
        kernels.tanh_drive(out, out, static_cast<float>(drive), count);
    };
    const bool is_draft = context.oversampling <= 2;
    return sample(context, frames, is_draft ? 0 : math::ceil(wide_s * stream_rate_hz), block);
}

}  // namespace

Share ToneLayer::share(double drive) const noexcept {
    const double driven = drive * loudness();
    return {&settings, math::tanh(driven), driven};
}

Signal render_layers(std::span<const ToneLayer> tones, double drive,
                     std::span<const NoiseLayer> noises, const RenderContext& context) {
    std::vector<Share> shares;
    for (const ToneLayer& tone : tones) {
        shares.push_back(tone.share(drive));
    }
    for (const NoiseLayer& noise : noises) {
        shares.push_back(noise.share());
    }
    Signal sound = render_tones(tones, drive, frames_of(shares, context), context);
    for (const NoiseLayer& noise : noises) {
        add_noise_layer(noise, sound, context);
    }
    return sound;
}

}  // namespace drumgen
