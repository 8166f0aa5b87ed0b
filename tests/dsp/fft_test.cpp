#include "dsp/fft.h"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <vector>

#include "base/random.h"

namespace drumgen {
namespace {

std::vector<double> noise(int size) {
    std::vector<double> block;
    for (int k = 0; k < size; ++k) {
        block.push_back(static_cast<double>(mix64(static_cast<std::uint64_t>(k)) >> 11) * 0x1p-52 -
                        1);
    }
    return block;
}

TEST_SUITE("dsp/fft") {
    TEST_CASE("the power of each bin is that of the sum over all samples") {
        for (const int size : {8, 16, 64, 1024}) {
            CAPTURE(size);
            const std::vector<double> block = noise(size);
            std::vector<double> power;
            PowerSpectrum spectrum(size);
            spectrum(block, power);
            REQUIRE(power.size() == static_cast<std::size_t>(size / 2 + 1));
            for (int bin = 0; bin <= size / 2; ++bin) {
                std::complex<double> sum = 0;
                for (int k = 0; k < size; ++k) {
                    const double angle = -2 * 3.14159265358979323846 * ((bin * k) % size) / size;
                    sum += block[static_cast<std::size_t>(k)] * std::polar(1.0, angle);
                }
                CHECK(std::abs(power[static_cast<std::size_t>(bin)] - std::norm(sum)) <
                      1e-11 * size);
            }
        }
    }

    TEST_CASE("energy stays what it is, for long blocks too (Parseval)") {
        for (const int size : {1 << 12, 1 << 17}) {
            const std::vector<double> block = noise(size);
            std::vector<double> power;
            PowerSpectrum spectrum(size);
            spectrum(block, power);
            double energy = 0;
            for (const double x : block) {
                energy += x * x;
            }
            double sum = power.front() + power.back();
            for (std::size_t k = 1; k + 1 < power.size(); ++k) {
                sum += 2 * power[k];
            }
            CHECK(sum / size == doctest::Approx(energy).epsilon(1e-12));
        }
    }
}

}  // namespace
}  // namespace drumgen
