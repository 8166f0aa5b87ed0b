#include "drumgen/patch_json.h"

#include <doctest/doctest.h>

#include "drumgen/error.h"
#include "param/normalise.h"
#include "param/state.h"

using namespace drumgen;

namespace {

Patch read(std::string_view text) {
    PatchReading reading;
    return patch_from_json(text, reading);
}

/// The problems of a text read as patches; empty when there was none.
std::vector<std::string> problems_of(std::string_view text, const char* instrument = nullptr) {
    PatchReading reading;
    reading.place = "p";
    reading.instrument = instrument == nullptr ? nullptr : &find_instrument(instrument);
    try {
        const auto patches = patches_from_json(text, reading);
        CHECK_FALSE(patches.empty());
    } catch (const Error& error) {
        CHECK(error.status() == Status::invalid);
        return error.problems();
    }
    return {};
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_SUITE_BEGIN("document/patch_json");

TEST_CASE("a patch written and read back is equal") {
    for (const Instrument* instrument : instruments()) {
        Patch patch = empty_patch(*instrument);
        patch.seed = 18446744073709551615U;
        patch.name = "Deep \"one\" / \u00e4";
        Stating stating;
        for (const Parameter& row : instrument->parameters) {
            state_number(patch, row.id, from_normalised(row, 1.0 / 3), stating);
        }
        state_render_text(patch, "rate", "96000", stating);
        state_render_text(patch, "quality", "draft", stating);
        REQUIRE(stating.problems.empty());

        const std::string text = patch_to_json(patch);
        CHECK(text.find('\n') == text.npos);
        const Patch back = read(text);
        CHECK(patch_to_json(back) == text);
        CHECK(back.instrument == instrument);
        CHECK(back.seed == patch.seed);
        CHECK(back.name == patch.name);
        CHECK(back.version == patch.version);
        for (std::size_t i = 0; i < patch.params.size(); ++i) {
            CHECK(back.params[i]->value == patch.params[i]->value);
        }
        for (std::size_t i = 0; i < patch.render.size(); ++i) {
            CHECK(back.render[i].has_value() == patch.render[i].has_value());
        }
    }
}

TEST_CASE("the keys of a written patch stand in the order of the table") {
    const Patch patch =
        read(R"({"params": {"tune": 52, "punch_decay": 0.8}, "seed": 7.0, "instrument": "kick"})");
    CHECK(patch_to_json(patch) ==
          R"({"instrument": "kick", "sound_version": )" + std::to_string(sound_version) +
              R"(, "seed": 7, "params": {"punch_decay": 0.8, "tune": 52}})");
}

TEST_CASE("the flat form needs an instrument from outside") {
    CHECK(problems_of(R"({"punch_decay": 0.8, "seed": 7})", "kick").empty());
    CHECK(problems_of("{}", "kick").empty());
    const Lines problems = problems_of(R"({"punch_decay": 0.8})");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].starts_with(
        R"(p: names no instrument; add "instrument": "kick", "snare", "hat", )"));
}

TEST_CASE("all problems of a patch are told at once") {
    const Lines problems = problems_of(R"({"instrument": "kick", "seed": -5, "name": 7,
        "params": {"tune": 130, "punch_decy": 1, "blend": "0.5", "room_air": true},
        "render": {"rate": 1, "quality": 1}, "parms": {}, "sound_version": 0, "velocity": 1,
        "click_snap": 0})");
    const Lines expected{
        R"(p: kick: "click_snap" belongs inside "params")",
        R"(p: kick: name = 7 is not text)",
        R"(p: kick: blend = "0.5" is not a number within 0..1, without quotes)",
        R"(p: kick: unknown parameter "punch_decy", did you mean "punch_decay"?)",
        R"(p: kick: room_air = true is not a number within 0..1)",
        R"(p: kick: tune = 130 is outside 25..120 Hz)",
        R"(p: kick: unknown key "parms", did you mean "params"?)",
        R"(p: kick: quality = 1 is not draft or high)",
        R"(p: kick: rate = 1 is not one of 8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000 Hz)",
        R"(p: kick: seed = -5 is not a whole number within 0..18446744073709551615)",
        R"(p: kick: sound_version = 0 is not a whole number from 1)",
        R"(p: kick: "velocity" belongs inside "render")",
    };
    CHECK(problems == expected);
}

TEST_CASE("problems of all lines are told, each with its line") {
    const Lines problems = problems_of(
        "{\"instrument\": \"kick\"}\n\n{\"instrument\": \"kick\", \"seed\": null}\r\n"
        "{\"instrument\": \"kik\"}\n{\"instrument\"\n[1]\n");
    REQUIRE(problems.size() == 4);
    CHECK(problems[0] ==
          "p:3: kick: seed = null is not a whole number within 0..18446744073709551615");
    CHECK(problems[1].starts_with("p:4: "));
    CHECK(problems[1].find("\"kick\"") != std::string::npos);
    CHECK(problems[2].starts_with("p:5: not JSON at column 14: "));
    CHECK(problems[3] == "p:6: a list is not a patch; a patch is an object, many are one a line");
}

