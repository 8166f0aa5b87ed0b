#include "render/effects.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "drumgen/render.h"
#include "dsp/context.h"
#include "measure/features.h"
#include "param/state.h"
#include "render/render_with.h"

using namespace drumgen;

namespace {

Resolved kick_with(const char* key, const char* value) {
    Patch patch = empty_patch(find_instrument("kick"));
    Stating stating;
    state_render_text(patch, key, value, stating);
    REQUIRE(stating.problems.empty());
    return resolve(patch);
}

/// A sine that decays slowly, as long as `frames`.
Signal decaying_sine(std::size_t frames, double hz) {
    Signal sound(frames);
    for (std::size_t k = 0; k < frames; ++k) {
        const double t_s = static_cast<double>(k) / 48000;
        sound[k] = static_cast<float>(std::exp(-5 * t_s) * std::sin(2 * M_PI * hz * t_s));
    }
    return sound;
}

double peak_between(const Signal& sound, std::size_t from, std::size_t to) {
    float peak = 0;
    for (std::size_t k = from; k < to; ++k) {
        peak = std::max(peak, std::abs(sound[k]));
    }
    return static_cast<double>(peak);
}

}  // namespace

TEST_SUITE("render/effects") {
    TEST_CASE("effects that are off change no sample") {
        const Sound clean = render(kick_with("style", "clean"));
        for (const char* key : {"drive_db", "transient_db", "tilt_db"}) {
            CHECK(render(kick_with(key, "0")).samples == clean.samples);
        }
    }

    TEST_CASE("a lowered attack raises nothing behind it, however fast that decays or stops") {
        for (const double decay : {3.0, 30.0, 300.0}) {
            Signal sound(48000, 0.0F);
            for (std::size_t k = 0; k < 24000; ++k) {
                const double t_s = static_cast<double>(k) / 48000;
                sound[k] =
                    static_cast<float>(std::exp(-decay * t_s) * std::sin(2 * M_PI * 200 * t_s));
            }
            Signal lowered = sound;
            apply_effects(lowered, {.transient_db = -12}, 1, kernels());
            Signal raised = sound;
            apply_effects(raised, {.transient_db = 12}, 1, kernels());
            bool is_between = true;
            for (std::size_t k = 0; k < sound.size(); ++k) {
                is_between = is_between && std::abs(lowered[k]) <= std::abs(sound[k]) &&
                             std::abs(raised[k]) >= std::abs(sound[k]) * 0.999F;
            }
            CHECK(is_between);
            CHECK(peak_between(lowered, 0, 960) < 0.6 * peak_between(sound, 0, 960));
            CHECK(peak_between(raised, 0, 960) > 2 * peak_between(sound, 0, 960));
        }
    }

    TEST_CASE("a style is a setting of the three effects") {
        const Effects gritty = style_effects(Style::gritty);
        const Sound by_name = render(kick_with("style", "gritty"));
        Resolved by_values = kick_with("style", "clean");
        by_values.render.transient_db = gritty.transient_db;
        by_values.render.drive_db = gritty.drive_db;
        by_values.render.tilt_db = gritty.tilt_db;
        CHECK(render(by_values).samples == by_name.samples);
        CHECK(by_name.samples != render(kick_with("style", "aggro")).samples);
        CHECK(by_name.samples != render(kick_with("style", "airy")).samples);
    }

    TEST_CASE("drive lowers the crest factor and keeps the peak") {
        Signal sound = decaying_sine(24000, 100);
        apply_effects(sound, {.drive_db = 18}, 4, kernels());
        CHECK(peak_between(sound, 0, 24000) ==
              doctest::Approx(peak_between(decaying_sine(24000, 100), 0, 24000)).epsilon(0.02));
        // tanh(g x) / tanh(g) with g = 6.94: 0.1 comes out as 0.6.
        const double late = peak_between(decaying_sine(24000, 100), 20000, 21000);
        CHECK(peak_between(sound, 20000, 21000) > 3 * late);
    }

    TEST_CASE("drive near nothing is nothing") {
        const Signal before = decaying_sine(4800, 100);
        Signal sound = before;
        apply_effects(sound, {.drive_db = 0.01}, 4, kernels());
        for (std::size_t k = 100; k < 4700; ++k) {
            CHECK(std::abs(sound[k] - before[k]) < 1e-5F);
        }
    }

    TEST_CASE("tilt turns the spectrum about 1 kHz") {
        const auto level = [](double hz, double tilt_db) {
            Signal sound = decaying_sine(24000, hz);
            apply_effects(sound, {.tilt_db = tilt_db}, 4, kernels());
            return 20 * std::log10(peak_between(sound, 2000, 6000) /
                                   peak_between(decaying_sine(24000, hz), 2000, 6000));
        };
        CHECK(level(50, 6) == doctest::Approx(-3).epsilon(0.05));
        CHECK(level(15000, 6) == doctest::Approx(3).epsilon(0.05));
        // The halves meet there 45 degrees before and behind: sqrt((2 + 1 / 2) / 2).
        CHECK(level(1000, 6) == doctest::Approx(0.97).epsilon(0.05));
    }

    TEST_CASE("low cut is 3 dB down at its frequency and falls by 24 dB an octave") {
        constexpr std::size_t frames = 24000;
        const auto energy = [](const Signal& sound) {
            double sum = 0;
            for (std::size_t k = frames / 4; k < frames / 2; ++k) {
                sum += static_cast<double>(sound[k]) * static_cast<double>(sound[k]);
            }
            return sum;
        };
        const auto level = [&](double hz) {
            const Signal before = decaying_sine(frames, hz);
            Signal sound = before;
            apply_effects(sound, {.low_cut_hz = 1000}, 4, kernels());
            return 10 * std::log10(energy(sound) / energy(before));
        };
        CHECK(level(1000) == doctest::Approx(-3.01).epsilon(0.02));
        CHECK(level(500) == doctest::Approx(-24.1).epsilon(0.02));
        CHECK(level(250) == doctest::Approx(-48.2).epsilon(0.02));
        CHECK(std::abs(level(8000)) < 0.05);
    }

    TEST_CASE("the high cut is down 3 dB at its frequency and 24 dB an octave above") {
        constexpr int frames = 48000;
        const auto level = [&](double hz) {
            // Faded in, or its beginning would be heard below it.
            Signal before(frames);
            for (std::size_t k = 0; k < before.size(); ++k) {
                const double place = static_cast<double>(k) / frames;
                before[k] = static_cast<float>(
                    std::pow(std::sin(M_PI * place), 4) *
                    std::sin(2 * M_PI * hz * static_cast<double>(k) / stream_rate_hz));
            }
            Signal sound = before;
            apply_effects(sound, {.high_cut_hz = 1000}, 4, kernels());
            double power = 0;
            double own = 0;
            for (std::size_t k = 0; k < before.size(); ++k) {
                power += std::pow(static_cast<double>(sound[k]), 2);
                own += std::pow(static_cast<double>(before[k]), 2);
            }
            return 10 * std::log10(power / own);
        };
        CHECK(level(1000) == doctest::Approx(-3.01).epsilon(0.02));
        CHECK(level(2000) == doctest::Approx(-24.1).epsilon(0.02));
        CHECK(level(4000) == doctest::Approx(-48.3).epsilon(0.02));
        CHECK(std::abs(level(125)) < 0.05);
    }

    TEST_CASE("the transient shaper raises the attack and leaves the body") {
        const Signal before = decaying_sine(24000, 200);
        Signal sound = before;
        apply_effects(sound, {.transient_db = 6}, 4, kernels());
        const auto gain_db = [&](std::size_t from, std::size_t to) {
            return 20 * std::log10(peak_between(sound, from, to) / peak_between(before, from, to));
        };
        CHECK(gain_db(0, 240) > 4.5);
        CHECK(std::abs(gain_db(9600, 12000)) < 1);
    }

    TEST_CASE("drive's aliasing is 80 dB down") {
        const Resolved patch = kick_with("drive_db", "12");
        const Sound sound = render(patch);
        const Sound reference =
            render_with(patch, {.kernels = &kernels(), .oversampling = 16, .everywhere = true});
        double rest = 0;
        double power = 0;
        // The loud part: where each is cut at its end may differ.
        for (std::size_t k = 0; k < 24000; ++k) {
            const auto x = static_cast<double>(sound.samples[k]);
            const auto r = static_cast<double>(reference.samples[k]);
            rest += (x - r) * (x - r);
            power += r * r;
        }
        CHECK(10 * std::log10(rest / power) < -80);
    }

    TEST_CASE("effects sound the same at 48 and 96 kHz") {
        for (const auto& [key, value] :
             {std::pair{"style", "gritty"}, std::pair{"style", "aggro"}, std::pair{"style", "airy"},
              std::pair{"low_cut", "200"}, std::pair{"high_cut", "2000"}}) {
            Resolved patch = kick_with(key, value);
            const Features low = measure_features(render(patch));
            patch.render.rate_hz = 96000;
            const Features high = measure_features(render(patch));
            for (std::size_t band = 0; band < 9; ++band) {
                if (low.octave_db[band] > -60) {
                    CAPTURE(octave_hz[band]);
                    CHECK(std::abs(low.octave_db[band] - high.octave_db[band]) < 0.5);
                }
            }
        }
    }
}
