#include "base/utf8.h"

#include <doctest/doctest.h>

using namespace drumgen;

TEST_SUITE("base/utf8") {
    TEST_CASE("every byte is in one character, valid or not") {
        const std::string text = "a\xC3\xA9\xFF\xE2\x82z";
        std::string again;
        std::string kinds;
        for (const Character& character : characters_of(text)) {
            again += character.bytes;
            kinds += character.is_valid ? 'v' : '-';
        }
        CHECK(again == text);
        CHECK(kinds == "vv---v");
        CHECK(character_count(text) == 6);
    }

    TEST_CASE("C0, DEL and C1 are controls, surrogates and overlong forms are no characters") {
        CHECK(has_control("a\x1B"));
        CHECK(has_control("\x7F"));
        CHECK(has_control("\xC2\x9B"));
        CHECK_FALSE(has_control("caf\xC3\xA9 \xF0\x9F\xA5\x81"));
        CHECK_FALSE(characters_of("\xED\xA0\x80").front().is_valid);
        CHECK_FALSE(characters_of("\xC0\x80").front().is_valid);
        CHECK(utf8_of(U'\u00E9') == "\xC3\xA9");
    }
}
