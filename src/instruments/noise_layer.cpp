#include "instruments/noise_layer.h"

#include <algorithm>
#include <span>

#include "base/math.h"
#include "base/random.h"

namespace drumgen {
namespace {

/// A grain rises at once and dies with this time constant, in frames: 0.3 ms, as long as a bead
/// bounces. It is over, 60 dB down, after grain_frames.
constexpr double grain_tau = 15;
constexpr int grain_frames = 112;

/// Energy of a grain of level 1, in frames.
double grain_energy() noexcept {
    return 1 / (1 - math::exp(-2 / grain_tau));
}

/// Level of the loudest grains, of those whose sum has an RMS of 1.
double grain_level(double grains_hz) noexcept {
    constexpr double level_variance = 1.0 / 3;
    return math::sqrt(stream_rate_hz / (grains_hz * grain_energy() * level_variance));
}

/// How long a layer's filters are left to ring on, s.
double ring_of(const NoiseLayer& layer) noexcept {
    return layer.ring_s.value_or(ring_s(layer.filter) + (layer.cut ? ring_s(*layer.cut) : 0));
}

/// The latest stroke's delay, and the sum of all levels.
Stroke together(const NoiseLayer& layer) noexcept {
    Stroke all{0, layer.strokes.empty() ? 1.0 : 0.0};
    for (const Stroke& stroke : layer.strokes) {
        all.delay_s = std::max(all.delay_s, stroke.delay_s);
        all.level += stroke.level;
    }
    return all;
}

/// What the layer's noise is multiplied with to come in grains: one in each of even stretches of
/// time, somewhere in it, as loud as chance will have it.
class Grains {
public:
    Grains(const NoiseLayer& layer, const RenderContext& context, std::int64_t frames)
        : kernels_(context.kernels) {
        if (layer.grains_hz == 0) {
            return;
        }
        alignas(64) float grain[grain_frames];
        kernels_->decay(grain, grain_frames, 0.0F, static_cast<float>(1 / grain_tau), 1.0F, 0.0F);
        gains_.resize(static_cast<std::size_t>(round_up_to_lanes(frames) + grain_frames));
        std::fill(gains_.begin(), gains_.end(), 0.0F);
        const RandomStream stream = random_stream(mix64(context.seed), layer.name);
        const double apart = stream_rate_hz / layer.grains_hz;
        const double loudest = grain_level(layer.grains_hz);
        for (std::uint32_t k = 0;; ++k) {
            const std::int64_t place = math::floor(apart * (k + random_uniform(stream, 2 * k)));
            if (place >= frames) {
                break;
            }
            const double level = loudest * (2 * random_uniform(stream, 2 * k + 1) - 1);
            kernels_->add_scaled(gains_.data() + place, grain, static_cast<float>(level),
                                 grain_frames);
        }
    }

    void apply(float* noise, std::int64_t since, int count) const noexcept {
        if (!gains_.empty()) {
            kernels_->multiply(noise, noise, gains_.data() + since, count);
        }
    }

private:
    const Kernels* kernels_;
    Signal gains_;
};

/// The envelope of all strokes, since the layer's start.
///   envelope   of each, its delay 0
///   fades_s    when that has faded away
void render_strokes(std::span<const Stroke> strokes, const Envelope& envelope, double fades_s,
                    double start_s, float* out, int count, const Kernels& kernels) {
    if (strokes.empty()) {
        render_envelope(envelope, start_s, out, count, kernels);
        return;
    }
    bool is_written = false;
    for (const Stroke& stroke : strokes) {
        const double since_stroke_s = start_s - stroke.delay_s;
        if (since_stroke_s > fades_s || since_stroke_s + block_frames / stream_rate_hz < 0) {
            continue;
        }
        alignas(64) float one[block_frames];
        render_envelope(envelope, since_stroke_s, one, count, kernels);
        if (is_written) {
            kernels.add_scaled(out, one, static_cast<float>(stroke.level), count);
        } else {
            kernels.scale(out, one, static_cast<float>(stroke.level), count);
        }
        is_written = true;
    }
    if (!is_written) {
        std::fill_n(out, count, 0.0F);
    }
}

/// Noise under an envelope, filtered.
class FilteredNoise {
public:
    FilteredNoise(const NoiseLayer& layer, RandomStream stream)
        : stream_(stream), first_(layer.filter) {
        if (layer.cut) {
            second_.emplace(*layer.cut);
        }
    }

