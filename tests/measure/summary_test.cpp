#include "measure/summary.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

using namespace drumgen;

TEST_SUITE("measure/summary") {
    TEST_CASE("keys are the nearest ones") {
        CHECK(key_of(440).midi == 69);
        CHECK(key_of(440).cents == 0);
        CHECK(key_of(45).midi == 30);
        CHECK(key_of(45).cents == -47);
        CHECK(key_name(69) == "A4");
        CHECK(key_name(60) == "C4");
        CHECK(key_name(30) == "F#1");
        CHECK(key_name(0) == "C-1");
    }
}
