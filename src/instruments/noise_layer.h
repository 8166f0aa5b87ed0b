#pragma once

#include <string_view>

#include "drumgen/signal.h"
#include "dsp/biquad.h"
#include "dsp/context.h"
#include "instruments/frame.h"

namespace drumgen {

/// Brings noise that is uniform in -1..1, as the streams are, to a variance of 1.
inline constexpr double unit_variance = 1.7320508075688772;

/// A layer of noise in a band, in physical values.
struct NoiseLayer {
    LayerSettings settings;
    double level = 0;  ///< RMS of the noise in its band, beside the layer's own gain
    Biquad filter{};
    std::string_view name{};  ///< names the stream of the noise

    [[nodiscard]] double loudness() const noexcept { return settings.gain * level; }

    /// The share of the layer in a sound.
    [[nodiscard]] Share share() const noexcept { return {&settings, loudness(), loudness()}; }
};

/// Adds the layer to a sound: white noise under the envelope and then through the filter, so that
/// however steep the envelope is, nothing comes from outside the band.
///   mix   at stream_rate_hz, its size a multiple of lane_count. The layer begins at a whole frame
void add_noise_layer(const NoiseLayer& layer, Signal& mix, const RenderContext& context);

}  // namespace drumgen
