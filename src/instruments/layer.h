#pragma once

#include <algorithm>

#include "base/units.h"
#include "dsp/envelope.h"
#include "param/layer.h"

namespace drumgen {

/// A layer as the mixer takes it.
struct LayerSettings {
    Envelope envelope;
    double gain = 1;

    /// Time from which the envelope is exactly 0, seconds from the trigger.
    double end_s = 0;

    [[nodiscard]] bool audible() const noexcept { return gain > 0; }
};

/// From complete parameters: every value of the layer is present.
[[nodiscard]] inline LayerSettings layer_settings(const LayerParams& params) {
    LayerSettings layer;
    layer.envelope = {.delay_s = seconds_from_ms(*params.delay_ms),
                      .attack_s = seconds_from_ms(*params.attack_ms),
                      .decay_s = seconds_from_ms(*params.decay_ms),
                      .sustain = *params.sustain,
                      .release_s = seconds_from_ms(*params.release_ms)};
    layer.gain = *params.gain;
    layer.end_s = layer.envelope.time_below_s(1e-7);
    return layer;
}

/// Lets a layer decay, and be released, in that time to fall 60 dB, or the nearest that is allowed.
inline void set_decay(LayerParams& params, double ms) {
    params.decay_ms = std::clamp(ms, decay_range_ms.min, decay_range_ms.max);
    params.release_ms = params.decay_ms;
}

/// Time from which a layer of that level is below a threshold, seconds from the trigger; 0 when it
/// never rises above.
[[nodiscard]] inline double below_from_s(const LayerSettings& layer, double level,
                                         double threshold) {
    return level > threshold ? layer.envelope.time_below_s(threshold / level) : 0;
}

/// The one mixer: adds a layer to a block of the mix. A layer that is mute, has not begun or is over
/// costs nothing.
///   voice    voice(since_s, envelope, out, frames) writes the layer under its envelope; since_s is
///            the time since the layer's own start and may be negative where the envelope is 0
///   start_s  instant of the block's first sample, seconds from the trigger
///   level    factor from the macros, beside the layer's own gain
template <class Voice>
void mix_layer(const LayerSettings& layer, double level, const Voice& voice, double start_s,
               float* mix, int frames, const Kernels& kernels) {
    const double gain = layer.gain * level;
    const bool begun = start_s + frames / stream_rate_hz > layer.envelope.delay_s;
    if (gain == 0 || !begun || start_s >= layer.end_s) {
        return;
    }
    alignas(64) float sound[block_frames];
    render_envelope(layer.envelope, start_s, sound, frames, kernels);
    voice(start_s - layer.envelope.delay_s, sound, sound, frames);
    kernels.add_scaled(mix, sound, static_cast<float>(gain), frames);
}

}  // namespace drumgen
