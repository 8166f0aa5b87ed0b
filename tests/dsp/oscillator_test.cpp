#include "dsp/oscillator.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace drumgen;

TEST_SUITE("dsp/oscillator") {
    TEST_CASE("a ringing sine is the sine under its exponential, in blocks of any size") {
        for (const double hz : {55.0, 1500.0, 2999.9, 15000.0}) {
            CAPTURE(hz);
            const Fall fall{0.9, 12.0, 0.01};
            for (const int frames : {16, 48, block_frames}) {
                RingingSine sine(hz, fall);
                double worst = 0;
                for (int at = 480; at < 12000; at += frames) {
                    std::vector<float> out(static_cast<std::size_t>(frames), 0.25F);
                    sine.add_to(out.data(), at / stream_rate_hz, 0.5, frames, kernels());
                    for (int j = 0; j < frames; ++j) {
                        const double t = (at + j) / stream_rate_hz;
                        const double exact = 0.25 + 0.5 * 0.9 * std::exp(-12 * (t - 0.01)) *
                                                        std::sin(2 * M_PI * hz * t);
                        worst = std::max(
                            worst, std::abs(static_cast<double>(out[static_cast<std::size_t>(j)]) -
                                            exact));
                    }
                }
                CHECK(worst < 1e-6);
            }
        }
    }
}
