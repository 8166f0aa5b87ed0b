#include "param/reference.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "drumgen/patch.h"

using namespace drumgen;

namespace {

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_SUITE_BEGIN("param/reference");

TEST_CASE("text and Markdown have every parameter, every render setting and the seed") {
    for (const Instrument* instrument : instruments()) {
        for (const std::string& text :
             {reference_text(*instrument), reference_markdown(*instrument)}) {
            for (const auto rows : {instrument->parameters, render_parameters()}) {
                for (const Parameter& row : rows) {
                    CAPTURE(row.id.view());
                    CHECK(holds(text, row.id));
                    CHECK(holds(text, row.help));
                }
            }
            CHECK(holds(text, "18446744073709551615"));
            CHECK(text.back() == '\n');
        }
    }
}

TEST_CASE("no line of the text ends in white space") {
    for (const Instrument* instrument : instruments()) {
        CHECK_FALSE(holds(reference_text(*instrument), " \n"));
        CHECK_FALSE(holds(reference_man(*instrument), " \n"));
    }
}

TEST_CASE("columns of the text stand straight, as narrow as what is in them") {
    for (const Instrument* instrument : instruments()) {
        std::size_t allowed = 0;
        std::size_t standard = 0;
        std::size_t narrow_ids = 0;
        std::size_t narrow_ranges = 0;
        for (const NumberedLine& line : numbered_lines(reference_text(*instrument))) {
            // Trimmed; each began with two spaces.
            const std::string& text = line.text;
            if (text.ends_with("default") && holds(text, "  allowed  ")) {
                allowed = text.find("allowed");
                standard = text.rfind("default");
                continue;
            }
            if (allowed == 0) {
                CHECK((line.number == 1 || text.size() <= 80));
                continue;
            }
            CAPTURE(text);
            REQUIRE(text.size() > standard);
            CHECK(text.substr(allowed - 2, 2) == "  ");
            CHECK(text.substr(standard - 2, 2) == "  ");
            CHECK(text[allowed] != ' ');
            CHECK(text[standard] != ' ');
            narrow_ids += text[allowed - 3] != ' ' ? 1 : 0;
            narrow_ranges += text[standard - 3] != ' ' ? 1 : 0;
        }
        CHECK(narrow_ids > 0);
        CHECK(narrow_ranges > 0);
    }
}

TEST_CASE("a manual page starts with its title and ends with another section than a table") {
    const std::string page = reference_man(find_instrument("kick"));
    CHECK(page.starts_with("drumgen-kick(7)\n\n# NAME\n\ndrumgen-kick - "));
    CHECK(page.ends_with("# SEE ALSO\n\n*drumgen*(1)\n"));
    CHECK(holds(page, "*punch\\_decay\\_ms* (5..8000 ms, default from macros)"));
}

TEST_CASE("the help of a flag gives unit, range and default") {
    const Instrument& kick = find_instrument("kick");
    for (const Parameter& row : kick.parameters) {
        if (row.id.view() == "tune") {
            CHECK(flag_name(row) == "--tune");
            CHECK(flag_help(kick, row) == std::string(row.help) + " (25..120 Hz, default 45)");
        }
        if (row.id.view() == "room_decay_ms") {
            CHECK(flag_name(row) == "--room-decay-ms");
            CHECK(flag_help(kick, row) ==
                  std::string(row.help) + " (5..8000 ms, default from macros)");
        }
        if (row.id.view() == "room_gain") {
            CHECK(flag_help(kick, row) == std::string(row.help) + " (0..4, default 1)");
        }
    }
    const Parameter& duration = render_parameters()[1];
    CHECK(flag_help(duration) == std::string(duration.help) + " (0.05..8 s)");
    const Parameter& quality = render_parameters()[2];
    CHECK(flag_help(quality) == std::string(quality.help) + " (draft or high, default high)");
}

TEST_CASE("the table in JSON has every row") {
    for (const Instrument* instrument : instruments()) {
        CHECK(parameter_json(*instrument).starts_with("{\n  \"instrument\": \""));
        const auto table = nlohmann::json::parse(parameter_json(*instrument));
        CHECK(table["instrument"] == instrument->name);
        CHECK(table["parameters"].size() == instrument->parameters.size());
        CHECK(table["render"].size() == render_parameters().size());
    }
}

TEST_SUITE_END();
