#include "measure/text_picture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "measure/tone.h"

using namespace drumgen;

namespace {

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

}  // namespace

TEST_SUITE("measure/text_picture") {
    TEST_CASE("has rows lines of columns characters") {
        const Sound sound = tone(100, 0.1);
        const std::string ascii = text_waveform(sound, {40, 5, false});
        CHECK(ascii.size() == 5 * 41);
        CHECK(ascii.find_first_not_of(":'. \n") == ascii.npos);
        const std::string braille = text_waveform(sound, {40, 5, true});
        CHECK(braille.size() == 5 * (3 * 40 + 1));
        CHECK(count(braille, "\n") == 5);
    }

    TEST_CASE("a square wave fills its halves, silence is a line") {
        Sound sound{Signal(80, 0.5F), 48000};
        std::fill(sound.samples.begin() + 40, sound.samples.end(), -0.5F);
        CHECK(text_waveform(sound, {4, 2, false}) == "''  \n  ..\n");
        CHECK(text_waveform({Signal(80, 0.0F), 48000}, {4, 1, false}) == "....\n");
        CHECK(text_waveform({Signal(), 48000}, {4, 1, false}) == "....\n");
    }
}
