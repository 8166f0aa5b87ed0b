#include "match/onsets.h"

#include <doctest/doctest.h>

#include <cmath>

#include "match/recording.h"
#include "match/strokes.h"

namespace drumgen {
namespace {

TEST_SUITE("match/onsets") {
    TEST_CASE("hits are found where drums overlap") {
        // A hat while a kick and a cymbal still sound, which no level tells.
        const Sound loop = played({{"cymbal", 0.02, 0.5},
                                   {"kick", 0.02, 1},
                                   {"hat", 0.2, 0.3},
                                   {"snare", 0.4, 0.8},
                                   {"hat", 0.5, 0.3},
                                   {"kick", 0.6, 1},
                                   {"hat", 0.8, 0.3}},
                                  1.2);
        const std::vector<Hit> hits = find_hits(loop);
        const std::vector<double> there{0.02, 0.2, 0.4, 0.5, 0.6, 0.8};
        REQUIRE(hits.size() == there.size());
        for (std::size_t k = 0; k < hits.size(); ++k) {
            CAPTURE(k);
            CHECK(std::abs(hits[k].at_s - there[k]) < 0.01);
        }
    }

    TEST_CASE("strokes of a flam, of a roll, and an echo are one hit, unless asked for") {
        std::vector<PlayedStroke> roll;
        for (int n = 0; n < 12; ++n) {
            roll.push_back({"snare", 0.05 + 0.05 * n, 0.4 + 0.05 * n});
        }
        const std::vector<Sound> strokes{played({{"snare", 0.1, 0.3}, {"snare", 0.125, 1}}, 1),
                                         played(roll, 1.5),
                                         played({{"tom", 0.1, 1}, {"tom", 0.25, 0.1}}, 1)};
        for (const Sound& stroke : strokes) {
            CHECK(onsets_of(stroke).size() == 1);
        }
        CHECK(onsets_of(strokes[1], 1).size() > 6);
    }

    TEST_CASE("the first hit may be the first sample") {
        const Sound loop = played({{"kick", 0, 1}, {"snare", 0.25, 1}, {"hat", 0.5, 1}}, 0.75);
        CHECK(onsets_of(loop).size() == 3);
    }

    TEST_CASE("more sensitive finds more") {
        const Sound loop = played(
            {{"kick", 0.02, 1}, {"hat", 0.2, 0.02}, {"snare", 0.5, 0.5}, {"hat", 0.7, 0.005}}, 1);
        std::size_t before = 0;
        for (const double sensitivity : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            const std::size_t count = onsets_of(loop, sensitivity).size();
            CHECK(count >= before);
            before = count;
        }
        CHECK(before == 4);
        CHECK(onsets_of(loop, 0).size() < 3);
    }

    TEST_CASE("a rate hears the same, and nothing has no onset") {
        for (const double rate : {4000.0, 22050.0, 44100.0, 96000.0, 768000.0}) {
            CAPTURE(rate);
            Sound clicks{Signal(static_cast<std::size_t>(rate), 0.0F), rate};
            for (const double at_s : {0.1, 0.4, 0.8}) {
                const auto first = static_cast<std::size_t>(at_s * rate);
                for (std::size_t k = 0; k < clicks.samples.size() - first; ++k) {
                    const double s = static_cast<double>(k) / rate;
                    clicks.samples[first + k] +=
                        static_cast<float>(std::exp(-s / 0.02) * std::sin(2 * M_PI * 700 * s));
                }
            }
            const std::vector<double> onsets = onsets_of(clicks);
            REQUIRE(onsets.size() == 3);
            CHECK(std::abs(onsets[1] - 0.4) < 0.012);
        }
        CHECK(onsets_of({Signal(1, 1.0F), 48000}).size() <= 1);
        CHECK(onsets_of({Signal(48000, 0.0F), 48000}).empty());
        CHECK(onsets_of({Signal(), 48000}).empty());
    }
}

}  // namespace
}  // namespace drumgen
