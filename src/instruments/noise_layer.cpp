#include "instruments/noise_layer.h"

#include <algorithm>

#include "base/math.h"
#include "base/random.h"

namespace drumgen {

void add_noise_layer(const NoiseLayer& layer, Signal& mix, const RenderContext& context) {
    constexpr double silent = 3e-5;  // of full scale
    constexpr double ring_s = 0.01;  // of the filters that drums use, to their last 60 dB
    constexpr int reach = BlockBiquad::reach;
    if (layer.loudness() <= silent) {
        return;
    }
    const Kernels& kernels = *context.kernels;
    const RandomStream stream = random_stream(context.seed, layer.name);
    const BlockBiquad filter(layer.filter);
    const auto gain =
        static_cast<float>(layer.loudness() * unit_variance / noise_gain(layer.filter));
    Envelope envelope = layer.settings.envelope;
    const std::int64_t begin = math::floor(envelope.delay_s * stream_rate_hz + 0.5);
    envelope.delay_s = 0;
    const double lasts_s = envelope.time_below_s(silent / layer.loudness()) + ring_s;
    const std::int64_t end = std::min(static_cast<std::int64_t>(mix.size()),
                                      begin + math::ceil(lasts_s * stream_rate_hz));
    alignas(64) float noise[reach + block_frames] = {};
    alignas(64) float sound[reach + block_frames] = {};
    alignas(64) float level[block_frames];
    for (std::int64_t at = begin; at < end; at += block_frames) {
        const int count = round_up_to_lanes(std::min<std::int64_t>(block_frames, end - at));
        const std::int64_t since = at - begin;
        kernels.noise(noise + reach, stream, static_cast<std::uint32_t>(since), count);
        render_envelope(envelope, static_cast<double>(since) / stream_rate_hz, level, count,
                        kernels);
        kernels.multiply(noise + reach, noise + reach, level, count);
        filter.filter(sound + reach, noise + reach, count, kernels);
        const auto kept = static_cast<int>(
            std::min<std::int64_t>(count, static_cast<std::int64_t>(mix.size()) - at));
        if (kept % lane_count == 0) {
            kernels.add_scaled(mix.data() + at, sound + reach, gain, kept);
        } else {
            for (int k = 0; k < kept; ++k) {
                mix[static_cast<std::size_t>(at + k)] += gain * sound[reach + k];
            }
        }
        std::copy_n(noise + count, reach, noise);
        std::copy_n(sound + count, reach, sound);
    }
}

}  // namespace drumgen
