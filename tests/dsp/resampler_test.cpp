#include "dsp/resampler.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace drumgen;

TEST_SUITE("dsp/resampler") {
    TEST_CASE("147 / 160 is flat within 0.01 dB to 20 kHz and 100 dB down from 22.05 kHz on") {
        const auto resampled_db = [](double hz) {
            Signal in(8000);
            for (std::size_t k = 0; k < in.size(); ++k) {
                in[k] =
                    static_cast<float>(std::sin(2 * M_PI * hz * static_cast<double>(k) / 48000));
            }
            const Signal out = resample_147_160(in, 7000, kernels());
            double energy = 0;
            for (std::size_t k = 1000; k < 6000; ++k) {
                energy += static_cast<double>(out[k]) * static_cast<double>(out[k]);
            }
            return 10 * std::log10(2 * energy / 5000 + 1e-30);
        };
        for (double hz = 1000; hz <= 20000; hz += 500) {
            CHECK(std::abs(resampled_db(hz)) < 0.01);
        }
        for (double hz = 22050; hz < 24000; hz += 50) {
            CHECK(resampled_db(hz) < -100);
        }
    }

    TEST_CASE("it neither delays nor changes pitch") {
        Signal in(8000);
        for (std::size_t k = 0; k < in.size(); ++k) {
            in[k] = static_cast<float>(std::sin(2 * M_PI * 1000 * static_cast<double>(k) / 48000));
        }
        const Signal out = resample_147_160(in, 7000, kernels());
        for (std::size_t k = 200; k < 6800; ++k) {
            const double exact = std::sin(2 * M_PI * 1000 * static_cast<double>(k) / 44100);
            CHECK(std::abs(static_cast<double>(out[k]) - exact) < 2e-5);
        }
    }
}
