#include "base/math.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace drumgen;

TEST_SUITE("base/math") {
    TEST_CASE("exp is within 1e-15 of the C library") {
        for (double x = -700; x <= 700; x += 0.37) {
            CHECK(std::abs(math::exp(x) / std::exp(x) - 1) < 1e-15);
        }
        CHECK(math::exp(0) == 1);
        CHECK(math::exp(-1000) == 0);
    }

    TEST_CASE("log is within 1e-15 of the C library") {
        for (double x = 1e-30; x < 1e30; x *= 1.7) {
            CHECK(std::abs(math::log(x) - std::log(x)) < 1e-15 * std::abs(std::log(x)) + 1e-15);
        }
        CHECK(math::log(1) == 0);
    }

    TEST_CASE("sine and cosine of cycles are within 1e-15") {
        for (double x = -3; x <= 3; x += 0.0013) {
            const double turn = x - std::round(x);
            CHECK(std::abs(math::sin_cycles(x) - std::sin(2 * math::pi * turn)) < 1e-15);
            CHECK(std::abs(math::cos_cycles(x) - std::cos(2 * math::pi * turn)) < 1e-15);
        }
        CHECK(math::sin_cycles(1234567.0) == 0);
        CHECK(math::cos_cycles(0) == 1);
    }

    TEST_CASE("tanh is within 1e-15, and pow within 1e-13") {
        for (double x = -20; x <= 20; x += 0.01) {
            CHECK(std::abs(math::tanh(x) - std::tanh(x)) < 1e-15);
        }
        for (double x = 0.01; x < 100; x *= 1.3) {
            CHECK(std::abs(math::pow(x, 1.7) / std::pow(x, 1.7) - 1) < 1e-13);
        }
    }

    TEST_CASE("floor and ceil are exact") {
        CHECK(math::floor(-0.5) == -1);
        CHECK(math::floor(2.0) == 2);
        CHECK(math::ceil(2.0) == 2);
        CHECK(math::ceil(2.0001) == 3);
        CHECK(math::ceil(-2.5) == -2);
    }

    TEST_CASE("bessel_i0 agrees with the C++ library") {
        for (double x = 0; x < 30; x += 0.1) {
            CHECK(std::abs(math::bessel_i0(x) / std::cyl_bessel_i(0.0, x) - 1) < 1e-13);
        }
    }
}
