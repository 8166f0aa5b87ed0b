#include "match/loop_drums.h"

#include <doctest/doctest.h>

#include <cmath>

#include "match/recording.h"
#include "match/strokes.h"

namespace drumgen {
namespace {

/// Two bars at 120 quarters a minute, of strokes whose times are told in quarters.
Sound loop_of(std::vector<PlayedStroke> strokes) {
    for (PlayedStroke& stroke : strokes) {
        stroke.at_s = 0.5 * stroke.at_s + 0.01;
    }
    return played(strokes, 4);
}

std::vector<PlayedStroke> rock() {
    std::vector<PlayedStroke> strokes;
    for (int eighth = 0; eighth < 16; ++eighth) {
        strokes.push_back({"hat", 0.5 * eighth, eighth % 2 == 0 ? 0.4 : 0.3});
    }
    for (const double beat : {0.0, 2.5, 4.0, 6.5}) {
        strokes.push_back({"kick", beat, 1});
    }
    for (const double beat : {1.0, 3.0, 5.0, 7.0}) {
        strokes.push_back({"snare", beat, beat == 7 ? 0.5 : 0.9});
    }
    return strokes;
}

TEST_SUITE("match/loop_drums") {
    TEST_CASE("drums are told apart, those that sound at once too") {
        const Sound loop = loop_of(rock());
        const std::vector<Hit> hits = find_hits(loop);
        REQUIRE(hits.size() == 16);
        const std::vector<LoopDrum> drums = drums_of_loop(loop, hits);
        std::vector<std::size_t> kicks;
        std::vector<std::size_t> snares;
        std::size_t hats = 0;
        for (const LoopDrum& drum : drums) {
            for (const DrumStroke& stroke : drum.strokes) {
                if (drum.instrument->name == "kick") {
                    kicks.push_back(stroke.hit);
                } else if (drum.instrument->name == "snare") {
                    snares.push_back(stroke.hit);
                } else if (drum.instrument->name == "hat") {
                    ++hats;
                    // Nearly the same each time.
                    CHECK(stroke.level_db > drum.top_db - 8);
                }
            }
        }
        CHECK(kicks == std::vector<std::size_t>{0, 5, 8, 13});
        CHECK(snares == std::vector<std::size_t>{2, 6, 10, 14});
        CHECK(hats >= 8);
        for (const LoopDrum& drum : drums) {
            if (drum.instrument->name == "snare") {
                CHECK(drum.strokes.back().level_db ==
                      doctest::Approx(drum.top_db - 20 * std::log10(0.9 / 0.5)).epsilon(0.05));
            }
        }
    }

    TEST_CASE("one hit is one drum") {
        const Sound loop = loop_of({{"tom", 0, 1}});
        const std::vector<LoopDrum> drums = drums_of_loop(loop, find_hits(loop));
        REQUIRE(drums.size() == 1);
        CHECK(drums[0].strokes.size() == 1);
        CHECK(drums[0].cleanest == 0);
    }
}

}  // namespace
}  // namespace drumgen