TEST_CASE("one object may stand over many lines") {
    PatchReading reading;
    const auto patches =
        patches_from_json("{\n  \"instrument\":\n  \"kick\",\n\n  \"seed\": 3\n}\n", reading);
    REQUIRE(patches.size() == 1);
    CHECK(patches[0].seed == 3);
    CHECK(problems_of("{\n  \"instrument\": \"kick\",\n  \"seed\": 3,\n}\n") ==
          Lines{"p: not JSON at line 4, column 1: unexpected '}'; expected string literal"});
}

TEST_CASE("whole numbers are numbers without a fraction, however they are written") {
    CHECK(read(R"({"instrument": "kick", "seed": 1e3})").seed == 1000);
    CHECK(read(R"({"instrument": "kick", "seed": -0})").seed == 0);
    CHECK(read(R"({"instrument": "kick", "seed": -0.0})").seed == 0);
    CHECK(read(R"({"instrument": "kick", "seed": 18446744073709551615})").seed ==
          18446744073709551615U);
    CHECK(read(R"({"instrument": "kick", "sound_version": 9.0})").version == 9);
    for (const char* seed : {"18446744073709551616", "1.8446744073709552e19", "0.5", "-1", "true",
                             "\"7\"", "[]", "{}", "null", "1e400"}) {
        CAPTURE(seed);
        CHECK(problems_of(std::string(R"({"instrument": "kick", "seed": )") + seed + "}").size() ==
              1);
    }
}

TEST_CASE("a name has at most 128 characters and no control character") {
    const auto named = [](const std::string& name) {
        return problems_of(R"({"instrument": "kick", "name": ")" + name + "\"}");
    };
    std::string umlauts;
    for (int i = 0; i < 128; ++i) {
        umlauts += "\u00e4";
    }
    CHECK(named(umlauts).empty());
    CHECK(named(umlauts + "x").size() == 1);
    CHECK(named("a\\n").size() == 1);
    CHECK(named("a\\u007f").size() == 1);
    CHECK(named("\\u009b0m").size() == 1);
    CHECK(named("\\u00a0").empty());
}

TEST_CASE("a text that is not one JSON value is refused with the position") {
    for (const char* text : {"{\"seed\": NaN}", "{\"seed\": 1,}", "{'seed': 1}", "{\"seed\": 1} x",
                             "{", "{\"seed\": 01}", "// note", "{\"name\": \"\xff\"}"}) {
        CAPTURE(text);
        const Lines problems = problems_of(text, "kick");
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].starts_with("p: not JSON at column "));
    }
    CHECK(problems_of(std::string("{}\0{}", 5), "kick") ==
          Lines{"p: not JSON at column 3: a zero byte"});
    CHECK(problems_of("{\"tune\": 1e400}", "kick") ==
          Lines{"p: number \"1e400\" is beyond the largest, 1.8e308"});
    for (const char* text : {"", " \n\r\n\t"}) {
        CHECK(problems_of(text, "kick") == Lines{"p: is empty, where a patch in JSON is expected"});
    }
}

TEST_CASE("a key that stands twice is told, at every depth") {
    CHECK(problems_of(R"({"tune": 50, "tune": 50})", "kick") ==
          Lines{"p: key \"tune\" stands twice; leave one of them"});
    CHECK(problems_of(R"({"instrument": "kick", "params": {"tune": 50, "tune": 130}})").size() ==
          2);
    CHECK(problems_of(R"({"instrument": "kick", "params": {"tune": 50}, "render": {}})").empty());
}

TEST_CASE("deep and long texts are refused") {
    const std::string deep(1'000'000, '[');
    CHECK(problems_of(deep, "kick") == Lines{"p: JSON nests deeper than 32 levels"});
    CHECK(problems_of("{\"tune\": " + deep, "kick") ==
          Lines{"p: JSON nests deeper than 32 levels"});
    const std::string huge = "{\"name\": \"" + std::string(2 * max_patch_bytes, 'x') + "\"}";
    CHECK(problems_of(huge, "kick").size() == 1);
    CHECK(problems_of(huge + "\n" + huge, "kick").size() == 2);
    CHECK(problems_of(huge, "kick")[0].size() < 200);
}

TEST_CASE("many lines may be longer together than one patch may be") {
    std::string text;
    while (text.size() <= max_patch_bytes) {
        text += "{\"instrument\": \"kick\", \"params\": {\"tune\": 50}}\n";
    }
    CHECK(problems_of(text).empty());
}

TEST_CASE("clamping is told with the line") {
    PatchReading reading;
    reading.place = "p";
    reading.clamp = true;
    const auto patches = patches_from_json(
        "{\"instrument\": \"kick\"}\n{\"instrument\": \"kick\", \"params\": {\"tune\": 130}}",
        reading);
    CHECK(patches.size() == 2);
    CHECK(reading.notes == Lines{"p:2: kick: tune = 130 taken as 120 Hz"});
}

TEST_CASE("values carry the origin that was asked for") {
    PatchReading reading;
    reading.origin = Origin::preset;
    const Patch patch =
        patch_from_json(R"({"instrument": "kick", "params": {"punch_decay": 0}})", reading);
    CHECK(patch.params[0]->origin == Origin::preset);
}

TEST_SUITE_END();
