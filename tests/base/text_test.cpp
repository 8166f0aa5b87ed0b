#include "base/text.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

using drumgen::fixed;
using drumgen::number_from_text;
using drumgen::number_to_text;

TEST_SUITE_BEGIN("base/text");

TEST_CASE("a number is the whole text, finite and decimal") {
    CHECK(number_from_text("52") == 52.0);
    CHECK(number_from_text("-0.5") == -0.5);
    CHECK(number_from_text("1e3") == 1000.0);
    CHECK(number_from_text("0.1") == 0.1);
    for (const char* text : {"", " ", "52 ", " 52", "+52", "5,2", "0x10", "1e400", "-1e400", "nan",
                             "inf", "-inf", "infinity", "NAN", "fifty", "5 2", "1e", "--5"}) {
        CAPTURE(text);
        CHECK_FALSE(number_from_text(text));
    }
}

TEST_CASE("ordinary magnitudes have no exponent") {
    CHECK(number_to_text(0) == "0");
    CHECK(number_to_text(-0.0) == "0");
    CHECK(number_to_text(100000) == "100000");
    CHECK(number_to_text(8000) == "8000");
    CHECK(number_to_text(0.05) == "0.05");
    CHECK(number_to_text(0.00001) == "0.00001");
    CHECK(number_to_text(-45.25) == "-45.25");
    CHECK(number_to_text(18446744073709551616.0) == "18446744073709551616");
    CHECK(number_to_text(1e300) == "1e+300");
    CHECK(number_to_text(1e-300) == "1e-300");
}

TEST_CASE("the text of a number reads back as the same number") {
    std::uint64_t bits = 1;
    int finite = 0;
    for (int i = 0; i < 20000; ++i) {
        bits = bits * 6364136223846793005U + 1442695040888963407U;  // Knuth, MMIX
        const auto value = std::bit_cast<double>(bits);
        if (std::isfinite(value)) {
            ++finite;
            CHECK(number_from_text(number_to_text(value)) == value);
        }
    }
    CHECK(finite > 19000);
    CHECK(number_from_text(number_to_text(std::numeric_limits<double>::denorm_min())) ==
          std::numeric_limits<double>::denorm_min());
}

TEST_CASE("numbers have no minus before zero") {
    CHECK(fixed(-0.001, 2) == "0.00");
    CHECK(fixed(-0.5, 1) == "-0.5");
    CHECK(fixed(2.345, 1) == "2.3");
}

TEST_CASE("of many problems the first are told, and how many more there are") {
    const std::vector<std::string> few(drumgen::most_problems, "bad");
    CHECK(drumgen::first_problems(few) == few);
    std::vector<std::string> many(drumgen::most_problems + 1, "bad");
    CHECK(drumgen::first_problems(many).size() == drumgen::most_problems + 1);
    CHECK(drumgen::first_problems(many).back() == "and 1 more problem");
    many.resize(60000);
    CHECK(drumgen::first_problems(many).back() == "and 59980 more problems");
}

TEST_SUITE_END();
