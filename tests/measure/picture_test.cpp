#include "measure/picture.h"

#include <doctest/doctest.h>

#include <string>

#include "drumgen/error.h"

using namespace drumgen;

TEST_SUITE("measure/picture") {
    TEST_CASE("the ending of a name tells the picture, and no ending the usual one") {
        const PictureFormat& usual = *picture_formats().front();
        for (const char* const path : {"-", "a", "/dev/stdout", "a.b/c"}) {
            CAPTURE(path);
            CHECK(&picture_format_of(path) == &usual);
        }
        for (const PictureFormat* format : picture_formats()) {
            CHECK(&picture_format_of("x.y/{index}" + std::string(format->extension)) == format);
        }
    }

    TEST_CASE("another ending is refused, and the known ones told") {
        for (const char* const path : {"a.gif", "a.svg.wav", "a."}) {
            CAPTURE(path);
            CHECK_THROWS_WITH_AS((void)picture_format_of(path), doctest::Contains("known are .svg"),
                                 Error);
        }
    }

    TEST_CASE("silent, tiny and empty sounds have every picture") {
        for (const PictureFormat* format : picture_formats()) {
            CAPTURE(format->extension);
            for (const std::size_t frames : {0U, 1U, 2U, 100U}) {
                const Sound sound{Signal(frames, 0.0F), 48000};
                const std::string bytes = format->draw(sound, measure_features(sound), "");
                CHECK(bytes.size() > 100);
                CHECK(bytes == format->draw(sound, measure_features(sound), ""));
            }
        }
    }
}
