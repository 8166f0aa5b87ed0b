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
        CHECK(words_in_name("aAzZ") == Words{"a", "az", "z"});
        CHECK(words_in_name("HIHat") == Words{"hihat"});
        CHECK(words_in_name("A z@Z[a`z{") == Words{"a", "z", "z", "a", "z"});
    }

    TEST_CASE("a slot has any name that can be a file's, and none that hides it or leads away") {
        const std::string longest(64, 'x');
        for (const std::string& name :
             {std::string("a"), longest, std::string("a b"), std::string("caf\xC3\xA9"),
              std::string("a."), std::string("~"), std::string(64, '-')}) {
            CAPTURE(name);
            CHECK(slot_name_problem(name).empty());
        }
        for (const std::string& name :
             {std::string(), longest + "x", std::string(" a"), std::string("a "), std::string(" "),
              std::string(".a"), std::string("."), std::string("a/b"), std::string("a\\b"),
              std::string("a\x1b"), std::string("a\xC2\x9b")}) {
            CAPTURE(name);
            CHECK_FALSE(slot_name_problem(name).empty());
        }
    }

    TEST_CASE("a path of a kit stays below its folder") {
        for (const char* path : {"a", "a/b.wav", "a..b", "..a/b", "a/b..", ".hidden", "a/./b"}) {
            CAPTURE(path);
            CHECK(path_problem(path).empty());
        }
        for (const char* path : {"", "/a", "..", "../a", "a/..", "a/../b", "a\\b", "C:a", "a\nb"}) {
            CAPTURE(path);
            CHECK_FALSE(path_problem(path).empty());
        }
    }
}

}  // namespace drumgen
