#include "instruments/snare_shell.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/math.h"
#include "dsp/biquad.h"

namespace drumgen {

namespace {

/// The stick touches the head for this long: 3..6 ms on acoustic drums.
constexpr double contact_s = 0.006;

/// The 909's bend is over in about 20 ms.
constexpr double bend_tau_s = 0.01;

/// Samples to each side that the bend's interpolation may read; it is 80 dB right up to 5 kHz, where
/// the shell has little.
constexpr int lagrange_reach = 3;

}  // namespace

DelayNetwork shell_network(const ShellSettings& shell) {
    // Cents from the fundamental: 0, 5, -7, 12 less their mean, as all lines together decide the pitch.
    constexpr std::array detune_cents{-2.5, 2.5, -9.5, 9.5};
    // Modes (0,1), (1,1), (2,1), (0,2): ratios of the zeros of the Bessel functions.
    constexpr std::array mode_ratios{1.0, 1.5933, 2.1355, 2.2954};
    constexpr double parting = 0.2;
    const double let_go = std::min(shell.membrane / parting, 1.0);
    const double stretch = std::max(shell.membrane - parting, 0.0) / (1 - parting);

    DelayNetwork network;
    network.damping_hz = shell.damping_hz;
    network.answer = 0.25 * (1 + stretch);
    for (std::size_t i = 0; i < DelayNetwork::line_count; ++i) {
        const double octaves = detune_cents[i] * (1 - stretch) / 1200;
        const double pitch = math::exp(octaves * math::ln_2 + stretch * math::log(mode_ratios[i]));
        network.delay_frames[i] = stream_rate_hz / (shell.fundamental_hz * pitch);
    }
    // Half of a Hadamard matrix, of those that keep all lines alike as they are (eigenvalue 1: it
    // sounds at the fundamental, no octave lower) and that a turn leads to the identity: the vectors
    // a and b stay, c and d turn by a quarter.
    constexpr std::array a{0.5, 0.5, 0.5, 0.5};
    constexpr std::array b{0.5, 0.5, -0.5, -0.5};
    constexpr std::array c{0.5, -0.5, 0.5, -0.5};
    constexpr std::array d{0.5, -0.5, -0.5, 0.5};
    const double cosine = math::sin_cycles(0.25 * let_go);
    const double sine = math::cos_cycles(0.25 * let_go);
    for (std::size_t i = 0; i < DelayNetwork::line_count; ++i) {
        for (std::size_t j = 0; j < DelayNetwork::line_count; ++j) {
            network.feedback[i][j] = a[i] * a[j] + b[i] * b[j] +
                                     cosine * (c[i] * c[j] + d[i] * d[j]) +
                                     sine * (d[i] * c[j] - c[i] * d[j]);
        }
    }
    return network;
}

Signal shell_contact(const ExciterSettings& exciter, const ShellSettings& shell,
                     RandomStream stream, const RenderContext& context) {
    const Kernels& kernels = *context.kernels;
    constexpr int tail_frames = 1600;  // the high-pass has fallen by 100 dB
    constexpr int before = SnareExciter::ahead;
    const int touched = round_up_to_lanes(math::ceil(contact_s * stream_rate_hz));
    const Envelope envelope{.decay_s = t60_from_tau(SnareExciter::triangle_tau_s)};
    SnareExciter source(exciter, envelope, stream, context);
    const int frames = touched + tail_frames;
    Signal struck(static_cast<std::size_t>(before + frames));
    source.next(struck.data(), before + touched);
    std::fill_n(struck.begin(), before, 0.0F);
    // Half a period of a raised cosine.
    Signal phase(static_cast<std::size_t>(touched));
    Signal window(phase.size(), 0.5F);
    kernels.sweep(phase.data(), touched, 0.25F, 0.5F / static_cast<float>(touched), 0.0F, 0.0F);
    kernels.sine(window.data(), phase.data(), window.data(), touched);
    for (std::size_t k = 0; k < window.size(); ++k) {
        struck[before + k] *= 0.5F + window[k];
    }
    std::fill_n(struck.begin() + before + touched, tail_frames, 0.0F);

    const GaussianDelay dull(shell.damping_hz, GaussianDelay::shortest_frames(shell.damping_hz));
    Signal dulled(struck.size(), 0.0F);
    const CorrelateRun run = dull.run(struck.data() + before);
    kernels.correlate(dulled.data() + before, &run, 1, frames);
    std::fill_n(struck.begin(), before, 0.0F);
    BlockBiquad::State state{};
    BlockBiquad(high_pass(80, 0.70710678118654752440))
        .filter(struck.data() + before, dulled.data() + before, state, frames, kernels);
    return {struck.begin() + before, struck.end()};
}

SnareShell::SnareShell(const ShellSettings& settings, const Envelope& envelope, Signal contact,
                       const Kernels& kernels)
    : settings_(settings),
      envelope_(envelope),
      contact_(std::move(contact)),
      kernels_(&kernels),
      network_(shell_network(settings)) {
    envelope_.delay_s = 0;
    const double pass = settings.fundamental_hz / settings.damping_hz;
    lent_ = settings.fundamental_hz * 0.5 * pass * pass / stream_rate_hz;
    const double rise = lent_ * block_frames;
    kernels.decay(repaid_, block_frames, static_cast<float>(rise), static_cast<float>(-lent_),
                  static_cast<float>(math::exp(rise)), 0.0F);
    if (settings.bend > 1) {
        // A whole number of frames in the end, so that what comes after needs no interpolation.
        const double frames = (settings.bend - 1) * bend_tau_s * stream_rate_hz;
        bend_frames_ = static_cast<double>(math::ceil(frames));
        bend_rate_ = (settings.bend - 1) / bend_frames_;
        buffer_.assign(2 * most_frames + 4 * lane_count, 0.0F);
        buffer_at_ = -lane_count;
    }
}

void SnareShell::ring(float* out, int frames) {
    const auto struck = static_cast<std::int64_t>(contact_.size()) - rung_;
    const int driven = static_cast<int>(std::clamp<std::int64_t>(struck, 0, frames));
    if (driven > 0) {
        network_.next(out, contact_.data() + rung_, driven, *kernels_);
    }
    if (driven < frames) {
        network_.next(out + driven, nullptr, frames - driven, *kernels_);
    }
    rung_ += frames;
}

/// Plays the ring at the speed of its bend, 1 + (bend - 1) exp(-t / tau).
void SnareShell::ring_bent(float* out, int frames) {
    const double left = bend_frames_ * math::exp(-bend_rate_ * static_cast<double>(at_));
    // Settled within a thousandth of a frame, the bend is a shift by whole frames.
    const bool settled = left < 1e-3;
    const double begin = static_cast<double>(at_) + bend_frames_ - (settled ? 0 : left);
    const std::int64_t first = math::floor(begin);

    // The buffer holds the network's frames from buffer_at_ to rung_.
    const std::int64_t from = std::max(first - lagrange_reach, buffer_at_);
    std::copy_n(buffer_.begin() + (from - buffer_at_), rung_ - from, buffer_.begin());
    buffer_at_ = from;
    const double end_left = left * math::exp(-bend_rate_ * frames);
    const double end = static_cast<double>(at_ + frames) + bend_frames_ - (settled ? 0 : end_left);
    const int missing = round_up_to_lanes(math::ceil(end) + lagrange_reach - rung_);
    if (missing > 0) {
        ring(buffer_.data() + (rung_ - buffer_at_), missing);
    }

    const float* const ring_first = buffer_.data() + (first - buffer_at_);
    if (settled) {
        std::copy_n(ring_first, frames, out);
        return;
    }
    alignas(64) float fall[most_frames];
    kernels_->decay(fall, frames, 0.0F, static_cast<float>(bend_rate_), static_cast<float>(left),
                    0.0F);
    const auto origin = static_cast<float>(begin - static_cast<double>(first) + left);
    kernels_->read_between(out, ring_first, fall, origin, frames);
}

void SnareShell::next(float* out, int frames) {
    if (settings_.bend > 1) {
        ring_bent(out, frames);
    } else {
        ring(out, frames);
    }
    alignas(64) float gain[block_frames];
    for (int done = 0; done < frames; done += block_frames) {
        const int count = std::min(block_frames, frames - done);
        const auto start = static_cast<double>(at_ + done);
        float* const sound = out + done;
        render_envelope(envelope_, start / stream_rate_hz, gain, count, *kernels_);
        kernels_->multiply(sound, sound, gain, count);
        // What the loop took is given back, with a curve that is the same for every block.
        kernels_->scale(gain, repaid_, static_cast<float>(math::exp(lent_ * start)), count);
        kernels_->multiply(sound, sound, gain, count);
    }
    at_ += frames;
}

}  // namespace drumgen
