#include "input/index_range.h"

#include <doctest/doctest.h>

#include <string>

#include "drumgen/error.h"

using namespace drumgen;

TEST_SUITE("input/index_range") {
    TEST_CASE("the parts of a range stand one behind the other and differ by at most one") {
        for (const char* const text : {"0:1000", "7:7", "5:8", "0:9007199254740992"}) {
            const IndexRange range = range_from_text(text);
            for (const std::uint64_t parts : {1U, 3U, 7U, 1000U}) {
                CAPTURE(parts);
                std::uint64_t next = range.first;
                const std::uint64_t least = (range.last - range.first) / parts;
                for (std::uint64_t part = 0; part < parts; ++part) {
                    const IndexRange mine =
                        part_from_text(range, std::to_string(part) + "/" + std::to_string(parts));
                    REQUIRE(mine.first == next);
                    REQUIRE(mine.last - mine.first >= least);
                    REQUIRE(mine.last - mine.first <= least + 1);
                    next = mine.last;
                }
                CHECK(next == range.last);
            }
        }
    }

    TEST_CASE("what is no range or part is refused") {
        for (const char* const text :
             {"", "5", "8:5", "a:5", "-1:5", "0:1e3", "0:99999999999999999"}) {
            CAPTURE(text);
            CHECK_THROWS_AS((void)range_from_text(text), Error);
        }
        for (const char* const text : {"", "1", "1/1", "0/0", "-1/2", "0/2000000"}) {
            CAPTURE(text);
            CHECK_THROWS_AS((void)part_from_text({0, 10}, text), Error);
        }
    }
}
