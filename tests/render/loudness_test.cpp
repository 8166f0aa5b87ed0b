#include "render/loudness.h"

#include <doctest/doctest.h>

#include "base/math.h"
#include "drumgen/render.h"

namespace drumgen {
namespace {

Sound sine(double hz, double seconds, double rate_hz, double gain = 1) {
    Sound sound;
    sound.sample_rate_hz = rate_hz;
    const auto frames = static_cast<std::size_t>(seconds * rate_hz);
    for (std::size_t k = 0; k < frames; ++k) {
        sound.samples.push_back(
            static_cast<float>(gain * math::sin_cycles(hz * static_cast<double>(k) / rate_hz)));
    }
    return sound;
}

double loudness_of(const Sound& sound) {
    return loudness_lufs(sound.samples, sound.sample_rate_hz);
}

TEST_SUITE("render/loudness") {
    // BS.1770-4: a sine of 997 Hz at full scale in one front channel reads -3.01 LKFS.
    TEST_CASE("a full sine of 997 Hz has -3.01 LUFS at every rate") {
        for (const double rate_hz : {44100.0, 48000.0, 88200.0, 96000.0}) {
            CHECK(loudness_of(sine(997, 2, rate_hz)) == doctest::Approx(-3.01).epsilon(0.005));
        }
        // The standard's filters are those of 48 kHz; far from it they bend a little.
        for (const double rate_hz :
             {8000.0, 11025.0, 16000.0, 22050.0, 24000.0, 32000.0, 176400.0, 192000.0}) {
            CAPTURE(rate_hz);
            CHECK(std::abs(loudness_of(sine(997, 2, rate_hz)) + 3.01) <= 0.05);
        }
    }

    TEST_CASE("bass counts for less and treble for more") {
        const double middle = loudness_of(sine(997, 1, 48000));
        CHECK(loudness_of(sine(30, 1, 48000)) < middle - 4);
        CHECK(loudness_of(sine(8000, 1, 48000)) > middle + 3);
        CHECK(loudness_of(sine(8000, 1, 48000)) < middle + 4);
    }

    TEST_CASE("half the amplitude is 6 dB, half of 400 ms is 3 dB") {
        const double whole = loudness_of(sine(997, 0.4, 48000));
        CHECK(loudness_of(sine(997, 0.4, 48000, 0.5)) == doctest::Approx(whole - 6.0206));
        CHECK(loudness_of(sine(997, 0.2, 48000)) == doctest::Approx(whole - 3.0103).epsilon(0.002));
    }

    TEST_CASE("the loudest stretch counts, wherever it is") {
        Sound sound = sine(997, 0.5, 48000);
        const double alone = loudness_of(sound);
        sound.samples.insert(sound.samples.begin(), 48000, 0.0F);
        sound.samples.insert(sound.samples.end(), 48000, 0.0F);
        CHECK(loudness_of(sound) == doctest::Approx(alone).epsilon(0.001));
    }

    TEST_CASE("silence is -200") {
        Sound sound;
        CHECK(loudness_of(sound) == -200);
        sound.samples.assign(1000, 0.0F);
        CHECK(loudness_of(sound) == -200);
    }
}

}  // namespace
}  // namespace drumgen
