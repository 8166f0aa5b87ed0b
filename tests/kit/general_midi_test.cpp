#include "kit/general_midi.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace drumgen {

TEST_SUITE("kit/general_midi") {
    TEST_CASE("names of drums have keys, however they are written") {
        CHECK(general_midi_key("Closed Hat") == closed_hat_key);
        CHECK(general_midi_key("low_tom") == 45);
        CHECK(!general_midi_key("Kick-Hard"));
    }

    TEST_CASE("every drum has all others as relatives, the nearest first") {
        for (int key = first_drum_key; key <= last_drum_key; ++key) {
            CAPTURE(key);
            std::vector<int> others = relatives_of(key);
            CHECK(others.size() == 46);
            std::sort(others.begin(), others.end());
            CHECK(std::unique(others.begin(), others.end()) == others.end());
            CHECK(!std::binary_search(others.begin(), others.end(), key));
        }
        CHECK(relatives_of(pedal_hat_key)[0] == closed_hat_key);
        CHECK(relatives_of(41)[0] == 43);
        CHECK(relatives_of(55)[0] == 49);
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
