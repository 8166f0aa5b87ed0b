#include "match/hit_table.h"
#include "match/table_of.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "drumgen/signal.h"

namespace drumgen {
namespace {

/// A tone that begins after some silence and falls 60 dB in `fall_s`.
Signal tone(double hz, double fall_s, double seconds = 0.8) {
    Signal sound(1000, 0.0F);
    for (int k = 0; k < seconds * 48000; ++k) {
        const double level = std::pow(10, -3 * k / 48000.0 / fall_s);
        sound.push_back(static_cast<float>(level * std::cos(2 * M_PI * hz * k / 48000.0)));
    }
    return sound;
}

std::size_t loudest_of(const HitTable& table) {
    return static_cast<std::size_t>(std::max_element(table.share.begin(), table.share.end()) -
                                    table.share.begin());
}

TEST_SUITE("match/hit_table") {
    TEST_CASE("a tone is in its band, at its pitch, and a tone") {
        for (const double hz : {60.0, 200.0, 440.0, 1000.0, 5000.0, 12000.0}) {
            CAPTURE(hz);
            const HitTable table = table_of(tone(hz, 0.6));
            const std::size_t cell = loudest_of(table);
            const std::size_t row = cell / hit_windows;
            const auto band = static_cast<double>(row);
            CHECK(std::log2(hz / 40) / std::log2(400) * 19 ==
                  doctest::Approx(band + 0.5).epsilon(0.6 / (band + 0.5)));
            CHECK(1200 * std::abs(static_cast<double>(table.pitch[cell]) - std::log2(hz)) < 10);
            CHECK(table.coherence[cell] > 0.98F);
        }
    }

    TEST_CASE("the shares of energy are those of the windows, and add up") {
        const HitTable table = table_of(tone(1000, 0.3));
        const double sum = std::accumulate(table.share.begin(), table.share.end(), 0.0);
        CHECK(sum == doctest::Approx(1).epsilon(1e-4));
        for (std::size_t window = 0; window < hit_windows; ++window) {
            double share = 0;
            for (std::size_t band = 0; band < hit_bands; ++band) {
                share += static_cast<double>(table.share[band * hit_windows + window]);
            }
            // Energy falls 60 dB in 0.3 s.
            const auto left = [](double ms) { return std::pow(10, -6 * ms / 300); };
            const double expected =
                (left(hit_edges_ms[window]) - left(hit_edges_ms[window + 1])) / (1 - left(700));
            CHECK(share == doctest::Approx(expected).epsilon(0.3).scale(0.01));
        }
    }

    TEST_CASE("noise is less of a tone than a tone, and its energy lies as it is spread") {
        Signal sound(40000);
        kernels().noise(sound.data(), random_stream(1, "noise"), 0, 40000);
        const HitTable table = table_of(sound);
        for (std::size_t band = 12; band < hit_bands; ++band) {
            CHECK(table.coherence[band * hit_windows + 6] < 0.97F);
        }
        // White noise has 1.37 times as much energy in each band as in the one below.
        const double rise = static_cast<double>(table.level_db[17 * hit_windows + 6]) -
                            static_cast<double>(table.level_db[9 * hit_windows + 6]);
        CHECK(rise == doctest::Approx(8 * 10 * std::log10(std::pow(400, 1.0 / 19))).epsilon(0.1));
    }

    TEST_CASE("level and silence before it change nothing but what rounds") {
        const Signal sound = tone(300, 0.2);
        Signal other(5000, 0.0F);
        for (const float sample : sound) {
            other.push_back(sample * 0.1F);
        }
        const HitTable a = table_of(sound);
        const HitTable b = table_of(other);
        for (std::size_t cell = 0; cell < hit_cells; ++cell) {
            CHECK(a.level_db[cell] == doctest::Approx(b.level_db[cell]).epsilon(1e-3));
        }
        CHECK(a.attack_ms == b.attack_ms);
    }

    TEST_CASE("an attack is told in ms") {
        Signal slow = tone(1000, 5);
        for (std::size_t k = 1000; k < 1480; ++k) {
            slow[k] *= static_cast<float>(k - 1000) / 480;
        }
        CHECK(table_of(tone(1000, 0.02)).attack_ms < 2);
        CHECK(table_of(slow).attack_ms > 9);
    }

    TEST_CASE("silence and a single sample have tables of numbers") {
        for (const Signal& sound : {Signal(), Signal(100, 0.0F), Signal(1, 0.5F)}) {
            const HitTable table = table_of(sound);
            for (std::size_t cell = 0; cell < hit_cells; ++cell) {
                CHECK(std::isfinite(table.level_db[cell]));
                CHECK(std::isfinite(table.pitch[cell]));
                CHECK(std::isfinite(table.coherence[cell]));
            }
        }
    }
}

}  // namespace
}  // namespace drumgen
