#include <doctest/doctest.h>

#include <algorithm>

#include "listen.h"

using namespace drumgen;

TEST_SUITE("instruments/shaker") {
    TEST_CASE("as many swells as strokes") {
        for (const int strokes : {1, 2, 3, 4}) {
            const Signal sound = listen::sound_of("shaker", {{"strokes", strokes},
                                                             {"stroke_ms", 150},
                                                             {"decay", 0.1},
                                                             {"grains", 1},
                                                             {"softness", 0.5},
                                                             {"variety", 0},
                                                             {"body", 0},
                                                             {"jingle", 0}});
            CAPTURE(strokes);
            CHECK(listen::bursts(sound, 0.05) == strokes);
        }
    }

    TEST_CASE("few grains are told apart, many are hiss") {
        const auto crest = [](double grains) {
            const Signal sound = listen::sound_of(
                "shaker", {{"grains", grains}, {"decay", 1}, {"body", 0}, {"jingle", 0}});
            const double peak = 0.95;
            return peak / std::sqrt(listen::energy(sound, 0.05, 0.45) / (0.4 * 48000));
        };
        CHECK(crest(0) > 2 * crest(1));
    }

    TEST_CASE("jingles ring above 4 kHz, whatever the beads do") {
        const auto share = [](double jingle) {
            const Signal sound = listen::sound_of(
                "shaker", {{"tone", 1500}, {"focus", 1}, {"body", 0}, {"jingle", jingle}});
            return listen::energy(listen::filtered(sound, high_pass(4500, 0.7)), 0, 1) /
                   listen::energy(sound, 0, 1);
        };
        CHECK(share(0) < 0.1);
        CHECK(share(1) > 0.6);
    }

    TEST_CASE("a tap is the front of it") {
        const auto front = [](double tap) {
            const Signal sound = listen::sound_of("shaker", {{"tap", tap}, {"softness", 1}});
            return listen::energy(sound, 0, 0.005) / listen::energy(sound, 0, 1);
        };
        CHECK(front(0) < 0.05);
        CHECK(front(1) > 0.2);
    }
}
