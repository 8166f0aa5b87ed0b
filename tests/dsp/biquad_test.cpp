#include "dsp/biquad.h"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

using namespace drumgen;

namespace {

std::complex<double> response(const Biquad& b, double hz) {
    const std::complex<double> z = std::polar(1.0, -2 * std::numbers::pi * hz / stream_rate_hz);
    return (b.b0 + z * (b.b1 + z * b.b2)) / (1.0 + z * (b.a1 + z * b.a2));
}

double gain_db(const Biquad& biquad, double hz) {
    return 20 * std::log10(std::abs(response(biquad, hz)));
}

/// Filters noise with the block form in stretches, and with the plain recursion in double precision.
double worst_difference(const Biquad& biquad, int stretch) {
    constexpr int frames = 4800;
    constexpr int reach = BlockBiquad::reach;
    std::vector<float> in(reach + frames, 0.0F);
    std::vector<float> out(reach + frames, 0.0F);
    kernels().noise(in.data() + reach, random_stream(1, "biquad"), 0, frames);
    const BlockBiquad block(biquad);
    BlockBiquad::State state{};
    for (int at = reach; at < reach + frames; at += stretch) {
        block.filter(out.data() + at, in.data() + at, state, stretch, kernels());
    }
    double worst = 0;
    double x1 = 0;
    double x2 = 0;
    double y1 = 0;
    double y2 = 0;
    for (std::size_t k = reach; k < in.size(); ++k) {
        const auto x = static_cast<double>(in[k]);
        const double y =
            biquad.b0 * x + biquad.b1 * x1 + biquad.b2 * x2 - biquad.a1 * y1 - biquad.a2 * y2;
        x2 = x1, x1 = x, y2 = y1, y1 = y;
        worst = std::max(worst, std::abs(y - static_cast<double>(out[k])));
    }
    return worst;
}

}  // namespace

TEST_SUITE("dsp/biquad") {
    TEST_CASE("a band-pass has gain 1 in the middle and -3.01 dB where its band ends") {
        for (const double q : {0.5, 1.5, 4.0}) {
            for (const double hz : {200.0, 2000.0, 3000.0}) {
                const Biquad biquad = band_pass(hz, q);
                CHECK(std::abs(gain_db(biquad, hz)) < 1e-9);
                // The edges lie hz / q apart, symmetrical on the warped axis; exact far below half
                // the rate.
                if (hz == 200) {
                    const double half = hz / q / 2;
                    const double upper = half + std::sqrt(half * half + hz * hz);
                    CHECK(gain_db(biquad, upper) == doctest::Approx(-3.0103).epsilon(0.001));
                }
            }
        }
    }

    TEST_CASE("a high-pass has gain q at its cutoff, 0 at 0 Hz, 1 at the top") {
        const Biquad biquad = high_pass(80, 0.70710678118654752440);
        CHECK(gain_db(biquad, 80) == doctest::Approx(-3.0103).epsilon(0.001));
        CHECK(std::abs(response(biquad, 0)) < 1e-9);
        CHECK(std::abs(gain_db(biquad, 24000)) < 1e-9);
    }

    TEST_CASE("the block form is the plain recursion within -100 dB, whatever the stretches") {
        for (const Biquad& biquad : {high_pass(80, 0.70710678118654752440), band_pass(2000, 1.5),
                                     band_pass(3000, 0.5), band_pass(200, 4)}) {
            CHECK(worst_difference(biquad, 4800) < 1e-5);
            CHECK(worst_difference(biquad, 16) == worst_difference(biquad, 4800));
        }
    }

    TEST_CASE("the noise gain of two filters in a row is that of their impulse response") {
        for (const auto& [first, second] :
             {std::pair{band_pass(1100, 0.4), high_pass(150, 0.6)},
              std::pair{band_pass(60, 2), low_pass(90, 0.7)},
              std::pair{high_pass(5000, 0.7), low_pass(12000, 0.5)}}) {
            double energy = 0;
            double state[2][4] = {};
            for (int k = 0; k < 200000; ++k) {
                double x = k == 0 ? 1 : 0;
                int at = 0;
                for (const Biquad& b : {first, second}) {
                    auto& [x1, x2, y1, y2] = state[at++];
                    const double y = b.b0 * x + b.b1 * x1 + b.b2 * x2 - b.a1 * y1 - b.a2 * y2;
                    x2 = x1, x1 = x, y2 = y1, y1 = y;
                    x = y;
                }
                energy += x * x;
            }
            CHECK(noise_gain(first, second) == doctest::Approx(std::sqrt(energy)).epsilon(1e-6));
        }
    }

    TEST_CASE("narrow low bands hold in float, too") {
        for (const Biquad& biquad : {band_pass(40, 2), low_pass(55, 0.7), band_pass(42, 0.9)}) {
            CHECK(worst_difference(biquad, 240) < 1e-6);
        }
    }
}
