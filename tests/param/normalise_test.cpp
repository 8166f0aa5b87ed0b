#include <doctest/doctest.h>

#include <cmath>

#include "drumgen/patch.h"
#include "param/normalise.h"

using namespace drumgen;

TEST_SUITE_BEGIN("param/normalise");

TEST_CASE("the ends of every row are 0 and 1, exactly") {
    for (const Instrument* instrument : instruments()) {
        for (const Parameter& row : instrument->parameters) {
            CAPTURE(row.id.view());
            CHECK(from_normalised(row, 0) == row.allowed.min);
            CHECK(from_normalised(row, 1) == row.allowed.max);
            CHECK(normalised(row, row.allowed.min) == 0);
            CHECK(normalised(row, row.allowed.max) == 1);
        }
    }
}

TEST_CASE("a position goes to a value inside the range and comes back") {
    for (const Instrument* instrument : instruments()) {
        for (const Parameter& row : instrument->parameters) {
            for (int i = 0; i <= 100; ++i) {
                const double position = i / 100.0;
                const double value = from_normalised(row, position);
                CHECK(value >= row.allowed.min);
                CHECK(value <= row.allowed.max);
                CHECK(normalised(row, value) == doctest::Approx(position).epsilon(1e-12));
            }
        }
    }
}

TEST_CASE("halfway is the arithmetic mean of a linear row and the geometric mean of a log row") {
    Parameter row{"example", Unit::hz, Curve::linear, {30, 80}, 45, {30, 80}, "An example"};
    CHECK(from_normalised(row, 0.5) == doctest::Approx(55));
    row.curve = Curve::log;
    CHECK(from_normalised(row, 0.5) == doctest::Approx(std::sqrt(30.0 * 80.0)));
}

TEST_CASE("what lies outside is taken to the nearest end") {
    const Parameter row{"example", Unit::hz, Curve::log, {30, 80}, 45, {30, 80}, "An example"};
    CHECK(from_normalised(row, -1) == 30);
    CHECK(from_normalised(row, 2) == 80);
    CHECK(normalised(row, 10) == 0);
    CHECK(normalised(row, 100) == 1);
}

TEST_SUITE_END();
