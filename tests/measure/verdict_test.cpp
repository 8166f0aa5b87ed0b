#include "measure/verdict.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace drumgen;

namespace {

/// A tone that keeps every law: its level rises and falls as t exp(-16 t), so that its mean is 0.
Sound good_sound() {
    Sound sound{Signal(48000, 0.0F), 48000};
    for (std::size_t k = 0; k < sound.samples.size(); ++k) {
        const double t = static_cast<double>(k) / 48000;
        const double level = 16 * t * std::exp(1 - 16 * t);
        const double fade = std::min(1.0, static_cast<double>(47999 - k) / 480);
        sound.samples[k] = static_cast<float>(0.9 * level * fade * std::sin(2 * M_PI * 100 * t));
    }
    return sound;
}

/// The laws that a sound breaks.
std::vector<std::string> broken(const Sound& sound, bool length_is_asked = false) {
    std::vector<std::string> names;
    for (const Judgement& one : judge(sound, measure_features(sound), length_is_asked)) {
        if (!one.passes()) {
            names.emplace_back(one.law);
        }
    }
    return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_SUITE("measure/verdict") {
    TEST_CASE("a good sound keeps every law") {
        CHECK(judge(good_sound(), measure_features(good_sound()), false).size() == 8);
        CHECK(broken(good_sound()) == Names{});
    }

    TEST_CASE("each law is broken by what it forbids, and by nothing else") {
        Sound sound = good_sound();
        for (float& sample : sound.samples) {
            sample *= 1.12F;
        }
        CHECK(broken(sound) == Names{"true peak"});

        sound = good_sound();
        std::fill(sound.samples.begin(), sound.samples.end(), 0.0F);
        CHECK(broken(sound) == Names{"peak"});

        sound = good_sound();
        for (std::size_t k = 100; k < 40000; ++k) {
            sound.samples[k] += 2.5e-4F;
        }
        CHECK(broken(sound) == Names{"dc"});

        sound = good_sound();
        sound.samples.front() = 1e-5F;
        CHECK(broken(sound) == Names{"first sample"});

        sound = good_sound();
        sound.samples.back() = -1e-5F;
        CHECK(broken(sound) == Names{"last sample"});

        sound = good_sound();
        sound.samples[sound.samples.size() - 64] = 1.1e-3F;
        CHECK(broken(sound) == Names{"last 64 samples"});
        sound.samples[sound.samples.size() - 64] = 0;
        sound.samples[sound.samples.size() - 65] = 1.1e-3F;
        CHECK(broken(sound) == Names{});

        sound = good_sound();
        sound.samples.resize(8 * 48000, 0.0F);
        CHECK(broken(sound) == Names{});
        sound.samples.resize(8 * 48000 + 1, 0.0F);
        CHECK(broken(sound) == Names{"length in s"});
    }

    TEST_CASE("a sound that was cut has not fallen, unless its length was asked for") {
        Sound sound = good_sound();
        for (std::size_t k = sound.samples.size() - 480; k < sound.samples.size() - 64; ++k) {
            sound.samples[k] = k % 2 == 0 ? 0.01F : -0.01F;
        }
        CHECK(broken(sound) == Names{"fall in dB"});
        CHECK(broken(sound, true) == Names{});
        CHECK(judge(sound, measure_features(sound), true).size() == 7);
    }

    TEST_CASE("the fall is that of the last 5 ms from the loudest") {
        Sound sound{Signal(4800, 0.0F), 48000};
        for (std::size_t k = 0; k < sound.samples.size(); ++k) {
            sound.samples[k] = k < 2400 ? 0.5F : 0.0005F;
        }
        CHECK(fall_db(sound) == doctest::Approx(60).epsilon(1e-4));
        CHECK(fall_db({Signal(4800, 0.0F), 48000}) == 200);
        CHECK(fall_db({Signal(), 48000}) == 200);
    }
}
