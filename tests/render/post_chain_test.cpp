#include <doctest/doctest.h>

#include <cmath>

#include "drumgen/render.h"
#include "render/post_chain.h"

namespace drumgen {
namespace {

TEST_SUITE("render/post_chain") {
    TEST_CASE("gain_db turns the finished sound down, by the bit as turn_down does") {
        for (const Instrument* instrument : instruments()) {
            CAPTURE(instrument->name);
            Resolved patch = resolve(empty_patch(*instrument));
            Sound whole = render(patch);
            patch.render.gain_db = -6;
            const Sound down = render(patch);
            turn_down(whole, -6);
            CHECK(down.samples == whole.samples);
        }
    }

    TEST_CASE("20 dB are a tenth") {
        Sound sound{{1.0F, -0.5F, 0.0F}, 48000, {0.5F, 0.0F, 1.0F}};
        turn_down(sound, -20);
        CHECK(static_cast<double>(sound.samples[0]) == doctest::Approx(0.1));
        CHECK(static_cast<double>(sound.samples[1]) == doctest::Approx(-0.05));
        CHECK(sound.samples[2] == 0.0F);
        CHECK(static_cast<double>(sound.right[2]) == doctest::Approx(0.1));
    }

    TEST_CASE("0 dB change no bit") {
        Resolved patch = resolve(empty_patch(*instruments().front()));
        const Signal before = render(patch).samples;
        patch.render.gain_db = 0;
        CHECK(render(patch).samples == before);
    }
}

}  // namespace
}  // namespace drumgen
