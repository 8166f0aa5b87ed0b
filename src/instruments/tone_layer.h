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
    double edge = 0;  ///< bends the sine, tanh(edge * sine) / tanh(edge): a square from 5 on
    double bias = 0;  ///< taken from the sine before that: narrows the square to pulses; below 1

    [[nodiscard]] double loudness() const noexcept { return settings.gain * level; }

    /// The share of the layer in a sound that is saturated with that drive.
    [[nodiscard]] Share share(double drive) const noexcept;
};

/// The most that a sine of that pitch may be bent for its harmonics from half of stream_rate_hz on to
/// be 85 dB down.
[[nodiscard]] double sharpest_edge(double pitch_hz) noexcept;

/// The most that tones may be driven together for the saturation to alias by -85 dB at the most.
[[nodiscard]] double hardest_drive(std::span<const ToneLayer> layers) noexcept;

/// How far tones are bent by a saturation: so little that below 1300 Hz nothing of it folds back
/// that is loud enough to count, or as far as there is no telling.
enum class Bending { gentle, hard };

/// A drum of tones that are saturated together, tanh(drive * sum), or added up plainly where the
/// drive is 0, and of noise beside them. What could alias is oversampled, but in a draft only what
/// is high or bent hard: the rest is too low to stand out by it.
///   returns   at stream_rate_hz, a multiple of lane_count; as long as it is heard
[[nodiscard]] Signal render_layers(std::span<const ToneLayer> tones, double drive,
                                   std::span<const NoiseLayer> noises, const RenderContext& context,
                                   Bending bending = Bending::gentle);

/// Adds a sound to another, which becomes as long as it is.
void add_sound(Signal& to, const Signal& sound, const Kernels& kernels);

}  // namespace drumgen
