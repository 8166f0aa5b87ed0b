#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "drumgen/signal.h"
#include "dsp/biquad.h"
#include "dsp/context.h"
#include "instruments/frame.h"

namespace drumgen {

/// Brings noise that is uniform in -1..1, as the streams are, to a variance of 1.
inline constexpr double unit_variance = 1.7320508075688772;

/// What filters of the first three instruments are left to ring on, s: enough where layers are not
/// released within milliseconds.
inline constexpr double short_ring_s = 0.01;

/// One of the hits of a layer that is struck several times, as hands clap and beads fall.
struct Stroke {
    double delay_s = 0;  ///< beside the layer's own, at least 0
    double level = 1;
};

/// A layer of noise in a band, in physical values.
struct NoiseLayer {
    LayerSettings settings;
    double level = 0;  ///< RMS of the noise in its band, beside the layer's own gain
    Biquad filter{};
    std::string_view name{};        ///< names the stream of the noise
    std::optional<Biquad> cut{};    ///< a second filter, behind the first
    std::vector<Stroke> strokes{};  ///< each has the envelope anew; none: one, at the start
    double grains_hz = 0;           ///< the noise comes in so many grains a second; 0: without gaps
    std::optional<double> ring_s{};  ///< what the filters are left to ring on; none: for 60 dB
    double spread = 0;  ///< its level between two channels beside that in their middle, 0..1

    [[nodiscard]] double loudness() const noexcept { return settings.gain * level; }

    /// The share of the layer in a sound.
    [[nodiscard]] Share share() const noexcept;
};

/// Level of noise whose energy is `db` beside that of a sine of level 1, both decaying, by their
/// time constants.
[[nodiscard]] double level_beside_tone(double db, double tone_tau_s, double noise_tau_s) noexcept;

/// Adds the layer to a sound: white noise under the envelope and then through the filter, so that
/// however steep the envelope is, nothing comes from outside the band. Where there are two channels, the
/// same of other noise is spread between them.
///   mix   at stream_rate_hz, its size a multiple of lane_count. The layer begins at a whole frame
void add_noise_layer(const NoiseLayer& layer, Signal& mix, const RenderContext& context);

}  // namespace drumgen
