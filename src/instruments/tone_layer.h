#pragma once

#include <span>
#include <string_view>

#include "drumgen/signal.h"
#include "dsp/context.h"
#include "dsp/oscillator.h"
#include "instruments/frame.h"
#include "instruments/noise_layer.h"

namespace drumgen {

/// A sine that falls or rises to its pitch, with FM by noise, in physical values.
struct ToneLayer {
    LayerSettings settings;
    double level = 1;
    PitchSweep sweep;
    double deviation_hz = 0;  ///< of the FM
    double deviation_tau_s = 0.1;
    std::string_view name{};  ///< names the stream of the FM's noise

    [[nodiscard]] double loudness() const noexcept { return settings.gain * level; }

    /// The share of the layer in a sound that is saturated with that drive.
    [[nodiscard]] Share share(double drive) const noexcept;
};

/// A drum of tones that are saturated together, tanh(drive * sum), and of noise beside them. What
/// could alias is oversampled, but not in a draft: what is bent there is too low to stand out by
/// it.
///   returns   at stream_rate_hz, a multiple of lane_count; as long as it is heard
[[nodiscard]] Signal render_layers(std::span<const ToneLayer> tones, double drive,
                                   std::span<const NoiseLayer> noises,
                                   const RenderContext& context);

}  // namespace drumgen
