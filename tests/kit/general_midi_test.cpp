#include "kit/general_midi.h"

#include <doctest/doctest.h>

namespace drumgen {

TEST_SUITE("kit/general_midi") {
    TEST_CASE("names of drums have keys, however they are written") {
        CHECK(general_midi_key("Closed Hat") == closed_hat_key);
        CHECK(general_midi_key("low_tom") == 45);
        CHECK(!general_midi_key("Kick-Hard"));
    }

    TEST_CASE("so have names of files that hold them, the longest first") {
        CHECK(general_midi_key_within("Kick-Hard") == 36);
        CHECK(general_midi_key_within("HatClosed-Hardest") == closed_hat_key);
        CHECK(general_midi_key_within("HatOpen 2") == open_hat_key);
        CHECK(general_midi_key_within("EE_Ride_Bell_1") == 53);
        CHECK(!general_midi_key_within("beats_09-12"));
        CHECK(!general_midi_key_within(""));
    }
}

}  // namespace drumgen
