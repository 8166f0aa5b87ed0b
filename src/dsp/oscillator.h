#pragma once

#include <cstdint>

#include "dsp/context.h"
#include "dsp/noise.h"

namespace drumgen {

/// Pitch that falls from `start_hz` to `end_hz` with time constant tau_s:
/// f(t) = end + (start - end) exp(-t / tau). Its phase is the integral of f, in closed form.
struct PitchSweep {
    double start_hz = 150;
    double end_hz = 45;
    double tau_s = 0.08;

    /// One pitch all the time.
    [[nodiscard]] static PitchSweep steady(double pitch_hz) noexcept {
        return {.start_hz = pitch_hz, .end_hz = pitch_hz};
    }

    /// Cycles passed t_s seconds after the start, t_s >= 0.
    [[nodiscard]] double cycles(double t_s) const noexcept;
};

/// Sine of a pitch sweep plus noise FM, times an envelope.
///   start_s   instant of the first sample, seconds since the sweep's start; before 0 the output
///             is meaningless and the gain must be 0
///   noise     phase noise in cycles; may be empty
///   gain      envelope, `frames` samples; may be `out`
///   frames    a multiple of lane_count, at most block_frames
void render_fm_sine(const PitchSweep& sweep, const PhaseNoise& noise, double start_s,
                    const float* gain, float* out, int frames, const Kernels& kernels) noexcept;

}  // namespace drumgen
