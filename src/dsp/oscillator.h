#pragma once

#include <array>
#include <cstdint>

#include "dsp/context.h"
#include "dsp/envelope.h"
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

/// A sine of one pitch that dies away: each sample is that of lane_count samples before, turned and
/// a little smaller, which is a sixth of the work of a sine and an envelope. Blocks begin exactly,
/// so within one it errs by less than 1e-6.
class RingingSine {
public:
    /// fall   its level, in seconds since the phase was 0
    RingingSine(double pitch_hz, const Fall& fall) noexcept;

    [[nodiscard]] const Fall& fall() const noexcept { return fall_; }

    /// Adds it to a block. The next block costs least.
    ///   since_s   instant of the first sample, seconds since the phase was 0
    ///   frames    a multiple of lane_count, at most block_frames
    void add_to(float* out, double since_s, double level, int frames, const Kernels& kernels);

private:
    /// A level, and where in its cycle it is.
    struct Phasor {
        double sine = 0;
        double cosine = 1;

        [[nodiscard]] Phasor turned(const Phasor& by) const noexcept {
            return {sine * by.cosine + cosine * by.sine, cosine * by.cosine - sine * by.sine};
        }
    };

    [[nodiscard]] Phasor at(double since_s) const noexcept;

    double pitch_hz_;
    Fall fall_;
    std::array<float, lane_count> sines_{};  // of the first samples at phase 0
    std::array<float, lane_count> cosines_{};
    Phasor lanes_turn_;  // over lane_count samples
    Phasor block_turn_;  // over a block
    Phasor next_;        // at next_s_
    double next_s_ = -1;
};

}  // namespace drumgen
