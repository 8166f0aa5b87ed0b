#include "render/effects.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/math.h"
#include "base/units.h"
#include "dsp/biquad.h"
#include "dsp/context.h"
#include "dsp/oversample.h"
#include "render/level_curve.h"

namespace drumgen {

namespace {

/// A gain that goes from one to another within a millisecond.
class GainRamp {
public:
    GainRamp(double from, double to) noexcept {
        for (int k = 0; k < LevelCurve::step; ++k) {
            gains_[k] = static_cast<float>(from + (to - from) * k / LevelCurve::step);
        }
    }

    /// Multiplies a millisecond, or what there is of it.
    void apply(Signal& sound, std::size_t at, const Kernels& kernels) const noexcept {
        if (at < sound.size()) {
            const std::size_t count = std::min<std::size_t>(LevelCurve::step, sound.size() - at);
            float* const samples = sound.data() + at;
            kernels.multiply(samples, samples, gains_, static_cast<int>(count));
        }
    }

private:
    alignas(64) float gains_[LevelCurve::step]{};
};

/// Raises or lowers what stands out of the level of the last tens of milliseconds: the difference of
/// a fast and a slow level follower, each worked out once a millisecond. What falls behind it, as
/// every decay does, stays as it is.
void shape_transient(Signal& sound, Signal* side, double amount_db, const Kernels& kernels) {
    constexpr double fast_release_ms = 30;  // longer than a cycle of most kicks
    constexpr double slow_attack_ms = 20;  // by ear: a stick's contact lasts 3..6 ms, a body longer
    constexpr double slow_release_ms = 120;
    constexpr int step = LevelCurve::step;
    constexpr double step_ms = 1000.0 * step / stream_rate_hz;
    const double fast_keep = math::exp(-step_ms / fast_release_ms);
    const double slow_rise = 1 - math::exp(-step_ms / slow_attack_ms);
    const double slow_keep = math::exp(-step_ms / slow_release_ms);
    const auto frames = static_cast<std::int64_t>(sound.size());
    double fast = 0;
    double slow = 0;
    double before = gain_from_db(amount_db);
    for (std::int64_t at = 0; at + step <= frames; at += step) {
        const auto level = static_cast<double>(kernels.peak(sound.data() + at, step));
        fast = std::max(level, fast * fast_keep);
        slow = fast > slow ? slow + (fast - slow) * slow_rise : std::max(fast, slow * slow_keep);
        const double outstanding = fast > slow ? (fast - slow) / fast : 0;
        const double gain = gain_from_db(amount_db * outstanding);
        const GainRamp ramp(before, gain);
        ramp.apply(sound, static_cast<std::size_t>(at), kernels);
        if (side != nullptr) {
            ramp.apply(*side, static_cast<std::size_t>(at), kernels);
        }
        before = gain;
    }
}

/// Turns a side down, millisecond by millisecond, as far as its sound has been by what bent it.
///   before, after   of the sound
void follow(Signal& side, const LevelCurve& before, const LevelCurve& after,
            const Kernels& kernels) {
    double last = 1;
    for (std::size_t k = 0; k < after.energies.size() && k * LevelCurve::step < side.size(); ++k) {
        const auto energy = static_cast<double>(before.energies[k]);
        const double gain =
            energy > 0 ? math::sqrt(static_cast<double>(after.energies[k]) / energy) : last;
        const GainRamp ramp(k == 0 ? gain : last, gain);
        ramp.apply(side, k * LevelCurve::step, kernels);
        last = gain;
    }
}

/// Soft saturation of the sound at full level: tanh(g x) / tanh(g), which is x itself as g falls
/// to 0.
void saturate(Signal& sound, double drive_db, int factor, const Kernels& kernels) {
    const auto frames = static_cast<std::int64_t>(sound.size());
    const float peak = kernels.peak(sound.data(), static_cast<int>(frames));
    if (peak <= 0) {
        return;
    }
    const double g = gain_from_db(drive_db) - 1;
    const auto drive = static_cast<float>(g / static_cast<double>(peak));
    const auto level = static_cast<float>(static_cast<double>(peak) / math::tanh(g));
    if (factor == 1) {
        kernels.tanh_drive(sound.data(), sound.data(), drive, static_cast<int>(frames));
        kernels.scale(sound.data(), sound.data(), level, static_cast<int>(frames));
        return;
    }
    Streams fine = interpolate(sound.data(), frames, factor, kernels);
    for (int s = 0; s < factor; ++s) {
        kernels.tanh_drive(fine.stream(s), fine.stream(s), drive, static_cast<int>(fine.frames()));
    }
    const Streams coarse = decimate(std::move(fine), kernels);
    kernels.scale(sound.data(), coarse.stream(0), level, static_cast<int>(frames));
}

/// Turns the spectrum about 1 kHz: half of tilt_db up above, half down below, by a one-pole low-pass
/// and what it leaves. Source: V. Zavalishin, "The Art of VA Filter Design", 2012, one-pole TPT.
Biquad tilt(double tilt_db) noexcept {
    constexpr double hinge_hz = 1000;
    constexpr double place = hinge_hz / stream_rate_hz / 2;
    const double g = math::sin_cycles(place) / math::cos_cycles(place);
    const double share = g / (1 + g);
    const double high = gain_from_db(tilt_db / 2);
    const double low = gain_from_db(-tilt_db / 2);
    const double pole = (g - 1) / (g + 1);
    return {high + (low - high) * share, high * pole + (low - high) * share, 0, pole, 0};
}

/// Of a Butterworth filter of four poles: 1 / (2 cos(pi / 8)) and 1 / (2 cos(3 pi / 8)).
constexpr std::array cut_qs{0.54119610014619698, 1.30656296487637652};

}  // namespace

Effects style_effects(Style style) noexcept {
    switch (style) {
        case Style::clean:
            return {};
        case Style::gritty:
            return {.transient_db = 0, .drive_db = 12, .tilt_db = -2};
        case Style::aggro:
            return {.transient_db = 6, .drive_db = 18, .tilt_db = 2};
        case Style::airy:
            return {.transient_db = -2, .drive_db = 0, .tilt_db = 6};
    }
    return {};
}

Effects effects_of(const RenderSettings& settings) noexcept {
    Effects effects = style_effects(settings.style);
    effects.transient_db = settings.transient_db.value_or(effects.transient_db);
    effects.drive_db = settings.drive_db.value_or(effects.drive_db);
    effects.tilt_db = settings.tilt_db.value_or(effects.tilt_db);
    effects.low_cut_hz = settings.low_cut_hz.value_or(0);
    effects.high_cut_hz = settings.high_cut_hz.value_or(0);
    return effects;
}

void apply_effects(Signal& sound, const Effects& effects, int oversampling, const Kernels& kernels,
                   Signal* side) {
    // Kernels work on whole lanes; what a synthesis returns may be shorter.
    sound.resize(
        static_cast<std::size_t>(round_up_to_lanes(static_cast<std::int64_t>(sound.size()))), 0.0F);
    if (effects.transient_db != 0) {
        shape_transient(sound, side, effects.transient_db, kernels);
    }
    if (effects.drive_db > 0) {
        const LevelCurve before = side != nullptr ? measure_level(sound, kernels) : LevelCurve{};
        saturate(sound, effects.drive_db, oversampling, kernels);
        if (side != nullptr) {
            follow(*side, before, measure_level(sound, kernels), kernels);
        }
    }
    const auto filter = [&](const Biquad& biquad) {
        filter_in_place(sound, biquad, kernels);
        if (side != nullptr) {
            filter_in_place(*side, biquad, kernels);
        }
    };
    if (effects.tilt_db != 0) {
        filter(tilt(effects.tilt_db));
    }
    for (const double q : cut_qs) {
        if (effects.low_cut_hz > 0) {
            filter(high_pass(effects.low_cut_hz, q));
        }
        if (effects.high_cut_hz > 0) {
            filter(low_pass(effects.high_cut_hz, q));
        }
    }
}

}  // namespace drumgen
