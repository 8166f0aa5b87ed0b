#include "dsp/oversample.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace drumgen;

namespace {

constexpr std::int64_t sound_frames = 4096;

/// Amplitude in dB, relative to 1, that a sine of 1 has after oversampled rendering and decimation:
/// the largest sample of the middle.
double gain_db(double hz, int streams) {
    const RenderContext context{.oversampling = streams, .everywhere = true, .kernels = &kernels()};
    const auto source = [&](double start_s, float* out, int count) {
        for (int j = 0; j < count; ++j) {
            out[j] = static_cast<float>(std::sin(2 * M_PI * hz * (start_s + j / stream_rate_hz)));
        }
    };
    const Signal out = sample(context, sound_frames, sound_frames, source);
    double energy = 0;
    constexpr std::size_t edge = 512;
    for (std::size_t k = edge; k < out.size() - edge; ++k) {
        energy += static_cast<double>(out[k]) * static_cast<double>(out[k]);
    }
    return 10 * std::log10(2 * energy / static_cast<double>(out.size() - 2 * edge) + 1e-30);
}

}  // namespace

TEST_SUITE("dsp/oversample") {
    TEST_CASE("decimation is flat within 0.01 dB to 20 kHz") {
        for (const int streams : {2, 4, 16}) {
            for (double hz = 1000; hz <= 20000; hz += 1000) {
                CAPTURE(hz);
                CHECK(std::abs(gain_db(hz, streams)) < 0.01);
            }
        }
    }

    TEST_CASE("decimation is at least 100 dB down from 24 kHz on") {
        for (const int streams : {2, 4, 16}) {
            for (double hz = 24000; hz <= 24000 * streams; hz *= 1.0271) {
                CAPTURE(streams);
                CAPTURE(hz);
                CHECK(gain_db(hz, streams) < -100);
            }
        }
    }

    TEST_CASE("the seam between oversampled and plain stretches is inaudible") {
        RenderContext context{.oversampling = 4, .kernels = &kernels()};
        const auto source = [](double start_s, float* out, int count) {
            for (int j = 0; j < count; ++j) {
                const double t_s = start_s + j / stream_rate_hz;
                out[j] = static_cast<float>(std::sin(2 * M_PI * 200 * t_s));
            }
        };
        const Signal mixed = sample(context, sound_frames, 1000, source);
        context.oversampling = 1;
        const Signal plain = sample(context, sound_frames, 0, source);
        for (std::size_t k = 64; k < sound_frames; ++k) {
            CHECK(std::abs(mixed[k] - plain[k]) < 1e-5F);
        }
    }
}
