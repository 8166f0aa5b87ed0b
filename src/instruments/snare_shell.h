#pragma once

#include <cstdint>
#include <vector>

#include "drumgen/signal.h"
#include "dsp/context.h"
#include "dsp/envelope.h"
#include "dsp/feedback_delay_network.h"
#include "instruments/snare_exciter.h"

namespace drumgen {

/// The shell in physical values.
struct ShellSettings {
    double fundamental_hz = 225;
    double damping_hz = 4000;  ///< cutoff of one pass through the loop
    double membrane = 0;       ///< 0: harmonics; 1: the modes of a membrane
    double bend = 1;           ///< pitch at the start over pitch at the end, at least 1
};

/// Four lines that at membrane 0 sound as one harmonic shell, and at 1 are four shells of their own
/// on the first modes of a membrane. The mixing is let go first, then the lines part.
[[nodiscard]] DelayNetwork shell_network(const ShellSettings& shell);

/// What the shell is struck with: the exciter during the contact of the stick, its end rounded,
/// dulled by the head, without the DC that a loop would keep.
[[nodiscard]] Signal shell_contact(const ExciterSettings& exciter, const ShellSettings& shell,
                                   RandomStream stream, const RenderContext& context);

/// The shell's ring under its envelope: a feedback delay network that the contact sets off.
class SnareShell {
public:
    static constexpr int most_frames = 1024;

    /// The envelope's delay counts as 0.
    SnareShell(const ShellSettings& settings, const Envelope& envelope, Signal contact,
               const Kernels& kernels);

    /// The next frames, the first at the envelope's trigger.
    ///   frames   a multiple of lane_count, at most most_frames
    void next(float* out, int frames);

private:
    void ring(float* out, int frames);
    void ring_bent(float* out, int frames);

    ShellSettings settings_;
    Envelope envelope_;
    Signal contact_;
    const Kernels* kernels_;
    FeedbackDelayNetwork network_;
    double lent_;             // nepers a frame that the loop takes from the fundamental
    std::int64_t at_ = 0;     // next frame of the sound
    std::int64_t rung_ = 0;   // next frame of the network
    double bend_rate_ = 0;    // of the bend's fall, a frame
    double bend_frames_ = 0;  // by which the bend gets ahead in the end, a whole number
    Signal buffer_;           // of the network's frames, for the bend
    std::int64_t buffer_at_ = 0;
    alignas(64) float repaid_[block_frames] = {};  // exp(lent * frame)
};

}  // namespace drumgen
