#include "dsp/saturation.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

using namespace drumgen;

namespace {

constexpr int bent_frames = 4800;

/// A sine between readable samples.
struct Sine {
    Signal samples = Signal(static_cast<std::size_t>(bent_frames + 2 * saturation_margin));
    Sine(double hz, double level) {
        for (std::size_t k = 0; k < samples.size(); ++k) {
            const double t_s = (static_cast<double>(k) - saturation_margin) / stream_rate_hz;
            samples[k] = static_cast<float>(level * std::sin(2 * M_PI * hz * t_s));
        }
    }
    [[nodiscard]] const float* data() const { return samples.data() + saturation_margin; }
};

/// What a saturated sine of 15 kHz holds besides itself, in dB below it: its harmonics lie above
/// the band, so all of it is alias.
double alias_db(double level, int streams) {
    const Sine sine(15000, level);
    Signal out(bent_frames);
    const std::array stretches{SaturationStretch{bent_frames, streams}};
    saturate(sine.data(), out.data(), bent_frames, 1, stretches, kernels());
    double in_phase = 0;
    double across = 0;
    double power = 0;
    for (int j = 320; j < bent_frames - 320; ++j) {  // 1300 cycles
        const double w = 2 * M_PI * 15000 * j / stream_rate_hz;
        const auto x = static_cast<double>(out[static_cast<std::size_t>(j)]);
        in_phase += x * std::sin(w);
        across += x * std::cos(w);
        power += x * x;
    }
    const int count = bent_frames - 640;
    const double own = 2 * (in_phase * in_phase + across * across) / count;
    return 10 * std::log10(std::abs(power - own) / own + 1e-20);
}

}  // namespace

TEST_SUITE("dsp/saturation") {
    TEST_CASE("streams keep the alias down: the levels that the hat relies on") {
        // A sine of level 1.41 has an RMS of 1.
        CHECK(alias_db(0.05 * 1.41, 1) < -60);
        CHECK(alias_db(0.36 * 1.41, 2) < -65);
        CHECK(alias_db(0.36 * 1.41, 4) < -100);
        CHECK(alias_db(1.1 * 1.41, 8) < -100);
    }

    TEST_CASE("it is tanh(drive * x)") {
        const Sine sine(100, 0.7);
        for (const int streams : {1, 2, 4, 8, 16}) {
            Signal out(bent_frames);
            const std::array stretches{SaturationStretch{bent_frames, streams}};
            saturate(sine.data(), out.data(), bent_frames, 2, stretches, kernels());
            for (int j = 0; j < bent_frames; ++j) {
                const double exact = std::tanh(2 * static_cast<double>(sine.data()[j]));
                CHECK(std::abs(static_cast<double>(out[static_cast<std::size_t>(j)]) - exact) <
                      1e-4);
            }
        }
    }

    TEST_CASE("no step where the number of streams changes") {
        const Sine sine(3000, 0.5);
        Signal out(bent_frames);
        const std::array stretches{SaturationStretch{1600, 4}, SaturationStretch{3200, 2},
                                   SaturationStretch{bent_frames, 1}};
        saturate(sine.data(), out.data(), bent_frames, 1, stretches, kernels());
        for (int j = 0; j < bent_frames; ++j) {
            const double exact = std::tanh(static_cast<double>(sine.data()[j]));
            CHECK(std::abs(static_cast<double>(out[static_cast<std::size_t>(j)]) - exact) < 2e-4);
        }
    }

    TEST_CASE("twice the rate holds the same sound") {
        Signal in(bent_frames);
        for (std::size_t k = 0; k < in.size(); ++k) {
            in[k] = static_cast<float>(
                std::sin(2 * M_PI * 15000 * static_cast<double>(k) / stream_rate_hz));
        }
        const Signal out = at_double_rate(in, kernels());
        REQUIRE(out.size() == 2 * in.size());
        for (std::size_t k = 200; k < out.size() - 200; ++k) {
            const double exact =
                std::sin(2 * M_PI * 15000 * static_cast<double>(k) / (2 * stream_rate_hz));
            CHECK(std::abs(static_cast<double>(out[k]) - exact) < 2e-5);
        }
    }
}
