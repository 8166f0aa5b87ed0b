#pragma once

#include <cstdint>

#include "base/random.h"
#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Frequency modulation by noise, as the phase it adds up to: a random walk at stream_rate_hz whose
/// step k is deviation(k) times noise, and a quintic B-spline through it. The spline makes it one
/// function of continuous time: every oversampling factor samples the same sound. Its frequency is
/// noise shaped by sinc^5, -4.6 dB at 12 kHz, and may go negative.
class PhaseNoise {
public:
    /// Deviation deviation_hz * exp(-t / tau_s) from the start until it is below 0.1 Hz.
    ///   frames   length wanted, in frames of a stream
    PhaseNoise(RandomStream stream, double deviation_hz, double tau_s, std::int64_t frames,
               const Kernels& kernels);

    /// Whether there is any.
    [[nodiscard]] bool empty() const noexcept { return walk_.empty(); }

    /// Adds the phase, when there is any, in cycles at start_s + j / stream_rate_hz, j < frames; 0
    /// before time 0.
    void add_to(float* phase, double start_s, int frames, const Kernels& kernels) const noexcept;

private:
    Signal walk_;            // zeros, the walk, then its last value for two blocks
    std::int64_t last_ = 0;  // index from which walk_ stays on its last value
};

}  // namespace drumgen
