#include "measure/pitch.h"

#include <doctest/doctest.h>

#include <cmath>

#include "dsp/noise.h"
#include "measure/features.h"

using namespace drumgen;

namespace {

Sound silence(double length_s, double rate_hz = 48000) {
    return {Signal(static_cast<std::size_t>(length_s * rate_hz), 0.0F), rate_hz};
}

/// Adds a tone that falls 60 dB in t60_s, its pitch from `from_hz` to `hz` with tau `fall_s`.
void add_tone(Sound& sound, double level, double hz, double t60_s, double from_hz = 0,
              double fall_s = 0.02) {
    double phase = 0;
    for (std::size_t k = 0; k < sound.samples.size(); ++k) {
        const double t = static_cast<double>(k) / sound.sample_rate_hz;
        const double bend_hz = from_hz > 0 ? (from_hz - hz) * std::exp(-t / fall_s) : 0;
        sound.samples[k] +=
            static_cast<float>(level * std::exp(-6.9078 * t / t60_s) * std::sin(2 * M_PI * phase));
        phase += (hz + bend_hz) / sound.sample_rate_hz;
    }
}

void add_noise(Sound& sound, float level, std::uint64_t seed, double t60_s) {
    const RandomStream stream = random_stream(seed, "pitch test");
    Signal noise(sound.samples.size() / 64 * 64, 0.0F);
    kernels().noise(noise.data(), stream, 0, static_cast<int>(noise.size()));
    for (std::size_t k = 0; k < noise.size(); ++k) {
        const double t = static_cast<double>(k) / sound.sample_rate_hz;
        sound.samples[k] += level * noise[k] * static_cast<float>(std::exp(-6.9078 * t / t60_s));
    }
}

double f0(const Sound& sound) {
    return measure_features(sound).f0_hz;
}

}  // namespace

TEST_SUITE("measure/pitch") {
    TEST_CASE("a decaying sine's pitch is found within 0.2 %, at every rate") {
        for (const double rate_hz : {44100.0, 48000.0, 96000.0}) {
            for (const double hz : {27.0, 45.0, 61.7, 110.0, 233.1, 470.0}) {
                CAPTURE(hz);
                Sound sound = silence(1.5, rate_hz);
                add_tone(sound, 0.9, hz, 1.0);
                CHECK(f0(sound) == doctest::Approx(hz).epsilon(0.002));
            }
        }
    }

    TEST_CASE("a pitch that falls is told where it settles, within 1 %") {
        for (const double hz : {42.0, 45.0, 56.0}) {
            CAPTURE(hz);
            Sound sound = silence(2);
            add_tone(sound, 0.9, hz, 1.5, 4 * hz, 0.06);
            CHECK(f0(sound) == doctest::Approx(hz).epsilon(0.01));
        }
    }

    TEST_CASE("another tone, offset and noise do not move it by 1 %") {
        Sound sound = silence(1.5);
        add_tone(sound, 0.6, 45, 1.2);
        add_tone(sound, 0.25, 150, 1.2);
        add_noise(sound, 0.05F, 1, 1.2);
        for (float& sample : sound.samples) {
            sample += 0.002F;
        }
        CHECK(f0(sound) == doctest::Approx(45).epsilon(0.01));
    }

    TEST_CASE("noise, tones out of range and silence have no pitch") {
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            CAPTURE(seed);
            Sound noise = silence(0.1 + 0.02 * static_cast<double>(seed));
            add_noise(noise, 0.5F, seed, 0.1 + 0.02 * static_cast<double>(seed));
            CHECK(f0(noise) == 0);
            // The same with a spectrum that falls, so that most of it is where pitches are.
            float before = 0;
            for (float& sample : noise.samples) {
                before += 0.1F * (sample - before);
                sample = before;
            }
            CHECK(f0(noise) == 0);
        }
        Sound high = silence(0.5);
        add_tone(high, 0.9, 3000, 0.4);
        CHECK(f0(high) == 0);
        CHECK(f0(silence(0.5)) == 0);
        CHECK(f0(silence(0)) == 0);
    }
}
