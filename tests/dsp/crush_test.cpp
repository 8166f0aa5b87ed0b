#include "dsp/crush.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "dsp/fft.h"

using namespace drumgen;

namespace {

constexpr int crushed_frames = 16384;

/// A sine, crushed, as a power spectrum relative to that of the sine, dB. Bins of 48000 / 8192 Hz.
std::vector<double> crushed_db(double hz, double rate_hz) {
    Signal in(static_cast<std::size_t>(crushed_frames + 2 * crush_margin));
    for (std::size_t k = 0; k < in.size(); ++k) {
        in[k] =
            static_cast<float>(std::sin(2 * M_PI * hz * static_cast<double>(k) / stream_rate_hz));
    }
    Signal out(crushed_frames);
    crush(in.data() + crush_margin, out.data(), crushed_frames, rate_hz, 1, kernels());
    std::vector<double> block(8192);
    for (std::size_t k = 0; k < block.size(); ++k) {
        // Source: 4-term Blackman-Harris window, -92 dB. F. J. Harris, 1978.
        const double x =
            2 * M_PI * (static_cast<double>(k) + 0.5) / static_cast<double>(block.size());
        const double window =
            0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2 * x) - 0.01168 * std::cos(3 * x);
        block[k] = window * static_cast<double>(out[k + 4000]);
    }
    PowerSpectrum spectrum(8192);
    std::vector<double> power;
    spectrum(block, power);
    const double full = std::pow(0.35875 * 8192 / 2, 2);
    for (double& bin : power) {
        bin = 10 * std::log10(bin / full + 1e-20);
    }
    return power;
}

double bin_hz(std::size_t bin) {
    return static_cast<double>(bin) * stream_rate_hz / 8192;
}

}  // namespace

TEST_SUITE("dsp/crush") {
    TEST_CASE("a held sine has its images at rate - f, and nothing else") {
        for (const double rate_hz : {17000.0, 19321.7, 22000.0, 25111.1}) {
            const double hz = 8003;
            const std::vector<double> power = crushed_db(hz, rate_hz);
            for (std::size_t bin = 1; bin < power.size(); ++bin) {
                const double at = bin_hz(bin);
                const bool line = std::abs(at - hz) < 50 || std::abs(at - (rate_hz - hz)) < 50;
                const bool beyond = at > 13000;
                CAPTURE(rate_hz);
                CAPTURE(at);
                if (!line && !beyond && power[bin] >= -50) {
                    CHECK(power[bin] < -50);
                }
            }
            // Held for 1 / rate a line loses sin(x) / x, x = pi f / rate.
            const auto held_db = [&](double at) {
                const double x = M_PI * at / rate_hz;
                return 20 * std::log10(std::sin(x) / x);
            };
            const auto level_db = [&](double at) {
                double most = -200;
                for (std::size_t bin = 0; bin < power.size(); ++bin) {
                    most = std::abs(bin_hz(bin) - at) < 20 ? std::max(most, power[bin]) : most;
                }
                return most;
            };
            // The hold is a little shorter than that; from 13 kHz on images are faded out.
            CHECK(std::abs(level_db(hz) - held_db(hz)) < 1);
            if (rate_hz - hz < 12500) {
                CHECK(std::abs(level_db(rate_hz - hz) - held_db(rate_hz - hz)) < 2);
            }
        }
    }

    TEST_CASE("towards 48 kHz nothing is left of it") {
        for (const double hz : {4000.0, 11000.0, 19000.0}) {
            const std::vector<double> power = crushed_db(hz, 47999);
            for (std::size_t bin = 1; bin < power.size(); ++bin) {
                if (std::abs(bin_hz(bin) - hz) < 50) {
                    continue;
                }
                CAPTURE(hz);
                CAPTURE(bin_hz(bin));
                CHECK(power[bin] < -65);
            }
        }
    }

    TEST_CASE("images below 2.4 kHz are at least 30 dB down") {
        for (double hz = 10000; hz < 14000; hz += 500) {
            const std::vector<double> power = crushed_db(hz, 12000);
            for (std::size_t bin = 1; bin_hz(bin) < 2400; ++bin) {
                CHECK(power[bin] < -30);
            }
        }
    }
}
