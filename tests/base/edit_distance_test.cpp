#include "base/edit_distance.h"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

using drumgen::edit_distance;

TEST_SUITE_BEGIN("base/edit_distance");

TEST_CASE("one edit is an insertion, a deletion, a replacement or a swap of neighbours") {
    CHECK(edit_distance("decay", "decay") == 0);
    CHECK(edit_distance("decy", "decay") == 1);
    CHECK(edit_distance("deccay", "decay") == 1);
    CHECK(edit_distance("dekay", "decay") == 1);
    CHECK(edit_distance("edcay", "decay") == 1);
}

TEST_CASE("the distance to nothing is the length") {
    CHECK(edit_distance("", "decay") == 5);
    CHECK(edit_distance("decay", "") == 5);
    CHECK(edit_distance("", "") == 0);
}

TEST_CASE("the distance is symmetric and zero only between equals") {
    constexpr std::array<std::string_view, 6> words{"", "a", "ab", "ba", "tune", "tnue_x"};
    for (const auto left : words) {
        for (const auto right : words) {
            CHECK(edit_distance(left, right) == edit_distance(right, left));
            CHECK((edit_distance(left, right) == 0) == (left == right));
        }
    }
}

TEST_SUITE_END();
