#include "instruments/tone_layer.h"

#include <algorithm>
#include <numbers>
#include <optional>
#include <vector>

#include "base/math.h"
#include "dsp/noise.h"
#include "dsp/oversample.h"

namespace drumgen {
namespace {

/// How far below what is wanted aliases may lie, nepers: 85 dB.
constexpr double alias_nepers = 85.0 / 20 * 2.302585092994046;  // ln(10)

/// Input of the saturation below which the harmonics of a pitch that lie beyond half the output rate
/// are 85 dB down: tanh gives harmonic n about (level / pi)^(n - 1) of the first.
double clean_level(double pitch_hz) noexcept {
    const auto folded = 2 * math::floor(stream_rate_hz / 2 / pitch_hz / 2 + 0.5) + 1;
    return std::numbers::pi * math::exp(-alias_nepers / static_cast<double>(folded - 1));
}

/// Time from which a layer stays inside half the output rate without oversampling, but for the
/// harmonics of the saturation, seconds from the trigger: it has begun, and its noise FM, weighted
/// with its level, has become narrow.
double calm_from_s(const ToneLayer& layer) noexcept {
    constexpr double narrow_hz = 40;  // the aliasing law is measured with it
    constexpr double onset_s = 0.003;
    const Envelope& envelope = layer.settings.envelope;
    const double spread_hz = layer.loudness() * layer.deviation_hz;
    const double calm_s =
        spread_hz > narrow_hz ? layer.deviation_tau_s * math::log(spread_hz / narrow_hz) : 0;
    return envelope.delay_s + std::max(envelope.attack_s + onset_s, calm_s);
}

/// Pitch of the highest tone that is heard.
double highest_hz(std::span<const ToneLayer> layers) noexcept {
    double highest = 0;
    for (const ToneLayer& layer : layers) {
        highest = layer.loudness() > 0 ? std::max(highest, layer.sweep.end_hz) : highest;
    }
    return highest;
}

/// Tones so low that their harmonics that fold are measured to be too soft.
bool are_low(std::span<const ToneLayer> layers, Bending bending) noexcept {
    constexpr double low_hz = 1300;
    return highest_hz(layers) < low_hz && bending == Bending::gentle;
}

/// Time from which the tones together stay inside half the output rate without oversampling.
double narrow_from_s(std::span<const ToneLayer> layers, double drive, Bending bending) noexcept {
    const double highest = highest_hz(layers);
    if (highest == 0) {
        return 0;
    }
    // Of several tones the products have as many terms as there are ways to reach them.
    const auto tones = static_cast<double>(layers.size());
    const double clean = clean_level(highest) / (tones * tones);
    const bool is_bent = !are_low(layers, bending);
    double narrow_s = 0;
    for (const ToneLayer& layer : layers) {
        const double level = layer.loudness() * drive;
        if (layer.loudness() == 0) {
            continue;
        }
        narrow_s = std::max(narrow_s, calm_from_s(layer));
        if (is_bent && level > clean) {
            narrow_s = std::max(narrow_s, layer.settings.envelope.time_below_s(clean / level));
        }
    }
    return narrow_s;
}

/// Mean of tanh(edge * (sine - bias)) over a cycle: of enough places that no harmonic is left in it.
double mean_of_pulses(double edge, double bias) noexcept {
    constexpr int places = 96;
    double sum = 0;
    for (int k = 0; k < places; ++k) {
        sum += math::tanh(edge * (math::sin_cycles(static_cast<double>(k) / places) - bias));
    }
    return sum / places;
}

/// How the sine of a tone becomes pulses of peak 1 to peak -1 at the most, without DC.
struct PulseShape {
    double mean = 0;
    double scale = 1;

    explicit PulseShape(const ToneLayer& layer) noexcept {
        if (layer.edge > 0) {
            mean = layer.bias > 0 ? mean_of_pulses(layer.edge, layer.bias) : 0;
            const double top = math::tanh(layer.edge * (1 - layer.bias));
            const double bottom = math::tanh(layer.edge * (1 + layer.bias));
            scale = 2 / (top + bottom);
        }
    }
};

/// A tone under an envelope that may stand where the sound goes.
void render_tone(const ToneLayer& layer, const PulseShape& shape, const PhaseNoise& noise,
                 double since_s, const float* gain, float* out, int frames,
                 const Kernels& kernels) {
    if (layer.edge == 0) {
        render_fm_sine(layer.sweep, noise, since_s, gain, out, frames, kernels);
        return;
    }
    alignas(64) float ones[block_frames];
    alignas(64) float wave[block_frames];
    std::fill_n(ones, frames, 1.0F);
    render_fm_sine(layer.sweep, noise, since_s, ones, wave, frames, kernels);
    kernels.add_scaled(wave, ones, static_cast<float>(-layer.bias), frames);
    kernels.tanh_drive(wave, wave, static_cast<float>(layer.edge), frames);
    kernels.add_scaled(wave, ones, static_cast<float>(-shape.mean), frames);
    kernels.multiply(out, wave, gain, frames);
    kernels.scale(out, out, static_cast<float>(shape.scale), frames);
}

/// A tone that only dies away, after its attack.
class RingingTone {
public:
    /// Does the layer have one pitch, and no more than that?
    [[nodiscard]] static bool suits(const ToneLayer& layer) noexcept {
        return layer.sweep.start_hz == layer.sweep.end_hz && layer.edge == 0 &&
               layer.deviation_hz == 0;
    }

