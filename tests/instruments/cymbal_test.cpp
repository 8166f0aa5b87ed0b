#include <doctest/doctest.h>

#include "listen.h"

using namespace drumgen;

namespace {

double treble(const Signal& sound, double from_s, double to_s) {
    return listen::energy(listen::filtered(sound, high_pass(6000, 0.7)), from_s, to_s);
}

}  // namespace

TEST_SUITE("instruments/cymbal") {
    TEST_CASE("the treble builds up after the hit") {
        const listen::Settings slow{{"build_ms", 100}, {"stick", 0}, {"ring", 0.9}};
        const Signal sound = listen::sound_of("cymbal", slow);
        CHECK(treble(sound, 0.08, 0.1) > 8 * treble(sound, 0, 0.02));
        const listen::Settings fast{{"build_ms", 0.5}, {"stick", 0}, {"ring", 0.9}};
        const Signal at_once = listen::sound_of("cymbal", fast);
        CHECK(treble(at_once, 0.08, 0.1) < 1.5 * treble(at_once, 0, 0.02));
    }

    TEST_CASE("the treble dies first when it does not shine, and last when it does") {
        const auto kept = [](double shine) {
            const Signal sound = listen::sound_of("cymbal", {{"shine", shine}, {"ring", 0.9}});
            const double early = treble(sound, 0.1, 0.3) / listen::energy(sound, 0.1, 0.3);
            return treble(sound, 1, 1.2) / listen::energy(sound, 1, 1.2) / early;
        };
        CHECK(kept(0) < 0.3);
        CHECK(kept(1) > 1);
    }

    TEST_CASE("a hand stops it") {
        const Signal sound = listen::sound_of("cymbal", {{"choke_ms", 200}, {"ring", 1}});
        CHECK(sound.size() < 0.4 * 48000);
        CHECK(listen::energy(sound, 0.26, 0.3) < 1e-3 * listen::energy(sound, 0.16, 0.2));
        CHECK(listen::sound_of("cymbal", {{"ring", 1}}).size() > 5 * 48000);
    }

    TEST_CASE("top opens the treble") {
        const auto share = [](double top) {
            const Signal sound = listen::sound_of("cymbal", {{"top", top}, {"tone", 2000}});
            return treble(sound, 0, 0.5) / listen::energy(sound, 0, 0.5);
        };
        CHECK(share(1) > 1.5 * share(0));
    }
}
