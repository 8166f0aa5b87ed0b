#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "drumgen/signal.h"
#include "dsp/context.h"
#include "dsp/oscillator.h"
#include "instruments/frame.h"

namespace drumgen {

/// A sine that falls or rises to its pitch, with FM by noise, in physical values.
struct ToneLayer {
    LayerSettings settings;
    double level = 1;
    PitchSweep sweep;
    double deviation_hz = 0;  ///< of the FM
    double deviation_tau_s = 0.1;
    std::string_view noise_name{};  ///< names the stream of the FM's noise

    [[nodiscard]] double loudness() const noexcept { return settings.gain * level; }

    /// The share of the layer in a sound that is saturated with that drive.
    [[nodiscard]] Share share(double drive = 1) const noexcept;
};

/// The layers together, and saturated: tanh(drive * sum). Oversampled while anything could alias;
/// a draft is not, since what is bent there is too low to stand out by it.
///   frames    of the sound
///   drive     0: not saturated
///   returns   at stream_rate_hz, at least `frames` frames, a multiple of lane_count
[[nodiscard]] Signal render_tones(std::span<const ToneLayer> layers, double drive,
                                  std::int64_t frames, const RenderContext& context);

}  // namespace drumgen
