#pragma once

#include <cstdint>
#include <optional>

#include "dsp/context.h"

namespace drumgen {

/// The envelope that all layers share: silence until `delay`, linear attack to 1, exponential decay
/// to `sustain`, and release from the end of the gate, which lasts for attack and decay.
/// Exactly 0 below 1e-7. Times in seconds from the trigger; decay and release are the times to fall
/// 60 dB.
struct Envelope {
    double delay_s = 0;
    double attack_s = 0;
    double decay_s = 0.5;
    double sustain = 0;
    double release_s = 0.5;

    /// End of the gate, seconds from the trigger.
    [[nodiscard]] double gate_end_s() const noexcept { return delay_s + attack_s + decay_s; }

    /// Time after which the envelope stays below `level`, 0 < level < 1; seconds from the trigger.
    [[nodiscard]] double time_below_s(double level) const noexcept;

    [[nodiscard]] bool operator==(const Envelope&) const = default;
};

/// Time constant of an exponential that falls 60 dB in t60_s.
[[nodiscard]] double tau_from_t60(double t60_s) noexcept;

/// Time to fall 60 dB of an exponential with time constant tau_s.
[[nodiscard]] double t60_from_tau(double tau_s) noexcept;

/// An exponential that dies away: level * exp(-nepers_per_s * (t - from_s)).
struct Fall {
    double level = 1;
    double nepers_per_s = 0;
    double from_s = 0;

    [[nodiscard]] bool operator==(const Fall&) const = default;
};

/// The exponential towards 0 that the envelope is for a while, if it is one.
[[nodiscard]] std::optional<Fall> fall_of(const Envelope& envelope, double start_s,
                                          double lasting_s) noexcept;

/// Writes the envelope at the instants start_s + j / stream_rate_hz, j < frames.
///   frames   a multiple of lane_count, at most block_frames
void render_envelope(const Envelope& envelope, double start_s, float* out, int frames,
                     const Kernels& kernels) noexcept;

}  // namespace drumgen
