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

RingingSine::Phasor RingingSine::at(double since_s) const noexcept {
    const double cycles = pitch_hz_ * since_s;
    const double phase = cycles - static_cast<double>(math::floor(cycles));
    const double level = fall_.level * math::exp(-fall_.nepers_per_s * (since_s - fall_.from_s));
    return {level * math::sin_cycles(phase), level * math::cos_cycles(phase)};
}

RingingSine::RingingSine(double pitch_hz, const Fall& fall) noexcept
    : pitch_hz_(pitch_hz), fall_(fall) {
    const double step = pitch_hz / stream_rate_hz;
    const double kept = math::exp(-fall.nepers_per_s / stream_rate_hz);
    const Phasor turn{kept * math::sin_cycles(step), kept * math::cos_cycles(step)};
    Phasor place;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        sines_[lane] = static_cast<float>(place.sine);
        cosines_[lane] = static_cast<float>(place.cosine);
        place = place.turned(turn);
    }
    lanes_turn_ = place;
    for (int frames = lane_count; frames < block_frames; frames *= 2) {
        place = place.turned(place);
    }
    block_turn_ = place;
}

void RingingSine::add_to(float* out, double since_s, double level, int frames,
                         const Kernels& kernels) {
    constexpr double same_s = 1e-9;
    const double off_s = since_s - next_s_;
    const Phasor first = off_s < same_s && off_s > -same_s ? next_ : at(since_s);
    next_ = first.turned(block_turn_);
    next_s_ = frames == block_frames ? since_s + block_frames / stream_rate_hz : -1;
    const auto sine = static_cast<float>(level * first.sine);
    const auto cosine = static_cast<float>(level * first.cosine);
    alignas(64) float start[2 * lane_count];
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        start[lane] = cosine * sines_[lane] + sine * cosines_[lane];
        start[lane_count + lane] = cosine * cosines_[lane] - sine * sines_[lane];
    }
    kernels.ring(out, start, static_cast<float>(lanes_turn_.cosine),
                 static_cast<float>(lanes_turn_.sine), frames);
}

}  // namespace drumgen
