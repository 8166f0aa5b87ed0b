#include "dsp/peak_limiter.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "base/random.h"

using namespace drumgen;

namespace {

constexpr std::size_t reach = 48;  // a millisecond at stream_rate_hz, and a window's half

/// Noise of magnitudes up to 0.5.
Signal noise_below_half(std::size_t frames) {
    const RandomStream stream = random_stream(5, "peaks");
    Signal sound(frames);
    for (std::size_t k = 0; k < frames; ++k) {
        sound[k] = static_cast<float>(random_uniform(stream, static_cast<std::uint32_t>(k)) - 0.5);
    }
    return sound;
}

float greatest_of(const Signal& sound) {
    float most = 0;
    for (const float sample : sound) {
        most = std::max(most, std::fabs(sample));
    }
    return most;
}

}  // namespace

TEST_SUITE("dsp/peak_limiter") {
    TEST_CASE("no sample is above the limit, wherever the peaks stand") {
        for (const float limit : {0.5F, 0.4F, 0.1F, 0.001F}) {
            Signal sound = noise_below_half(3000);
            for (const std::size_t at : {0U, 1U, 47U, 48U, 49U, 1000U, 1040U, 2950U, 2999U}) {
                sound[at] = at % 2 == 0 ? 2.0F : -3.0F;
            }
            limit_peaks(sound, limit);
            CAPTURE(limit);
            CHECK(greatest_of(sound) <= limit * 1.00001F);
        }
    }

    TEST_CASE(
        "what is out of reach of every peak stays as it is, and what is near is turned down") {
        const Signal before = noise_below_half(3000);
        Signal sound = before;
        sound[1500] = 1;
        limit_peaks(sound, 0.5F);
        for (std::size_t k = 0; k < sound.size(); ++k) {
            CAPTURE(k);
            if (k + 2 * reach < 1500 || k > 1500 + 2 * reach) {
                CHECK(sound[k] == before[k]);
            } else if (k != 1500) {
                CHECK(std::fabs(sound[k]) <= std::fabs(before[k]) * 1.00001F);
            }
        }
        CHECK(sound[1500] > 0.45);
    }

    TEST_CASE("a sound below the limit is not touched, nor is none at all") {
        Signal sound = noise_below_half(500);
        const Signal before = sound;
        limit_peaks(sound, greatest_of(before));
        CHECK(sound == before);
        Signal nothing;
        limit_peaks(nothing, 0.5F);
        CHECK(nothing.empty());
    }
}
