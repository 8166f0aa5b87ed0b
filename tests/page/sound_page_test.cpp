#include "page/sound_page.h"

#include <doctest/doctest.h>

#include "drumgen/patch_json.h"

namespace drumgen {
namespace {

std::string shown(const std::string& title, const std::string& patch_json) {
    const Sound sound{{0, 0.5F, -0.25F, 0}, 48000};
    const Features features = measure_features(sound);
    return page_sound({&sound, &features, title, patch_json});
}

}  // namespace

TEST_SUITE("page/sound_page") {
    TEST_CASE("the parts make a document") {
        CHECK(page_begin().starts_with("<!DOCTYPE html>"));
        CHECK(page_end().ends_with("</html>\n"));
        for (const std::string_view part : {page_begin(), page_end()}) {
            CHECK(part.find("{{") == part.npos);
            CHECK(part.find("http://") == part.npos);
            CHECK(part.find("https://") == part.npos);
        }
    }

    TEST_CASE("no text ends the element that holds a sound") {
        const std::string part = shown("</script><!--", "");
        CHECK(part.find("\\u003c/script>\\u003c!--") != part.npos);
        CHECK(part.find('<', 1) == part.rfind("</script>"));
    }

    TEST_CASE("a sound that no patch is known of has no parameters") {
        const std::string part = shown("found", "");
        CHECK(part.find("\"patch\": null, \"stated\": [], \"others\": []") != part.npos);
    }

    TEST_CASE("a patch is told with its units, and a large seed stays exact") {
        const std::string part =
            shown("kick", R"({"instrument": "kick", "seed": 18446744073709551615,
                              "params": {"tune": 52.123456}})");
        CHECK(part.find("[\"tune\", \"52.12 Hz\"], [\"seed\", \"18446744073709551615\"]") !=
              part.npos);
        CHECK(part.find("\"file\": \"kick-18446744073709551615\"") != part.npos);
    }
}

}  // namespace drumgen
