#pragma once

#include <cstdint>

#include "base/random.h"
#include "dsp/biquad.h"
#include "dsp/context.h"
#include "dsp/envelope.h"

namespace drumgen {

/// What strikes the snare, in physical values.
struct ExciterSettings {
    double triangle_hz = 225;
    double noise_level = 0.4;
    double boost = 3;  ///< of the band at boost_hz
    double boost_hz = 2000;
};

/// Triangle and noise, the noise dying 2.5 times as fast; a band of its treble (Q 1.5) once more;
/// clipped at -2 dB. Only the clip could alias, so only that is oversampled: what it takes away,
/// where it takes anything.
class SnareExciter {
public:
    /// Time constants of triangle and noise as the macros have them; a longer envelope stretches
    /// both.
    static constexpr double triangle_tau_s = 1.0 / 20;
    static constexpr double noise_tau_s = 1.0 / 50;

    /// The first frame that next() gives is this many before the envelope's trigger.
    static constexpr int ahead = 80;

    static constexpr int most_frames = 1024;

    /// The envelope's delay counts as 0.
    SnareExciter(const ExciterSettings& settings, const Envelope& envelope, RandomStream stream,
                 const RenderContext& context);

    /// The next frames.
    ///   frames   a multiple of lane_count, at most most_frames
    void next(float* out, int frames);

private:
    static constexpr int reach = BlockBiquad::reach;

    void sum_sources(float* out, int frames);
    void clip(float* out, int frames);

    ExciterSettings settings_;
    Envelope envelope_;
    RandomStream stream_;
    const RenderContext* context_;
    BlockBiquad boost_;
    BlockBiquad::State boost_state_{};
    double noise_fall_;    // nepers a frame by which the noise dies sooner than the triangle
    std::int64_t at_ = 0;  // next frame of the sources
    alignas(64) float fall_[block_frames] = {};  // exp(-noise_fall * frame)
    alignas(64) float sources_[reach + most_frames] = {};
    alignas(64) float band_[most_frames] = {};
    alignas(64) float sound_[2 * ahead + most_frames] =
        {};  // sources and band; clipped from frame at_ - ahead
};

}  // namespace drumgen
