#include "param/state.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/text.h"
#include "drumgen/error.h"

using namespace drumgen;

namespace {

constexpr std::size_t tune = 3;  // row of the kick's table

Patch kick() {
    return empty_patch(find_instrument("kick"));
}

/// The one problem of stating a parameter of the kick from text; empty when there was none.
std::string problem_of(std::string_view key, std::string_view text) {
    Patch patch = kick();
    Stating stating;
    state_text(patch, key, text, stating);
    REQUIRE(stating.problems.size() <= 1);
    return stating.problems.empty() ? "" : stating.problems.front();
}

std::string render_problem_of(std::string_view key, std::string_view text) {
    Patch patch = kick();
    Stating stating;
    state_render_text(patch, key, text, stating);
    REQUIRE(stating.problems.size() <= 1);
    return stating.problems.empty() ? "" : stating.problems.front();
}

}  // namespace

TEST_SUITE_BEGIN("param/state");

TEST_CASE("the limits of every row are taken, and what lies beyond is not") {
    for (const Instrument* instrument : instruments()) {
        for (const Parameter& row : instrument->parameters) {
            CAPTURE(row.id.view());
            Patch patch = empty_patch(*instrument);
            Stating stating;
            state_number(patch, row.id, row.allowed.min, stating);
            state_number(patch, row.id, row.allowed.max, stating);
            CHECK(stating.problems.empty());
            constexpr double infinity = std::numeric_limits<double>::infinity();
            state_number(patch, row.id, std::nextafter(row.allowed.min, -infinity), stating);
            state_number(patch, row.id, std::nextafter(row.allowed.max, infinity), stating);
            CHECK(stating.problems.size() == 2);
        }
    }
}

TEST_CASE("a number in the middle of two that are allowed is taken as the lower one") {
    Patch patch = kick();
    Stating stating;
    stating.clamp = true;
    state_render_text(patch, "rate", "46050", stating);
    state_render_text(patch, "velocity", "2", stating);
    CHECK(stating.problems.empty());
    REQUIRE(stating.notes.size() == 2);
    CHECK(stating.notes.front().find("46050 taken as 44100") != std::string::npos);
}

TEST_CASE(
    "an assignment has a key of lower case letters, digits, points and lines before its sign") {
    for (const char* word : {"a=1", "z=1", "render.rate_2=", "0=", "9=x", "tune=F#1=2"}) {
        CAPTURE(word);
        CHECK(is_assignment(word));
    }
    for (const char* word :
         {"=1", "tune", "A=1", "Z=1", "`=1", "{=1", "a b=1", "a-b=1", "/=1", ":=1", ""}) {
        CAPTURE(word);
        CHECK_FALSE(is_assignment(word));
    }
}

TEST_CASE("a later statement replaces an earlier one, and a refused one changes nothing") {
    Patch patch = kick();
    Stating stating;
    state_number(patch, "tune", 40, stating);
    stating.origin = Origin::preset;
    state_number(patch, "tune", 50, stating);
    state_number(patch, "tune", 5000, stating);
    CHECK(patch.params[tune]->value == 50);
    CHECK(patch.params[tune]->origin == Origin::preset);
}

TEST_CASE("a message names the value, the limit and a remedy") {
    CHECK(problem_of("punch_decay_ms", "9000") ==
          "kick: punch_decay_ms = 9000 is outside 5..8000 ms");
    CHECK(problem_of("tune", "24.99") == "kick: tune = 24.99 is outside 25..120 Hz");
    CHECK(problem_of("punch_decy", "1") ==
          "kick: unknown parameter \"punch_decy\", did you mean \"punch_decay\"?");
    CHECK(problem_of("wire", "1") ==
          "kick: unknown parameter \"wire\"; see drumgen schema kick --format text");
    CHECK(problem_of("tune", "low") == "kick: tune = \"low\" is not a number within 25..120 Hz");
    CHECK(problem_of("tune", "nan") == "kick: tune = \"nan\" is not a number within 25..120 Hz");
    CHECK(render_problem_of("rate", "12345") ==
          "kick: rate = 12345 is not one of 8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, "
          "88200, 96000, 176400, 192000 Hz");
    CHECK(render_problem_of("quality", "hihg") ==
          "kick: quality = \"hihg\" is not draft or high, did you mean \"high\"?");
    CHECK(render_problem_of("duration", "0") == "kick: duration = 0 is outside 0.05..8 s");
    CHECK(render_problem_of("rat", "1") ==
          "kick: unknown render setting \"rat\", did you mean \"rate\"?");
}