    /// The next block, valid until the one after it.
    const float* next(const Grains& grains, const float* level, std::int64_t since, int count,
                      const Kernels& kernels) noexcept {
        kernels.noise(first_.in(), stream_, static_cast<std::uint32_t>(since), count);
        kernels.multiply(first_.in(), first_.in(), level, count);
        grains.apply(first_.in(), since, count);
        const float* sound = first_.next(count, kernels);
        if (second_) {
            std::copy_n(sound, count, second_->in());
            sound = second_->next(count, kernels);
        }
        return sound;
    }

private:
    RandomStream stream_;
    BiquadStage first_;
    std::optional<BiquadStage> second_;
};

void add_block(const float* sound, float gain, Signal& mix, std::int64_t at, int count,
               const Kernels& kernels) noexcept {
    const auto kept =
        static_cast<int>(std::min<std::int64_t>(count, static_cast<std::int64_t>(mix.size()) - at));
    if (kept % lane_count == 0) {
        kernels.add_scaled(mix.data() + at, sound, gain, kept);
    } else {
        for (int k = 0; k < kept; ++k) {
            mix[static_cast<std::size_t>(at + k)] += gain * sound[k];
        }
    }
}

}  // namespace

double level_beside_tone(double db, double tone_tau_s, double noise_tau_s) noexcept {
    return gain_from_db(db) * math::sqrt(tone_tau_s / (2 * noise_tau_s));
}

Share NoiseLayer::share() const noexcept {
    const Stroke all = together(*this);
    const double loudest = grains_hz > 0 ? std::max(1.0, grain_level(grains_hz)) : 1.0;
    return {&settings, loudness(), loudness() * all.level * loudest,
            all.delay_s + (ring_s ? 0 : ring_of(*this))};
}

void add_noise_layer(const NoiseLayer& layer, Signal& mix, const RenderContext& context) {
    if (layer.loudness() <= context.quiet_noise) {
        return;
    }
    const Kernels& kernels = *context.kernels;
    const double gained =
        layer.cut ? noise_gain(layer.filter, *layer.cut) : noise_gain(layer.filter);
    const auto gain = static_cast<float>(layer.loudness() * unit_variance / gained);
    Envelope envelope = layer.settings.envelope;
    const std::int64_t begin = math::floor(envelope.delay_s * stream_rate_hz + 0.5);
    envelope.delay_s = 0;
    const double fades_s = envelope.time_below_s(context.quiet_noise / layer.loudness());
    const double lasts_s = fades_s + together(layer).delay_s + ring_of(layer);
    const std::int64_t end = std::min(static_cast<std::int64_t>(mix.size()),
                                      begin + math::ceil(lasts_s * stream_rate_hz));
    if (end <= begin) {
        return;
    }
    const Grains grains(layer, context, end - begin);
    FilteredNoise middle(layer, random_stream(context.seed, layer.name));
    std::optional<FilteredNoise> between;
    std::int64_t side_end = 0;
    if (context.side != nullptr && layer.spread > 0) {
        // What is softer than that at the side of a sound is not heard.
        constexpr double quiet_side = 2e-4;
        const double heard_s =
            envelope.time_below_s(quiet_side / (layer.spread * layer.loudness()));
        const double side_s = std::min(heard_s, fades_s) + together(layer).delay_s + ring_of(layer);
        side_end = std::min(end, begin + math::ceil(side_s * stream_rate_hz));
        lengthen_side(context,
                      std::min<std::int64_t>(round_up_to_lanes(side_end),
                                             static_cast<std::int64_t>(mix.size())),
                      mix.size());
        between.emplace(layer, side_stream(context.seed, layer.name));
    }
    alignas(64) float level[block_frames];
    for (std::int64_t at = begin; at < end; at += block_frames) {
        const int count = round_up_to_lanes(std::min<std::int64_t>(block_frames, end - at));
        const std::int64_t since = at - begin;
        render_strokes(layer.strokes, envelope, fades_s,
                       static_cast<double>(since) / stream_rate_hz, level, count, kernels);
        add_block(middle.next(grains, level, since, count, kernels), gain, mix, at, count, kernels);
        if (between && at < side_end) {
            add_block(between->next(grains, level, since, count, kernels),
                      gain * static_cast<float>(layer.spread), *context.side, at, count, kernels);
        }
    }
}

}  // namespace drumgen
