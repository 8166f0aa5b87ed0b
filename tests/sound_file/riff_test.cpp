#include "sound_file/riff.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "drumgen/error.h"

using namespace drumgen;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const std::string& text) {
    return {text.begin(), text.end()};
}

}  // namespace

TEST_SUITE("sound_file/riff") {
    TEST_CASE("chunks are walked with their padding, a cut one is told") {
        using namespace std::string_literals;
        const Bytes bytes = bytes_of("abcd\x03\0\0\0xyz\0efgh\x09\0\0\0cut"s);
        ChunkWalk walk(bytes, 0);
        const auto first = walk.next();
        REQUIRE(first);
        CHECK(first->id == "abcd");
        CHECK(first->body.size() == 3);
        CHECK_FALSE(first->is_cut());
        const auto second = walk.next();
        REQUIRE(second);
        CHECK(second->id == "efgh");
        CHECK(second->at == 12);
        CHECK(second->size == 9);
        CHECK(second->is_cut());
        CHECK_FALSE(walk.next());
    }

    TEST_CASE("numbers are little-endian") {
        CHECK(number_at(Bytes{0x78, 0x56, 0x34, 0x12}, 0, 4) == 0x12345678);
        CHECK(number_at(Bytes{0, 0x78, 0x56}, 1, 2) == 0x5678);
    }

    TEST_CASE("a format chunk that is too short or has no rate is refused") {
        CHECK_THROWS_AS((void)wave_format(Bytes(8), "x.wav"), Error);
        CHECK_THROWS_AS((void)wave_format(Bytes(16), "x.wav"), Error);
    }
}
