#include "explore/row_patterns.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "drumgen/error.h"
#include "param/render_table.h"

using namespace drumgen;

namespace {

using Names = std::vector<std::string>;

Patch kick() {
    return empty_patch(find_instrument("kick"));
}

std::size_t row_named(std::string_view name) {
    const std::span<const Parameter> rows = find_instrument("kick").parameters;
    return static_cast<std::size_t>(
        std::find_if(rows.begin(), rows.end(),
                     [name](const Parameter& row) { return row.id.view() == name; }) -
        rows.begin());
}

/// The names of the settings that may move.
Names settings_of(const Freedom& freedom) {
    Names names;
    for (std::size_t row = 0; row < freedom.settings.size(); ++row) {
        if (freedom.settings[row]) {
            names.emplace_back(render_parameters()[row].id.view());
        }
    }
    return names;
}

std::ptrdiff_t free_rows(const Freedom& freedom) {
    return std::count(freedom.rows.begin(), freedom.rows.end(), true);
}

}  // namespace

TEST_SUITE("explore/row_patterns") {
    TEST_CASE("a setting is known by its name, with render. before it or without") {
        CHECK(setting_named("tilt_db").has_value());
        CHECK(setting_named("render.tilt_db") == setting_named("tilt_db"));
        CHECK_FALSE(setting_named("tune").has_value());
        CHECK_FALSE(setting_named("render.tune").has_value());
        Names names{"tune", "width", "render.tilt_db", "seed"};
        const std::vector<std::size_t> settings = settings_among(names);
        CHECK(names == Names{"tune", "seed"});
        CHECK(settings ==
              std::vector<std::size_t>{*setting_named("width"), *setting_named("tilt_db")});
    }

    TEST_CASE("where nothing is named, what moves by itself is free, and no setting") {
        const Freedom freedom = freedom_with_settings(kick(), {}, {});
        CHECK(freedom.rows == moving_rows(kick()));
        CHECK(freedom.seed);
        CHECK(settings_of(freedom).empty());
    }

    TEST_CASE("where only settings are named, all the rest stays") {
        const Freedom freedom = freedom_with_settings(kick(), {"width", "render.tilt_db"}, {});
        CHECK(free_rows(freedom) == 0);
        CHECK_FALSE(freedom.seed);
        Names settings = settings_of(freedom);
        std::sort(settings.begin(), settings.end());
        CHECK(settings == Names{"tilt_db", "width"});
    }

    TEST_CASE("settings and parameters can be named together, and locked") {
        Freedom freedom =
            freedom_with_settings(kick(), {"width", "tilt_db", "tune"}, {"render.tilt_db"});
        CHECK(free_rows(freedom) == 1);
        CHECK(freedom.rows[row_named("tune")]);
        CHECK_FALSE(freedom.seed);
        CHECK(settings_of(freedom) == Names{"width"});
        freedom = freedom_with_settings(kick(), {}, {"width", "tune", "seed"});
        CHECK_FALSE(freedom.rows[row_named("tune")]);
        CHECK(free_rows(freedom) + 1 == free_rows(freedom_with_settings(kick(), {}, {})));
        CHECK_FALSE(freedom.seed);
        CHECK(settings_of(freedom).empty());
    }

    TEST_CASE("a pattern frees what moves by itself, a whole name anything") {
        const std::vector<bool> moving = moving_rows(kick());
        const Freedom by_pattern = freedom_of(find_instrument("kick"), moving, {"punch*"}, {});
        const std::size_t layer = row_named("punch_decay_ms");
        REQUIRE_FALSE(moving[layer]);
        CHECK_FALSE(by_pattern.rows[layer]);
        CHECK(by_pattern.rows[row_named("punch_decay")]);
        CHECK(freedom_of(find_instrument("kick"), moving, {"punch_decay_ms"}, {}).rows[layer]);
        CHECK_THROWS_AS((void)freedom_of(find_instrument("kick"), moving, {"pumch"}, {}), Error);
        CHECK_THROWS_AS((void)freedom_of(find_instrument("kick"), moving, {}, {"nothing*"}), Error);
    }

    TEST_CASE("only settings that are numbers can be mutated") {
        CHECK(settings_of(mutation_freedom(kick(), {"width"}, {})) == Names{"width"});
        CHECK_THROWS_AS((void)mutation_freedom(kick(), {"quality"}, {}), Error);
    }
}
