#include <doctest/doctest.h>

#include "listen.h"

using namespace drumgen;

TEST_SUITE("instruments/clave") {
    TEST_CASE("the second mode stands where ratio says") {
        for (const double ratio : {1.6, 2.777, 3.99}) {
            const Signal sound = listen::sound_of("clave", {{"tune", 1000},
                                                            {"ratio", ratio},
                                                            {"overtone", 1},
                                                            {"knock", 0},
                                                            {"room", 0},
                                                            {"drive", 0},
                                                            {"variety", 0},
                                                            {"ring", 0.8}});
            const double there = listen::level_db(sound, 1000 * ratio, 0.005, 0.045);
            CAPTURE(ratio);
            CHECK(there > listen::level_db(sound, 1000 * ratio - 200, 0.005, 0.045) + 20);
            CHECK(there > listen::level_db(sound, 1000 * ratio + 200, 0.005, 0.045) + 20);
        }
    }
}
