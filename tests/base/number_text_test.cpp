#include "base/number_text.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "base/bits.h"
#include "base/random.h"

using namespace drumgen;

namespace {

/// Doubles of all sizes, those that people write among them.
std::vector<double> many_numbers() {
    std::vector<double> numbers{1,
                                0.1,
                                0.5,
                                1e-7,
                                123456789012345678.0,
                                1e20,
                                1e21,
                                1e22,
                                1e300,
                                5e-324,
                                2.2250738585072014e-308,
                                -3.5,
                                440.25,
                                1e-5,
                                0.3,
                                std::numeric_limits<double>::max()};
    const RandomStream stream = random_stream(1, "numbers");
    for (std::uint32_t k = 0; numbers.size() < 20000; k += 3) {
        const double even = random_uniform(stream, k);
        numbers.push_back(even);
        numbers.push_back(std::round(even * 1e6) / 1000);
        numbers.push_back(
            std::ldexp(even, static_cast<int>(random_uniform(stream, k + 1) * 1600) - 800));
        numbers.push_back(-std::pow(10, even * 44 - 22));
    }
    return numbers;
}

}  // namespace

TEST_SUITE_BEGIN("base/number_text");

TEST_CASE("numbers are written and read alike with <charconv> and without") {
    for (const double number : many_numbers()) {
        CAPTURE(number);
        for (const bool is_fixed : {true, false}) {
            const std::string text = shortest_number(number, is_fixed);
            CHECK(without_charconv::shortest_number(number, is_fixed) == text);
            double read = 0;
            double read_without = 0;
            CHECK(read_number(text, read));
            CHECK(without_charconv::read_number(text, read_without));
            CHECK(read == number);
            CHECK(bit_cast<std::uint64_t>(read) == bit_cast<std::uint64_t>(read_without));
        }
    }
}

TEST_CASE("what is no number is none either way") {
    for (const char* text : {"", "-", ".", "e5", "+1", " 1", "1 ", "0x10", "1e", "1e+", "1.2.3",
                             "--1", "1,5", "1f", "1e400", "1e-400", "0.000001e-330"}) {
        CAPTURE(text);
        double value = 0;
        const bool is_number = read_number(text, value) && std::isfinite(value);
        CHECK_FALSE(is_number);
        const bool is_number_without =
            without_charconv::read_number(text, value) && std::isfinite(value);
        CHECK_FALSE(is_number_without);
    }
    for (const char* text : {"1.", ".5", "-0", "0e5", "00012", "1E5", "0.0e-999"}) {
        CAPTURE(text);
        double value = 1;
        double value_without = 1;
        CHECK(read_number(text, value));
        CHECK(without_charconv::read_number(text, value_without));
        CHECK(value == value_without);
    }
}

TEST_SUITE_END();
