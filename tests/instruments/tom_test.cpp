#include <doctest/doctest.h>

#include "listen.h"

using namespace drumgen;

TEST_SUITE("instruments/tom") {
    TEST_CASE("it begins as many semitones above its pitch as bend says") {
        const auto first_period_hz = [](double bend) {
            const Signal sound = listen::sound_of("tom", {{"tune", 100},
                                                          {"bend", bend},
                                                          {"bend_ms", 300},
                                                          {"skin", 0},
                                                          {"room", 0},
                                                          {"overtone", 0},
                                                          {"softness", 0},
                                                          {"variety", 0},
                                                          {"ring", 0.8}});
            // Of the third to the fourth rising zero, by when it has hardly begun to fall.
            std::vector<double> zeros;
            for (std::size_t k = 1; zeros.size() < 5; ++k) {
                const auto before = static_cast<double>(sound.at(k - 1));
                const auto now = static_cast<double>(sound.at(k));
                if (before < 0 && now >= 0) {
                    zeros.push_back(static_cast<double>(k) - now / (now - before));
                }
            }
            return 48000 / (zeros[3] - zeros[2]);
        };
        for (const double bend : {1.0, 2.0, 7.0, 12.0}) {
            // The fall from the start to the middle of that cycle.
            const double start = 100 * (std::exp2(bend / 12) - 1);
            const double fallen = first_period_hz(bend) - 100;
            CAPTURE(bend);
            CHECK(fallen < start);
            CHECK(fallen > 0.85 * start);
        }
    }

    TEST_CASE("the higher, the sooner it is over") {
        CHECK(listen::sound_of("tom", {{"tune", 80}, {"room", 0}}).size() >
              2 * listen::sound_of("tom", {{"tune", 400}, {"room", 0}}).size());
    }

    TEST_CASE("a slap is treble at the front") {
        const auto treble = [](double slap, double from_s) {
            const Signal sound = listen::filtered(
                listen::sound_of("tom", {{"slap", slap}, {"skin_tone", 400}, {"variety", 0}}),
                high_pass(5000, 0.7));
            return listen::energy(sound, from_s, from_s + 0.01);
        };
        CHECK(treble(1, 0) > 1000 * treble(0, 0));
        CHECK(treble(1, 0) > 30 * treble(1, 0.05));
    }
}
