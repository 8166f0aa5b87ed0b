#include "param/quantity.h"

#include <doctest/doctest.h>

using namespace drumgen;

TEST_SUITE("param/quantity") {
    TEST_CASE("a unit may stand behind a number, and is brought to the parameter's own") {
        CHECK(quantity_from_text("50", Unit::hz) == 50.0);
        CHECK(quantity_from_text("50Hz", Unit::hz) == 50.0);
        CHECK(quantity_from_text("50 hz", Unit::hz) == 50.0);
        CHECK(quantity_from_text("0.05kHz", Unit::hz) == 50.0);
        CHECK(quantity_from_text("44.1k", Unit::hz) == 44100.0);
        CHECK(quantity_from_text("44.1kHz", Unit::hz) == 44100.0);
        CHECK(quantity_from_text("0.3s", Unit::ms) == 300.0);
        CHECK(quantity_from_text("300ms", Unit::s) == 0.3);
        CHECK(quantity_from_text("-6dB", Unit::db) == -6.0);
        CHECK(quantity_from_text("-14 LUFS", Unit::lufs) == -14.0);
        CHECK(quantity_from_text("2st", Unit::semitones) == 2.0);
        CHECK(quantity_from_text("1e2", Unit::hz) == 100.0);
    }

    TEST_CASE("what is no number of that unit is none") {
        for (const char* text : {"", "Hz", "50ms", "50 Hz 3", "5 0Hz", "1e2Hz", "50dB", "k",
                                 "nanHz", "0x10", "50Hzz"}) {
            CAPTURE(text);
            CHECK_FALSE(quantity_from_text(text, Unit::hz));
        }
        CHECK_FALSE(quantity_from_text("50Hz", Unit::none));
    }
}
