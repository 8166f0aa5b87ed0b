#include <doctest/doctest.h>

#include "listen.h"

using namespace drumgen;

namespace {

const listen::Settings bare_rim{{"tune", 500}, {"ring", 0.8},  {"click", 0},
                                {"body", 0},   {"variety", 0}, {"softness", 0.3}};

Signal rim_with(listen::Settings more) {
    more.insert(more.begin(), bare_rim.begin(), bare_rim.end());
    return listen::sound_of("rim", more);
}

}  // namespace

TEST_SUITE("instruments/rim") {
    TEST_CASE("drive clips the modes: odd harmonics come up") {
        const auto third_db = [](double drive) {
            const Signal sound = rim_with({{"drive", drive}, {"overtone", 0}, {"bell", 0}});
            return listen::level_db(sound, 1500, 0.01, 0.06) -
                   listen::level_db(sound, 500, 0.01, 0.06);
        };
        CHECK(third_db(0) < -40);
        CHECK(third_db(1) > -20);
    }

    TEST_CASE("the bell is a mode of its own, 5.2 times the pitch") {
        const auto high_db = [](double bell) {
            return listen::level_db(rim_with({{"bell", bell}, {"drive", 0}}), 2600, 0.005, 0.055);
        };
        CHECK(high_db(1) > high_db(0.3) + 15);
    }

    TEST_CASE("air is treble that outlives the tick") {
        const auto treble = [](double air) {
            const Signal sound = listen::filtered(rim_with({{"air", air}}), high_pass(5000, 0.7));
            return listen::energy(sound, 0.04, 0.1);
        };
        CHECK(treble(1) > 50 * treble(0));
    }
}
