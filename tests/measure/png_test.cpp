#include "measure/png.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

using namespace drumgen;

TEST_SUITE("measure/png") {
    TEST_CASE("base64 of RFC 4648") {
        const auto of = [](std::string_view text) {
            return base64(std::vector<std::uint8_t>(text.begin(), text.end()));
        };
        CHECK(of("") == "");
        CHECK(of("f") == "Zg==");
        CHECK(of("fo") == "Zm8=");
        CHECK(of("foobar") == "Zm9vYmFy");
    }
}
