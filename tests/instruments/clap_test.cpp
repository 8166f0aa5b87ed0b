#include <doctest/doctest.h>

#include "listen.h"

using namespace drumgen;

TEST_SUITE("instruments/clap") {
    TEST_CASE("as many bursts as hands, and the seed moves them") {
        for (const int hands : {1, 2, 3, 5, 8}) {
            const listen::Settings dry{{"hands", hands}, {"spread_ms", 25}, {"tightness", 1},
                                       {"variety", 0},   {"room", 0},       {"air", 0},
                                       {"body", 0}};
            CAPTURE(hands);
            CHECK(listen::bursts(listen::sound_of("clap", dry), 0.05) == hands);
        }
        const listen::Settings loose{{"hands", 4}, {"variety", 1}};
        CHECK(listen::sound_of("clap", loose, 1).size() !=
              listen::sound_of("clap", loose, 2).size());
    }

    TEST_CASE("the room answers the last hand") {
        const listen::Settings all{{"hands", 4},   {"spread_ms", 20}, {"tightness", 1},
                                   {"variety", 0}, {"room", 1},       {"room_ms", 600}};
        const Signal sound = listen::sound_of("clap", all);
        CHECK(listen::energy(sound, 0.07, 0.08) > 10 * listen::energy(sound, 0.045, 0.055));
    }
}