    /// Adds a block of it, if that is a part in which it dies away.
    ///   settings   of the layer, to its end
    [[nodiscard]] bool add_to(const ToneLayer& layer, const LayerSettings& settings, double start_s,
                              float* out, int count, const Kernels& kernels) {
        const double lasting_s = count / stream_rate_hz;
        const Envelope& envelope = settings.envelope;
        std::optional<Fall> fall = fall_of(envelope, start_s, lasting_s);
        if (!fall) {
            return false;
        }
        if (layer.loudness() > 0 && settings.sounds(start_s, start_s + lasting_s)) {
            fall->from_s -= envelope.delay_s;
            if (!sine_ || sine_->fall() != *fall) {
                sine_.emplace(layer.sweep.end_hz, *fall);
            }
            sine_->add_to(out, start_s - envelope.delay_s, layer.loudness(), count, kernels);
        }
        return true;
    }

private:
    std::optional<RingingSine> sine_;  // of the part that was added last
};

/// The tones, saturated.
Signal render_tones(std::span<const ToneLayer> layers, double drive, Bending bending,
                    std::int64_t frames, const RenderContext& context) {
    const Kernels& kernels = *context.kernels;
    if (layers.empty()) {
        const auto all = static_cast<std::size_t>(round_up_to_lanes(frames));
        Signal silence;
        silence.reserve(all + room_after);
        silence.resize(all);
        std::fill(silence.begin(), silence.end(), 0.0F);
        return silence;
    }
    std::vector<PhaseNoise> noises;
    const std::vector<PulseShape> shapes(layers.begin(), layers.end());
    for (const ToneLayer& layer : layers) {
        const bool is_heard = layer.loudness() > 0;
        noises.emplace_back(random_stream(context.seed, layer.name),
                            is_heard ? layer.deviation_hz : 0, layer.deviation_tau_s, frames,
                            kernels);
    }
    std::vector<RingingTone> ringing(layers.size());
    std::vector<LayerSettings> heard;
    for (const ToneLayer& layer : layers) {
        LayerSettings& settings = heard.emplace_back(layer.settings);
        const double level = std::max(drive, 1.0) * layer.loudness();
        if (level > context.quiet_tone) {
            settings.end_s = std::min(settings.end_s,
                                      settings.envelope.time_below_s(context.quiet_tone / level));
        }
    }
    const auto block = [&](double start_s, float* out, int count) {
        std::fill_n(out, count, 0.0F);
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (RingingTone::suits(layers[i]) &&
                ringing[i].add_to(layers[i], heard[i], start_s, out, count, kernels)) {
                continue;
            }
            const auto voice = [&](double since_s, const float* gain, float* sound, int n) {
                render_tone(layers[i], shapes[i], noises[i], since_s, gain, sound, n, kernels);
            };
            mix_layer(heard[i], layers[i].level, voice, start_s, out, count, kernels);
        }
        if (drive > 0) {
            kernels.tanh_drive(out, out, static_cast<float>(drive), count);
        }
    };
    // What is bent in a draft is too low to stand out by its aliasing, unless it is high.
    const bool is_plain = context.oversampling == 1 && (drive == 0 || are_low(layers, bending));
    const double wide_s = is_plain ? 0 : narrow_from_s(layers, drive, bending);
    return sample(context, frames, math::ceil(wide_s * stream_rate_hz), block);
}

}  // namespace

double sharpest_edge(double pitch_hz) noexcept {
    // Harmonic n of tanh(k sin) falls as exp(-n asinh(pi / 2k)).
    const double slope = alias_nepers * pitch_hz / (stream_rate_hz / 2);
    return std::numbers::pi / (math::exp(slope) - math::exp(-slope));
}

double hardest_drive(std::span<const ToneLayer> layers) noexcept {
    // Of the streams that a render of high quality has, what folds below 20 kHz.
    constexpr double streams = 4;
    constexpr double folded = streams - 20000 / stream_rate_hz;
    double loudness = 0;
    for (const ToneLayer& layer : layers) {
        loudness += layer.loudness();
    }
    constexpr double any = 1000;
    return loudness > 0 ? sharpest_edge(highest_hz(layers) / (2 * folded)) / loudness : any;
}

Share ToneLayer::share(double drive) const noexcept {
    if (drive == 0) {
        return {&settings, loudness(), loudness()};
    }
    const double driven = drive * loudness();
    return {&settings, math::tanh(driven), driven};
}

Signal render_layers(std::span<const ToneLayer> tones, double drive,
                     std::span<const NoiseLayer> noises, const RenderContext& context,
                     Bending bending) {
    std::vector<Share> shares;
    for (const ToneLayer& tone : tones) {
        shares.push_back(tone.share(drive));
    }
    for (const NoiseLayer& noise : noises) {
        shares.push_back(noise.share());
    }
    Signal sound = render_tones(tones, drive, bending, frames_of(shares, context), context);
    for (const NoiseLayer& noise : noises) {
        add_noise_layer(noise, sound, context);
    }
    return sound;
}

void add_sound(Signal& to, const Signal& sound, const Kernels& kernels) {
    to.resize(std::max(to.size(), sound.size()), 0.0F);
    kernels.add(to.data(), sound.data(), static_cast<int>(sound.size()));
}

}  // namespace drumgen
