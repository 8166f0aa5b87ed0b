#include "dsp/true_peak.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace drumgen;

namespace {

float peak_of(const std::vector<float>& samples, Bandwidth bandwidth = Bandwidth::any) {
    std::vector<float> padded(samples.size() + 3 * true_peak_margin);
    std::copy(samples.begin(), samples.end(), padded.begin() + true_peak_margin);
    return true_peak(padded.data() + true_peak_margin, static_cast<std::int64_t>(samples.size()),
                     bandwidth, kernels());
}

}  // namespace

TEST_SUITE("dsp/true_peak") {
    TEST_CASE("a sine between samples is found within 0.1 dB") {
        // At a quarter of the rate, 45 degrees off, the samples stand 3 dB below the peak.
        std::vector<float> sine(4096);
        for (std::size_t k = 0; k < sine.size(); ++k) {
            const double rise = std::min(1.0, static_cast<double>(k) / 1000);
            const double fall = std::min(1.0, static_cast<double>(sine.size() - k) / 1000);
            sine[k] = static_cast<float>(rise * fall *
                                         std::sin(M_PI / 2 * static_cast<double>(k) + M_PI / 4));
        }
        CHECK(20 * std::log10(peak_of(sine)) == doctest::Approx(0).epsilon(0.1));
    }

    TEST_CASE("both filters read sines of their band alike, within 0.03 dB") {
        for (double cycles = 0.011; cycles < 0.423; cycles += 0.0171) {
            CAPTURE(cycles);
            std::vector<float> sine(4096);
            for (std::size_t k = 0; k < sine.size(); ++k) {
                const double place = static_cast<double>(k) / static_cast<double>(sine.size());
                sine[k] = static_cast<float>(std::pow(std::sin(M_PI * place), 2) *
                                             std::sin(2 * M_PI * cycles * static_cast<double>(k)));
            }
            for (const Bandwidth bandwidth : {Bandwidth::any, Bandwidth::limited}) {
                CHECK(std::abs(20 * std::log10(peak_of(sine, bandwidth))) < 0.03);
            }
        }
    }

    TEST_CASE("skipping smooth stretches finds the same peak as looking everywhere") {
        const RandomStream stream = random_stream(5, "true peak");
        for (std::uint32_t trial = 0; trial < 20; ++trial) {
            std::vector<float> samples(2048);
            kernels().noise(samples.data(), stream, trial * 10000, 2048);
            for (std::size_t k = 0; k < samples.size(); ++k) {
                samples[k] *= std::exp(-static_cast<float>(k) / 300);
            }
            // One block alone, padded by silence, is searched without anything found before.
            float everywhere = 0;
            for (std::size_t at = 0; at < samples.size(); at += 128) {
                std::vector<float> part(samples.size());
                const std::size_t from = at > 64 ? at - 64 : 0;
                const std::size_t to = std::min(samples.size(), at + 192);
                std::copy(samples.begin() + static_cast<std::ptrdiff_t>(from),
                          samples.begin() + static_cast<std::ptrdiff_t>(to), part.begin());
                everywhere = std::max(everywhere, peak_of(part));
            }
            CHECK(peak_of(samples) <= everywhere);
            CHECK(peak_of(samples) > 0.97F * everywhere);
        }
    }
}