TEST_CASE("the place stands in front") {
    Patch patch = kick();
    Stating stating;
    stating.place = "kit.json:3";
    state_number(patch, "tune", 130, stating);
    CHECK(stating.problems.front() == "kit.json:3: kick: tune = 130 is outside 25..120 Hz");
}

TEST_CASE("not finite is refused, also when clamping") {
    for (const bool clamp : {false, true}) {
        Patch patch = kick();
        Stating stating;
        stating.clamp = clamp;
        state_number(patch, "tune", std::numeric_limits<double>::quiet_NaN(), stating);
        state_number(patch, "tune", std::numeric_limits<double>::infinity(), stating);
        CHECK(stating.problems.size() == 2);
        CHECK_FALSE(patch.params[tune]);
    }
}

TEST_CASE("clamping takes a number to the nearest allowed one and says so") {
    Patch patch = kick();
    Stating stating;
    stating.clamp = true;
    state_number(patch, "tune", 130, stating);
    state_render_number(patch, "rate", 90000, stating);
    CHECK(stating.problems.empty());
    CHECK(stating.notes == std::vector<std::string>{"kick: tune = 130 taken as 120 Hz",
                                                    "kick: rate = 90000 taken as 88200 Hz"});
    CHECK(patch.params[tune]->value == 120);
}

TEST_CASE("-0 becomes 0") {
    Patch patch = kick();
    Stating stating;
    state_number(patch, "punch_decay", -0.0, stating);
    REQUIRE(patch.params[0]);
    CHECK_FALSE(std::signbit(patch.params[0]->value));
}

TEST_CASE("a seed is 0..2^64-1 in digits") {
    Patch patch = kick();
    Stating stating;
    state_seed_text(patch, "18446744073709551615", stating);
    CHECK(patch.seed == std::numeric_limits<std::uint64_t>::max());
    CHECK(stating.problems.empty());
    for (const char* text :
         {"18446744073709551616", "-1", "-0", "+1", "1.0", "1e3", "", " 1", "0x1", "nan"}) {
        CAPTURE(text);
        stating.problems.clear();
        state_seed_text(patch, text, stating);
        CHECK(stating.problems.size() == 1);
    }
}

TEST_CASE("the nearest word is within two edits, and has something in common") {
    const std::vector<std::string_view> words{"render", "schema", "at"};
    CHECK(nearest("rendr", words) == "render");
    CHECK(nearest("rnedre", words) == "render");
    CHECK(nearest("shcem", words) == "schema");
    CHECK(nearest("propose", words).empty());
    CHECK(nearest("xy", words).empty());
    CHECK(nearest("", words).empty());
}

TEST_CASE("control characters of a bad key don't reach the terminal") {
    CHECK(problem_of("a\x1b[31m\n", "1").find_first_of("\x1b\n") == std::string::npos);
    CHECK(problem_of(std::string(100000, 'x'), "1").size() < 200);
}

TEST_CASE("an assignment states a parameter, a setting or the seed") {
    const Statement tuned = statement_of("tune=52");
    CHECK(tuned.target == Statement::Target::parameter);
    CHECK(tuned.key == "tune");
    CHECK(tuned.text == "52");
    const Statement rate = statement_of("render.rate=44100");
    CHECK(rate.target == Statement::Target::setting);
    CHECK(rate.key == "rate");
    CHECK(statement_of("seed=7").target == Statement::Target::seed);
    CHECK_THROWS_AS((void)statement_of("=7"), Error);
    CHECK_THROWS_AS((void)statement_of("tune"), Error);
}

TEST_CASE("later statements win, and what is wrong with each is told") {
    Patch patch = empty_patch(*instruments().front());
    Stating stating;
    state_all(patch, {statement_of("seed=1"), statement_of("seed=2")}, stating);
    CHECK(patch.seed == 2);
    CHECK(stating.problems.empty());
    state_all(patch, {statement_of("nothing=1"), statement_of("seed=x")}, stating);
    CHECK(stating.problems.size() == 2);
}

TEST_SUITE_END();
