#include <doctest/doctest.h>

#include "param/note.h"
#include "param/state.h"

using namespace drumgen;

TEST_SUITE("param/note") {
    TEST_CASE("a note is its pitch in equal temperament") {
        CHECK(*pitch_from_text("A4") == doctest::Approx(440));
        CHECK(*pitch_from_text("C4") == doctest::Approx(261.6256).epsilon(1e-6));
        CHECK(*pitch_from_text("F#1") == doctest::Approx(46.2493).epsilon(1e-6));
        CHECK(*pitch_from_text("gb1") == doctest::Approx(46.2493).epsilon(1e-6));
        CHECK(*pitch_from_text("A-1") == doctest::Approx(13.75));
    }

    TEST_CASE("a number is a pitch in Hz, with or without the unit") {
        CHECK(*pitch_from_text("46.25") == 46.25);
        CHECK(*pitch_from_text("46.25Hz") == 46.25);
    }

    TEST_CASE("anything else is neither") {
        for (const char* text : {"", "H2", "F", "F#", "F#12", "1.2.3", "-5", "0", "nan", "Hz"}) {
            CAPTURE(text);
            CHECK_FALSE(pitch_from_text(text));
        }
    }

    TEST_CASE("a note states the macro that the instrument is tuned by, inside its limits") {
        Patch patch = empty_patch(find_instrument("kick"));
        Stating stating;
        state_note_text(patch, "F#1", stating);
        CHECK(stating.problems.empty());
        const Instrument& kick = *patch.instrument;
        CHECK(*kick.pitch_hz(std::vector<double>(kick.parameters.size(), 46.0)) == 46);
        CHECK(patch.params[kick.pitch_row]->value == doctest::Approx(46.2493).epsilon(1e-6));
        state_note_text(patch, "A4", stating);
        REQUIRE(stating.problems.size() == 1);
        CHECK(stating.problems[0].find("25..120 Hz") != std::string::npos);
    }
}
