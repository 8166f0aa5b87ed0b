#include "param/json_schema.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "drumgen/patch.h"

using namespace drumgen;
using nlohmann::json;

TEST_SUITE_BEGIN("param/json_schema");

TEST_CASE("a schema has every row with its limits, and nothing else but the seed") {
    for (const Instrument* instrument : instruments()) {
        const json schema = json::parse(instrument_schema(*instrument));
        CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
        CHECK(schema["additionalProperties"] == false);
        const json& properties = schema["properties"];
        CHECK(properties.size() == instrument->parameters.size() + 1);
        CHECK(properties.contains("seed"));
        const Resolved standard = resolve(empty_patch(*instrument));
        for (std::size_t i = 0; i < instrument->parameters.size(); ++i) {
            const Parameter& row = instrument->parameters[i];
            CAPTURE(row.id.view());
            REQUIRE(properties.contains(row.id.view()));
            const json& property = properties[std::string(row.id)];
            CHECK(property["minimum"] == row.allowed.min);
            CHECK(property["maximum"] == row.allowed.max);
            if (standard.params[i].origin == Origin::macro) {
                CHECK_FALSE(property.contains("default"));
            } else {
                CHECK(property["default"] == standard.params[i].value);
            }
            CHECK(property["description"].get<std::string>().starts_with(row.help));
            CHECK(property.contains("unit") == (row.unit != Unit::none));
        }
    }
}

TEST_CASE("the patch schema knows every instrument and every render setting") {
    const json schema = json::parse(patch_schema());
    CHECK(schema["properties"]["instrument"]["enum"].size() == instruments().size());
    CHECK(schema["definitions"].size() == instruments().size());
    CHECK(schema["allOf"].size() == instruments().size());
    const json& render = schema["properties"]["render"]["properties"];
    CHECK(render.size() == render_parameters().size());
    CHECK(render["rate"]["enum"] == json{8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000,
                                         88200, 96000, 176400, 192000});
    CHECK(render["quality"]["enum"] == json{"draft", "high"});
    CHECK(render["quality"]["default"] == "high");
    CHECK(schema["properties"]["seed"]["maximum"] == 18446744073709551615U);
}

TEST_SUITE_END();
