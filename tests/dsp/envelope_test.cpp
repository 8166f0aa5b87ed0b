#include "dsp/envelope.h"

#include "base/math.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace drumgen;

namespace {

std::vector<float> rendered(const Envelope& envelope, int frames, int offset = 0) {
    std::vector<float> out(static_cast<std::size_t>(frames));
    for (int at = 0; at < frames; at += block_frames) {
        const int count = std::min(block_frames, frames - at);
        render_envelope(envelope, (at + offset) / stream_rate_hz, out.data() + at, count,
                        kernels());
    }
    return out;
}

double db(float x) {
    return 20 * std::log10(static_cast<double>(x));
}

}  // namespace

TEST_SUITE("dsp/envelope") {
    TEST_CASE("decay falls 60 dB in decay_s") {
        for (const double decay_s : {0.005, 0.02, 0.3, 1.0}) {
            const Envelope envelope{.decay_s = decay_s, .release_s = decay_s};
            const auto out =
                rendered(envelope, round_up_to_lanes(math::ceil(decay_s * 48000) + 64));
            CHECK(out[0] == 1.0F);
            const auto end = static_cast<std::size_t>(decay_s * 48000);
            CHECK(db(out[end]) == doctest::Approx(-60).epsilon(0.001));
            CHECK(db(out[end / 2]) == doctest::Approx(-30).epsilon(0.001));
        }
    }

    TEST_CASE("a fall is told where the envelope is one exponential, and is that") {
        const Envelope envelope{
            .delay_s = 0.01, .attack_s = 0.02, .decay_s = 0.1, .release_s = 0.3};
        CHECK_FALSE(fall_of(envelope, 0.02, 0.01));
        CHECK_FALSE(fall_of(envelope, 0.12, 0.02));
        for (const double from_s : {0.03, 0.08, 0.13, 0.2}) {
            const std::optional<Fall> fall = fall_of(envelope, from_s, 0.005);
            REQUIRE(fall);
            const std::vector<float> exact =
                rendered(envelope, 16, static_cast<int>(std::lround(from_s * 48000)));
            const double level =
                fall->level * std::exp(-fall->nepers_per_s * (from_s - fall->from_s));
            CHECK(level == doctest::Approx(static_cast<double>(exact[0])).epsilon(1e-4));
        }
        CHECK_FALSE(fall_of({.decay_s = 0.1, .sustain = 0.5}, 0.05, 0.01));
    }

    TEST_CASE("attack is a straight line and everything waits for the delay, to the sample") {
        const Envelope envelope{.delay_s = 0.010, .attack_s = 0.020, .decay_s = 1, .release_s = 1};
        const auto out = rendered(envelope, 2048);
        CHECK(out[479] == 0);
        CHECK(out[480] == 0);
        CHECK(out[481] == doctest::Approx(1.0 / 960));
        CHECK(out[960] == doctest::Approx(0.5));
        CHECK(out[1440] == 1.0F);
    }

    TEST_CASE("sustain holds until the gate ends, then release falls 60 dB in release_s") {
        const Envelope envelope{
            .attack_s = 0.01, .decay_s = 0.1, .sustain = 0.5, .release_s = 0.05};
        const auto out = rendered(envelope, 8192);
        CHECK(out[5000] == doctest::Approx(0.5).epsilon(0.01));
        const auto end = static_cast<std::size_t>(envelope.gate_end_s() * 48000);
        CHECK(db(out[end + 2400]) - db(out[end]) == doctest::Approx(-60).epsilon(0.002));
    }

    TEST_CASE("blocks join without a seam, wherever they begin") {
        const Envelope envelope{.delay_s = 0.0031,
                                .attack_s = 0.0047,
                                .decay_s = 0.03,
                                .sustain = 0.2,
                                .release_s = 0.02};
        const auto whole = rendered(envelope, 4096);
        const auto shifted = rendered(envelope, 4096 - 112, 112);
        for (std::size_t k = 0; k < shifted.size(); ++k) {
            CHECK(std::abs(shifted[k] - whole[k + 112]) < 2e-6F);
        }
    }

    TEST_CASE("time_below_s is where the envelope passes the level") {
        for (const double sustain : {0.0, 0.3}) {
            const Envelope envelope{.delay_s = 0.01,
                                    .attack_s = 0.005,
                                    .decay_s = 0.1,
                                    .sustain = sustain,
                                    .release_s = 0.08};
            const auto out = rendered(envelope, 48000);
            for (const double level : {0.5, 0.1, 0.01, 1e-4, 1e-6}) {
                const auto at = static_cast<std::size_t>(envelope.time_below_s(level) * 48000);
                CHECK(static_cast<double>(out[at + 2]) <= level * 1.001);
                CHECK(static_cast<double>(out[at - 2]) >= level * 0.999);
            }
        }
    }
}
