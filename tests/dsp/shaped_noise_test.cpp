#include "dsp/shaped_noise.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

using namespace drumgen;

namespace {

using Kind = FilterSection::Kind;

double gain_db(const ShortFilter& filter, double hz) {
    constexpr int frames = 9600;
    constexpr int before = 64;
    Signal in(before + frames);
    Signal out(frames);
    for (std::size_t k = 0; k < in.size(); ++k) {
        in[k] =
            static_cast<float>(std::sin(2 * M_PI * hz * static_cast<double>(k) / stream_rate_hz));
    }
    filter.apply(in.data() + before, out.data(), frames, kernels());
    double energy = 0;
    for (const float x : out) {
        energy += static_cast<double>(x) * static_cast<double>(x);
    }
    return 10 * std::log10(2 * energy / frames);
}

}  // namespace

TEST_SUITE("dsp/shaped_noise") {
    TEST_CASE(
        "a filter is 3.01 dB down at its cutoff, flat where it passes, and falls 12 dB an octave") {
        const ShortFilter high(std::array{FilterSection{Kind::high_pass, 4000}}, 40);
        CHECK(gain_db(high, 4000) == doctest::Approx(-3.01).epsilon(0.01));
        CHECK(std::abs(gain_db(high, 16000)) < 0.1);
        CHECK(gain_db(high, 1000) == doctest::Approx(-24.3).epsilon(0.03));
        const ShortFilter low(std::array{FilterSection{Kind::low_pass, 8000}}, 40);
        CHECK(gain_db(low, 8000) == doctest::Approx(-3.01).epsilon(0.01));
        CHECK(std::abs(gain_db(low, 1000)) < 0.01);
        CHECK(gain_db(low, 16000) < -15);
    }

    TEST_CASE("a low-pass at 20 kHz is none") {
        const std::array high{FilterSection{Kind::high_pass, 3500}};
        const std::array both{FilterSection{Kind::high_pass, 3500},
                              FilterSection{Kind::low_pass, 20000}};
        for (const double hz : {2000.0, 9000.0, 21000.0}) {
            CHECK(gain_db(ShortFilter(high, 40), hz) == gain_db(ShortFilter(both, 40), hz));
        }
    }

    TEST_CASE("the noise has the RMS that noise_gain tells, and is the same made in pieces") {
        const ShortFilter filter(
            std::array{FilterSection{Kind::high_pass, 7000}, FilterSection{Kind::low_pass, 9000}},
            28);
        constexpr int frames = 96000;
        const RandomStream stream = random_stream(7, "test");
        const Signal flat(frames, 1.0F);
        Signal out(frames, 0.0F);
        add_shaped_noise(stream, filter, 0, flat.data(), frames, 0.5, out.data(), kernels());
        double energy = 0;
        for (const float x : out) {
            energy += static_cast<double>(x) * static_cast<double>(x);
        }
        CHECK(std::sqrt(energy / frames) ==
              doctest::Approx(0.5 * filter.noise_gain()).epsilon(0.02));

        Signal later(1600, 0.0F);
        add_shaped_noise(stream, filter, 3200, flat.data(), 1600, 0.5, later.data(), kernels());
        CHECK(std::equal(later.begin() + filter.taps(), later.end(),
                         out.begin() + 3200 + filter.taps()));
    }
}
