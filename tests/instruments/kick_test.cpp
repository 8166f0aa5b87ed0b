#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "drumgen/render.h"
#include "listen.h"

using namespace drumgen;

namespace {

constexpr double pitch_fall_s = 0.08;
constexpr double start_hz = 150;

Patch kick(const listen::Settings& values) {
    return listen::patch_of("kick", values, 0);
}

/// Instants of the rising zero crossings, by the cubic through the four samples around each.
std::vector<double> rising_crossings(const Sound& sound) {
    std::vector<double> instants;
    for (std::size_t k = 2; k + 2 < sound.samples.size(); ++k) {
        const auto y = [&](std::ptrdiff_t at) {
            return static_cast<double>(
                sound.samples[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(k) + at)]);
        };
        if (y(0) < 0 && y(1) >= 0) {
            double x = y(0) / (y(0) - y(1));
            for (int step = 0; step < 4; ++step) {
                const double c1 = (-2 * y(-1) - 3 * y(0) + 6 * y(1) - y(2)) / 6;
                const double c2 = (y(-1) - 2 * y(0) + y(1)) / 2;
                const double c3 = (-y(-1) + 3 * y(0) - 3 * y(1) + y(2)) / 6;
                x -= (y(0) + x * (c1 + x * (c2 + x * c3))) / (c1 + x * (2 * c2 + 3 * c3 * x));
            }
            instants.push_back((static_cast<double>(k) + x) / sound.sample_rate_hz);
        }
    }
    return instants;
}

double designed_cycles(double tune_hz, double t_s) {
    return tune_hz * t_s +
           (start_hz - tune_hz) * pitch_fall_s * (1 - std::exp(-t_s / pitch_fall_s));
}

Patch noise_free(double tune_hz, double punch_decay) {
    return kick({{"click_amount", 0},
                 {"room_air", 0},
                 {"blend", 0},
                 {"tune", tune_hz},
                 {"punch_decay", punch_decay},
                 {"punch_attack_ms", 0}});
}

}  // namespace

TEST_SUITE("instruments/kick") {
    TEST_CASE("the punch's pitch is within 1 cent of its design at 20, 50, 100 and 200 ms") {
        for (const double tune_hz : {30.0, 45.0, 62.0, 80.0}) {
            for (const double punch_decay : {0.0, 0.3, 1.0}) {
                const Sound sound = render(resolve(noise_free(tune_hz, punch_decay)));
                const std::vector<double> crossings = rising_crossings(sound);
                for (const double at_s : {0.02, 0.05, 0.1, 0.2}) {
                    // The cycle that holds the instant: its length against the design's.
                    std::size_t n = 0;
                    while (n + 2 < crossings.size() && crossings[n + 1] < at_s) {
                        ++n;
                    }
                    const double cycles = designed_cycles(tune_hz, crossings[n + 1]) -
                                          designed_cycles(tune_hz, crossings[n]);
                    CAPTURE(tune_hz);
                    CAPTURE(at_s);
                    CHECK(std::abs(1200 * std::log2(cycles)) < 1);
                }
            }
        }
    }

    TEST_CASE("the peaks of its cycles follow tanh(exp(-t / tau)) within 0.2 dB") {
        for (const double tune_hz : {30.0, 45.0, 80.0}) {
            for (const double punch_decay : {0.0, 0.3, 1.0}) {
                const double tau_s = 0.1 + 0.4 * punch_decay;
                const Sound sound = render(resolve(noise_free(tune_hz, punch_decay)));
                double least = 1e9;
                double most = -1e9;
                for (std::size_t k = 1; k + 1 < sound.samples.size(); ++k) {
                    const double x = std::abs(static_cast<double>(sound.samples[k]));
                    const bool peak = x >= std::abs(static_cast<double>(sound.samples[k - 1])) &&
                                      x > std::abs(static_cast<double>(sound.samples[k + 1]));
                    if (peak && x > 2e-3) {
                        const double t_s = static_cast<double>(k) / sound.sample_rate_hz;
                        const double db = 20 * std::log10(x / std::tanh(std::exp(-t_s / tau_s)));
                        least = std::min(least, db);
                        most = std::max(most, db);
                    }
                }
                CAPTURE(tune_hz);
                CAPTURE(punch_decay);
                CHECK(most - least < 0.4);
            }
        }
    }

    TEST_CASE("stating what the macros imply changes no sample") {
        const Patch bare = kick({{"punch_decay", 0.6}, {"distance_ms", 17}, {"click_amount", 0.8}});
        const Resolved resolved = resolve(bare);
        Patch stated = bare;
        for (std::size_t row = 0; row < resolved.params.size(); ++row) {
            stated.params[row] = Value{resolved.params[row].value, Origin::given};
        }
        CHECK(render(resolved).samples == render(resolve(stated)).samples);
    }

    TEST_CASE("noise FM leaves the mean pitch where it was") {
        // The old engine rectified the frequency: 182 Hz designed at 10 ms sounded at 261.
        // At this depth the phase strays by 0.15 cycles (RMS), so the cycles counted back from the
        // quiet part are unambiguous; rectifying would add more than one.
        Patch patch = kick({{"click_amount", 0.1}, {"click_snap", 1}, {"blend", 0}});
        double sum = 0;
        constexpr int seeds = 100;
        for (int seed = 0; seed < seeds; ++seed) {
            patch.seed = static_cast<std::uint64_t>(seed);
            const std::vector<double> crossings = rising_crossings(render(resolve(patch)));
            const double late_s = crossings[crossings.size() - 3];
            const double designed =
                45 * late_s + (160 - 45) * pitch_fall_s * (1 - std::exp(-late_s / pitch_fall_s));
            const double strayed = std::round(designed) - designed;
            CHECK(std::abs(strayed) < 0.5);
            sum += strayed;
        }
        CHECK(std::abs(sum / seeds) < 0.06);  // four standard deviations
    }
}
