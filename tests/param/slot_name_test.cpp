#include "param/slot_name.h"

#include <doctest/doctest.h>

namespace drumgen {

TEST_SUITE("param/slot_name") {
    TEST_CASE("words of a name are parted by what is no letter, and by capitals") {
        using Words = std::vector<std::string>;
        CHECK(words_in_name("HiHatOpen-3") == Words{"hi", "hat", "open"});
        CHECK(words_in_name("EE_Kick_Lite_2") == Words{"ee", "kick", "lite"});
        CHECK(words_in_name("SN4_01") == Words{"sn"});
        CHECK(words_in_name("808").empty());
        CHECK(words_in_name("").empty());
    }
}

}  // namespace drumgen
