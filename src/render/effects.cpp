#include "render/effects.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/math.h"
#include "base/units.h"
#include "dsp/biquad.h"
#include "dsp/context.h"
#include "dsp/oversample.h"

namespace drumgen {

namespace {

/// Raises or lowers what stands out of the level of the last tens of milliseconds: the difference of
/// a fast and a slow level follower, each worked out once a millisecond. What falls behind it, as
/// every decay does, stays as it is.
void shape_transient(Signal& sound, Signal* side, double amount_db, const Kernels& kernels) {
    constexpr double fast_release_ms = 30;  // longer than a cycle of most kicks
    constexpr double slow_attack_ms = 20;  // by ear: a stick's contact lasts 3..6 ms, a body longer
    constexpr double slow_release_ms = 120;
    constexpr int step = 3 * lane_count;
    constexpr double step_ms = 1000.0 * step / stream_rate_hz;
    const double fast_keep = math::exp(-step_ms / fast_release_ms);
    const double slow_rise = 1 - math::exp(-step_ms / slow_attack_ms);
    const double slow_keep = math::exp(-step_ms / slow_release_ms);
    const auto frames = static_cast<std::int64_t>(sound.size());
    double fast = 0;
    double slow = 0;
    double before = gain_from_db(amount_db);
    alignas(64) float gains[step];
    for (std::int64_t at = 0; at + step <= frames; at += step) {
        const auto level = static_cast<double>(kernels.peak(sound.data() + at, step));
        fast = std::max(level, fast * fast_keep);
        slow = fast > slow ? slow + (fast - slow) * slow_rise : std::max(fast, slow * slow_keep);
        const double outstanding = fast > slow ? (fast - slow) / fast : 0;
        const double gain = gain_from_db(amount_db * outstanding);
        for (int k = 0; k < step; ++k) {
            gains[k] = static_cast<float>(before + (gain - before) * k / step);
        }
        kernels.multiply(sound.data() + at, sound.data() + at, gains, step);
        if (side != nullptr) {
            const auto left = static_cast<std::int64_t>(side->size()) - at;
            const auto count = static_cast<int>(std::clamp<std::int64_t>(left, 0, step));
            kernels.multiply(side->data() + at, side->data() + at, gains, count);
        }
        before = gain;
    }
}

/// Turns a signal down, millisecond by millisecond, as far as another has been by what bends it.
class LevelFollower {
public:
    LevelFollower(const Signal& sound, const Kernels& kernels)
        : kernels_(kernels), energies_(energies_of(sound)) {}

    /// `bent` is what has become of the sound.
    void turn(Signal& side, const Signal& bent) const {
        const std::vector<double> after = energies_of(bent);
        alignas(64) float gains[step];
        double before = 1;
        for (std::size_t k = 0; k < after.size() && k * step < side.size(); ++k) {
            const double gain = energies_[k] > 0 ? math::sqrt(after[k] / energies_[k]) : before;
            before = k == 0 ? gain : before;
            for (int i = 0; i < step; ++i) {
                gains[i] = static_cast<float>(before + (gain - before) * i / step);
            }
            float* const at = side.data() + k * step;
            const std::size_t left = side.size() - k * step;
            kernels_.multiply(at, at, gains, static_cast<int>(std::min<std::size_t>(step, left)));
            before = gain;
        }
    }

private:
    static constexpr int step = 3 * lane_count;

    [[nodiscard]] std::vector<double> energies_of(const Signal& sound) const {
        std::vector<double> energies;
        for (std::size_t at = 0; at + step <= sound.size(); at += step) {
            energies.push_back(
                static_cast<double>(kernels_.dot(sound.data() + at, sound.data() + at, step)));
        }
        return energies;
    }

    const Kernels& kernels_;
    std::vector<double> energies_;
};

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
        std::optional<LevelFollower> follower;
        if (side != nullptr) {
            follower.emplace(sound, kernels);
        }
        saturate(sound, effects.drive_db, oversampling, kernels);
        if (follower) {
            follower->turn(*side, sound);
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
