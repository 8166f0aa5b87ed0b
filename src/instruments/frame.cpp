#include "instruments/frame.h"

namespace drumgen {
namespace {

/// Time from which a layer of that level is below a threshold, seconds from the trigger; 0 when it
/// never rises above.
double below_from_s(const LayerSettings& layer, double level, double threshold) {
    return level > threshold ? layer.envelope.time_below_s(threshold / level) : 0;
}

}  // namespace

LayerSettings layer_settings(const LayerParams& params) {
    return with_envelope({.envelope = {}, .gain = *params.gain},
                         {.delay_s = seconds_from_ms(*params.delay_ms),
                          .attack_s = seconds_from_ms(*params.attack_ms),
                          .decay_s = seconds_from_ms(*params.decay_ms),
                          .sustain = *params.sustain,
                          .release_s = seconds_from_ms(*params.release_ms)});
}

LayerSettings with_envelope(const LayerSettings& layer, const Envelope& envelope) {
    return {.envelope = envelope, .gain = layer.gain, .end_s = envelope.time_below_s(1e-7)};
}

void lengthen_side(const RenderContext& context, std::int64_t frames, std::size_t most) {
    constexpr std::size_t room = 512;  // for what is done with it later
    const auto size = static_cast<std::size_t>(frames);
    if (context.side->size() < size) {
        context.side->reserve(most + room);
        context.side->resize(size, 0.0F);
    }
}

void set_decay(LayerParams& params, double ms) {
    params.decay_ms = std::clamp(ms, decay_range_ms.min, decay_range_ms.max);
    params.release_ms = params.decay_ms;
}

void set_envelope(LayerParams& params, double tau_s, double attack_ms) {
    set_decay(params, ms_from_seconds(t60_from_tau(tau_s)));
    params.attack_ms = attack_ms;
}

std::int64_t frames_of(std::span<const Share> shares, const RenderContext& context,
                       std::int64_t tail) {
    double loudest = 0;
    for (const Share& share : shares) {
        loudest = std::max(loudest, share.least);
    }
    const double threshold = 0.001 / 8 * loudest;
    double until_s = 0;
    for (const Share& share : shares) {
        until_s =
            std::max(until_s, share.later_s + below_from_s(*share.layer, share.most, threshold));
    }
    return std::min(context.max_frames, math::ceil(until_s * stream_rate_hz) + tail);
}

}  // namespace drumgen
