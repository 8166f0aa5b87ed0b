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
            const Signal out = resample(in, {147, 160}, 7000, kernels());
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

    TEST_CASE("every output rate keeps a tone of its band where it is, and folds nothing back") {
        const auto tone_of = [](double hz, double rate_hz) {
            Signal tone(static_cast<std::size_t>(rate_hz / 4));
            for (std::size_t k = 0; k < tone.size(); ++k) {
                tone[k] =
                    static_cast<float>(std::sin(2 * M_PI * hz * static_cast<double>(k) / rate_hz));
            }
            return tone;
        };
        for (const double rate_hz : {8000.0, 11025.0, 16000.0, 22050.0, 24000.0, 32000.0, 44100.0,
                                     48000.0, 88200.0, 96000.0, 176400.0, 192000.0}) {
            CAPTURE(rate_hz);
            const auto frames = static_cast<std::int64_t>(rate_hz / 4);
            for (const double hz : {200.0, 0.45 * std::min(rate_hz, 44100.0)}) {
                const Signal out = at_output_rate(tone_of(hz, 48000), rate_hz, frames, kernels());
                const Signal exact = tone_of(hz, rate_hz);
                double worst = 0;
                for (std::size_t k = out.size() / 4; k < 3 * out.size() / 4; ++k) {
                    worst = std::max(worst, std::abs(static_cast<double>(out[k] - exact[k])));
                }
                CHECK(worst < 2e-3);  // 0.01 dB twice
            }
            if (rate_hz < 44100) {
                for (double hz = rate_hz / 2; hz < 22000; hz += 500) {
                    const Signal out =
                        at_output_rate(tone_of(hz, 48000), rate_hz, frames, kernels());
                    double energy = 0;
                    for (std::size_t k = out.size() / 4; k < 3 * out.size() / 4; ++k) {
                        energy += static_cast<double>(out[k]) * static_cast<double>(out[k]);
                    }
                    CAPTURE(hz);
                    CHECK(10 * std::log10(4 * energy / static_cast<double>(out.size()) + 1e-30) <
                          -100);
                }
            }
        }
    }

    TEST_CASE("it neither delays nor changes pitch") {
        Signal in(8000);
        for (std::size_t k = 0; k < in.size(); ++k) {
            in[k] = static_cast<float>(std::sin(2 * M_PI * 1000 * static_cast<double>(k) / 48000));
        }
        const Signal out = resample(in, {147, 160}, 7000, kernels());
        for (std::size_t k = 200; k < 6800; ++k) {
            const double exact = std::sin(2 * M_PI * 1000 * static_cast<double>(k) / 44100);
            CHECK(std::abs(static_cast<double>(out[k]) - exact) < 2e-5);
        }
    }
}
