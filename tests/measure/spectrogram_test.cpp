#include "measure/spectrogram.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "measure/tone.h"

using namespace drumgen;

TEST_SUITE("measure/spectrogram") {
    TEST_CASE("a tone is loudest in the row of its frequency, within a semitone") {
        for (const double hz : {60.0, 300.0, 1000.0, 9000.0}) {
            CAPTURE(hz);
            const Spectrogram seen = spectrogram(tone(hz, 0.5), 20, 250, 30, 20000);
            REQUIRE(seen.level_db.size() == 20 * 250);
            int loudest = 0;
            for (int row = 0; row < 250; ++row) {
                const auto at = [&](int r) {
                    return seen.level_db[static_cast<std::size_t>(r * 20 + 10)];
                };
                loudest = at(row) > at(loudest) ? row : loudest;
            }
            const double found = 20000 * std::pow(30.0 / 20000, loudest / 249.0);
            CHECK(std::abs(12 * std::log2(found / hz)) < 1);
        }
    }

    TEST_CASE("frequencies that a sound can't hold are silent") {
        const Spectrogram seen = spectrogram(tone(1000, 0.2, 8000), 10, 50, 30, 20000);
        CHECK(seen.level_db[5] < -150);
    }
}
