#include "base/random.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace drumgen;

TEST_SUITE("base/random") {
    TEST_CASE("a stream is uniform, and its neighbours do not correlate") {
        const RandomStream stream = random_stream(7, "test");
        constexpr int count = 100000;
        double sum = 0;
        double square = 0;
        double neighbours = 0;
        double before = 0;
        for (int k = 0; k < count; ++k) {
            const double x = random_uniform(stream, static_cast<std::uint32_t>(k)) - 0.5;
            sum += x;
            square += x * x;
            neighbours += x * before;
            before = x;
        }
        // Bounds are four standard deviations.
        CHECK(std::abs(sum / count) < 4 * 0.2887 / std::sqrt(count));
        CHECK(std::abs(square / count - 1.0 / 12) < 4 * 0.0745 / std::sqrt(count));
        CHECK(std::abs(neighbours / count) < 4 * 0.0833 / std::sqrt(count));
    }

    TEST_CASE("seed and name give streams of their own") {
        const auto first = [](std::uint64_t seed, const char* name) {
            return random_bits(random_stream(seed, name), 0);
        };
        CHECK(first(1, "a") != first(2, "a"));
        CHECK(first(1, "a") != first(1, "b"));
        CHECK(first(1, "a") == first(1, "a"));
        CHECK(first(0, "") != first(UINT64_MAX, ""));
    }
}
