#include "measure/extremes.h"

#include <doctest/doctest.h>

#include <vector>

namespace drumgen {
namespace {

Sound sound_of(const std::vector<float>& samples) {
    Sound sound;
    sound.samples.assign(samples.begin(), samples.end());
    return sound;
}

}  // namespace

TEST_SUITE("measure/extremes") {
    TEST_CASE("each column has the lowest and the highest of its samples") {
        const auto columns = extremes_of(sound_of({0, 1, -1, 0.5F, 0.25F, 0.75F}), 3);
        REQUIRE(columns.size() == 3);
        CHECK(columns[0].low == 0);
        CHECK(columns[0].high == 1);
        CHECK(columns[1].low == -1);
        CHECK(columns[1].high == 0.5F);
        CHECK(columns[2].low == 0.25F);
    }

    TEST_CASE("more columns than samples repeat them, and no sample makes zeros") {
        const auto repeated = extremes_of(sound_of({0.5F, -0.5F}), 4);
        CHECK(repeated[0].high == 0.5F);
        CHECK(repeated[1].high == 0.5F);
        CHECK(repeated[3].low == -0.5F);
        const auto silent = extremes_of(sound_of({}), 2);
        CHECK(silent.size() == 2);
        CHECK(silent[1].high == 0);
    }
}

}  // namespace drumgen
