#include "dsp/envelope.h"

#include <algorithm>

#include "base/math.h"

namespace drumgen {

namespace {

constexpr double ln_1000 = 6.90775527898213705205;

/// A stretch of an envelope: which instants it covers, and how to fill a block with it.
enum class Stage { silence, attack, decay, release };

void fill(Stage stage, const Envelope& envelope, double start_s, float* out, int frames,
          const Kernels& kernels) noexcept {
    constexpr double step_s = 1 / stream_rate_hz;
    switch (stage) {
        case Stage::silence:
            std::fill_n(out, frames, 0.0F);
            return;
        case Stage::attack: {
            const double since = start_s - envelope.delay_s;
            kernels.ramp(out, frames, static_cast<float>(since / envelope.attack_s),
                         static_cast<float>(step_s / envelope.attack_s));
            return;
        }
        case Stage::decay: {
            const double since = start_s - envelope.delay_s - envelope.attack_s;
            const double rate = ln_1000 / envelope.decay_s;
            kernels.decay(
                out, frames, static_cast<float>(since * rate), static_cast<float>(step_s * rate),
                static_cast<float>(1 - envelope.sustain), static_cast<float>(envelope.sustain));
            return;
        }
        case Stage::release: {
            const double since = start_s - envelope.gate_end_s();
            const double rate = ln_1000 / envelope.release_s;
            const double held = envelope.sustain + (1 - envelope.sustain) * 0.001;
            kernels.decay(out, frames, static_cast<float>(since * rate),
                          static_cast<float>(step_s * rate), static_cast<float>(held), 0.0F);
            return;
        }
    }
}

}  // namespace

double tau_from_t60(double t60_s) noexcept {
    return t60_s / ln_1000;
}

double t60_from_tau(double tau_s) noexcept {
    return tau_s * ln_1000;
}

double Envelope::time_below_s(double level) const noexcept {
    const double decaying = delay_s + attack_s;
    if (sustain < level && level < 1) {
        const double in_decay =
            -tau_from_t60(decay_s) * math::log((level - sustain) / (1 - sustain));
        if (in_decay <= decay_s) {
            return decaying + in_decay;
        }
    }
    const double held = sustain + (1 - sustain) * 0.001;
    if (held <= level) {
        return gate_end_s();
    }
    return gate_end_s() - tau_from_t60(release_s) * math::log(level / held);
}

std::optional<Fall> fall_of(const Envelope& envelope, double start_s, double lasting_s) noexcept {
    const double begin_s = envelope.delay_s + envelope.attack_s;
    const double gate_s = envelope.gate_end_s();
    if (start_s >= gate_s) {
        const double rate = ln_1000 / envelope.release_s;
        const double held = envelope.sustain + (1 - envelope.sustain) * 0.001;
        return Fall{held, rate, gate_s};
    }
    if (envelope.sustain == 0 && start_s >= begin_s && start_s + lasting_s <= gate_s) {
        return Fall{1, ln_1000 / envelope.decay_s, begin_s};
    }
    return std::nullopt;
}

void render_envelope(const Envelope& envelope, double start_s, float* out, int frames,
                     const Kernels& kernels) noexcept {
    struct Boundary {
        Stage stage;
        double end_s;
    };
    const Boundary stages[] = {
        {Stage::silence, envelope.delay_s},
        {Stage::attack, envelope.delay_s + envelope.attack_s},
        {Stage::decay, envelope.gate_end_s()},
        {Stage::release, 1e9},
    };
    int done = 0;
    for (const auto& [stage, end_s] : stages) {
        if (done == frames) {
            return;
        }
        const double ahead = (end_s - start_s) * stream_rate_hz;
        const int end = ahead >= frames
                            ? frames
                            : std::max(done, static_cast<int>(math::ceil(std::max(ahead, 0.0))));
        if (end == done) {
            continue;
        }
        if (done == 0 && end == frames) {
            fill(stage, envelope, start_s, out, frames, kernels);
            return;
        }
        float scratch[block_frames];
        fill(stage, envelope, start_s, scratch, frames, kernels);
        std::copy(scratch + done, scratch + end, out + done);
        done = end;
    }
}

}  // namespace drumgen
