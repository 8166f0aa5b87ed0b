#include "system/date.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "drumgen/error.h"

using namespace drumgen;

TEST_SUITE("system/date") {
    TEST_CASE("days and seconds are dates, as the calendar has them") {
        for (const char* const date :
             {"2026-11-26", "2024-02-29", "2000-02-29", "2026-11-26T12:00:00Z",
              "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
            CAPTURE(date);
            CHECK(is_date(date));
        }
        for (const char* const text :
             {"", "2026", "2026-11-31", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-01",
              "2026-1-1", "26-11-26", "2026-11-26T24:00:00Z", "2026-11-26T12:60:00Z",
              "2026-11-26T12:00:60Z", "2026-11-26T12:00:00", "2026-11-26 12:00:00Z",
              "2026-11-26T12:00:00Zz", "2026-11-2x", "today"}) {
            CAPTURE(text);
            CHECK_FALSE(is_date(text));
        }
    }

    TEST_CASE("SOURCE_DATE_EPOCH says when it is") {
        REQUIRE(setenv("SOURCE_DATE_EPOCH", "951782400", 1) == 0);
        CHECK(source_date() == "2000-02-29T00:00:00Z");
        CHECK(utc_now() == "2000-02-29T00:00:00Z");
        REQUIRE(setenv("SOURCE_DATE_EPOCH", "253402300799", 1) == 0);
        CHECK(source_date() == "9999-12-31T23:59:59Z");
        REQUIRE(setenv("SOURCE_DATE_EPOCH", "soon", 1) == 0);
        CHECK_THROWS_AS((void)source_date(), Error);
        REQUIRE(unsetenv("SOURCE_DATE_EPOCH") == 0);
        CHECK_FALSE(source_date());
        CHECK(is_date(utc_now()));
    }
}
