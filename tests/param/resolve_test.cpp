#include <doctest/doctest.h>

#include <cmath>

#include "drumgen/patch.h"
#include "param/state.h"

using namespace drumgen;

TEST_SUITE_BEGIN("param/resolve");

TEST_CASE("a patch that states nothing has the macros' defaults and what they imply") {
    for (const Instrument* instrument : instruments()) {
        const Resolved resolved = resolve(empty_patch(*instrument));
        const auto rows = instrument->parameters;
        REQUIRE(resolved.params.size() == rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            CAPTURE(rows[i].id.view());
            const auto [value, origin] = resolved.params[i];
            if (origin == Origin::standard) {
                CHECK(value == rows[i].standard);
            } else {
                CHECK(origin == Origin::macro);
                CHECK_FALSE(rows[i].layer.empty());
            }
        }
    }
}

TEST_CASE("what is stated stands, with its origin") {
    for (const Instrument* instrument : instruments()) {
        Patch patch = empty_patch(*instrument);
        patch.seed = 7;
        Stating stating;
        for (const Parameter& row : instrument->parameters) {
            state_number(patch, row.id, row.allowed.max, stating);
        }
        const Resolved resolved = resolve(patch);
        CHECK(resolved.seed == 7);
        for (std::size_t i = 0; i < resolved.params.size(); ++i) {
            CHECK(resolved.params[i].value == instrument->parameters[i].allowed.max);
            CHECK(resolved.params[i].origin == Origin::given);
        }
    }
}

TEST_CASE("the kick's punch_decay x implies a T60 of ln 1000 (0.1 + 0.4 x) s for its layer") {
    Patch patch = empty_patch(find_instrument("kick"));
    Stating stating;
    state_number(patch, "punch_decay", 0.5, stating);
    const Resolved resolved = resolve(patch);
    const auto rows = patch.instrument->parameters;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].id.view() == "punch_decay_ms") {
            CHECK(resolved.params[i].origin == Origin::macro);
            CHECK(resolved.params[i].value == doctest::Approx(1000 * std::log(1000.0) * 0.3));
        }
    }
}

TEST_CASE("render settings keep their defaults until they are stated") {
    Patch patch = empty_patch(find_instrument("kick"));
    const RenderSettings standard = resolve(patch).render;
    CHECK(standard.rate_hz == 48000);
    CHECK_FALSE(standard.duration_s);
    CHECK(standard.quality == Quality::high);
    CHECK(standard.velocity == 1);
    CHECK(standard.level == Level::true_peak);

    Stating stating;
    state_render_number(patch, "rate", 96000, stating);
    state_render_number(patch, "duration", 0.5, stating);
    state_render_word(patch, "quality", "draft", stating);
    state_render_text(patch, "velocity", "0.25", stating);
    state_render_text(patch, "level", "none", stating);
    CHECK(stating.problems.empty());
    const RenderSettings stated = resolve(patch).render;
    CHECK(stated.rate_hz == 96000);
    CHECK(stated.duration_s == 0.5);
    CHECK(stated.quality == Quality::draft);
    CHECK(stated.velocity == 0.25);
    CHECK(stated.level == Level::none);

    state_render_text(patch, "level", "loudness=-20.5", stating);
    CHECK(stating.problems.empty());
    CHECK(resolve(patch).render.level == Level::loudness);
    CHECK(resolve(patch).render.loudness_target_lufs == -20.5);
    state_render_text(patch, "level", "loudness=loud", stating);
    CHECK(stating.problems.size() == 1);
    state_render_text(patch, "level", "none=-3", stating);
    CHECK(stating.problems.size() == 2);
}

TEST_CASE("a default of the render table is what an empty patch resolves to") {
    const RenderSettings standard;
    const auto rows = render_parameters();
    REQUIRE(rows.size() == 14);
    CHECK(rows[0].standard == standard.rate_hz);
    CHECK(rows[1].optional);
    CHECK(rows[2].choices[static_cast<std::size_t>(Quality::draft)] == "draft");
    CHECK(rows[2].choices[static_cast<std::size_t>(Quality::high)] == "high");
    CHECK(rows[4].choices[static_cast<std::size_t>(Level::true_peak)] == "true_peak");
    CHECK(rows[4].choices[static_cast<std::size_t>(Level::none)] == "none");
    CHECK(rows[4].choices[static_cast<std::size_t>(Level::loudness)] == "loudness");
    CHECK(rows[5].standard == standard.loudness_target_lufs);
    CHECK(rows[6].choices[static_cast<std::size_t>(Style::clean)] == "clean");
    CHECK(rows[6].choices[static_cast<std::size_t>(Style::airy)] == "airy");
}

TEST_SUITE_END();
