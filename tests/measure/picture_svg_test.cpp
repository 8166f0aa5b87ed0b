#include "measure/picture.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "measure/tone.h"

using namespace drumgen;

TEST_SUITE("measure/picture_svg") {
    TEST_CASE("the same sound is the same picture, smaller than 500 kB") {
        const Sound sound = tone(100, 8);
        const Features features = measure_features(sound);
        const std::string svg =
            picture_format_of(".svg").draw(sound, features, "a & <b> \x01 \xff \xc3\xa9");
        CHECK(svg == picture_format_of(".svg").draw(sound, features, "a & <b> \x01 \xff \xc3\xa9"));
        CHECK(svg.size() < 500000);
        CHECK(svg.find("a &amp; &lt;b&gt; ? ? \xc3\xa9") != svg.npos);
        for (const char* const label : {"Time (s)", "Frequency (Hz)", "Level (dBFS)", ">50<",
                                        ">100<", ">1k<", ">20k<", "dB below the loudest"}) {
            CAPTURE(label);
            CHECK(svg.find(label) != svg.npos);
        }
    }

    TEST_CASE("silent, tiny and empty sounds have a picture") {
        for (const std::size_t frames : {0U, 1U, 2U, 100U}) {
            const Sound sound{Signal(frames, 0.0F), 48000};
            const std::string svg =
                picture_format_of(".svg").draw(sound, measure_features(sound), "");
            CHECK(svg.ends_with("</svg>\n"));
            CHECK(svg.find("nan") == svg.npos);
            CHECK(svg.find("inf") == svg.npos);
        }
    }
}
