#include "dsp/oscillator.h"

#include <algorithm>

#include "base/math.h"

namespace drumgen {

double PitchSweep::cycles(double t_s) const noexcept {
    return end_hz * t_s + (start_hz - end_hz) * tau_s * (1 - math::exp(-t_s / tau_s));
}

void render_fm_sine(const PitchSweep& sweep, const PhaseNoise& noise, double start_s,
                    const float* gain, float* out, int frames, const Kernels& kernels) noexcept {
    constexpr double step_s = 1 / stream_rate_hz;
    alignas(64) float phase[block_frames];
    const int skipped =
        start_s < 0 ? std::min(frames, static_cast<int>(math::ceil(-start_s * stream_rate_hz))) : 0;
    if (skipped < frames) {
        // Each block starts from a phase in double precision and runs for a few cycles at most in
        // float, so the error stays below 1e-6 cycles however long the sound is.
        const double origin_s = start_s + skipped * step_s;
        const double fall = math::exp(-origin_s / sweep.tau_s);
        const double bend = (sweep.start_hz - sweep.end_hz) * sweep.tau_s;
        const double cycles = sweep.end_hz * origin_s + bend * (1 - fall);
        kernels.sweep(phase, frames,
                      static_cast<float>(cycles - static_cast<double>(math::floor(cycles))),
                      static_cast<float>(sweep.end_hz * step_s), static_cast<float>(bend * fall),
                      static_cast<float>(step_s / sweep.tau_s));
    }
    if (skipped > 0) {
        std::copy_backward(phase, phase + (frames - skipped), phase + frames);
        std::fill_n(phase, skipped, 0.0F);
    }
    if (!noise.empty()) {
        noise.add_to(phase, start_s, frames, kernels);
    }
    kernels.sine(out, phase, gain, frames);
}

}  // namespace drumgen
