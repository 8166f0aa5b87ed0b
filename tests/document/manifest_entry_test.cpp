#include "document/manifest_entry.h"

#include <doctest/doctest.h>

using namespace drumgen;

namespace {

ManifestEntry rendered_entry() {
    ManifestEntry entry;
    entry.index = 7;
    entry.path = "set/shard-0.tar";
    entry.member = "000007.wav";
    entry.container = "tar";
    entry.bits = "24";
    entry.patch_json = R"({"instrument": "kick", "seed": 7})";
    entry.offset = 512;
    entry.bytes = 1000;
    entry.frames = 300;
    entry.rate_hz = 48000;
    entry.sha256 = "ab";
    return entry;
}

/// The same sound, before it is rendered.
ManifestEntry planned_entry() {
    ManifestEntry entry = rendered_entry();
    entry.offset.reset();
    entry.bytes = 0;
    entry.frames = 0;
    entry.rate_hz = 0;
    entry.sha256.clear();
    return entry;
}

std::string without_feed(std::string line) {
    line.pop_back();
    return line;
}

}  // namespace

TEST_SUITE("document/manifest_entry") {
    TEST_CASE("a line tells all of a sound") {
        CHECK(manifest_line(rendered_entry()) ==
              "{\"index\": 7, \"path\": \"set/shard-0.tar\", \"member\": \"000007.wav\", "
              "\"container\": \"tar\", \"bits\": \"24\", \"offset\": 512, \"bytes\": 1000, "
              "\"frames\": 300, \"channels\": 1, \"rate_hz\": 48000, \"sha256\": \"ab\", "
              "\"patch\": {\"instrument\": \"kick\", \"seed\": 7}}\n");
        ManifestEntry piped = rendered_entry();
        piped.path.clear();
        CHECK(manifest_line(piped).find("\"path\": null") != std::string::npos);
    }

    TEST_CASE("what was found out by rendering is taken over from a line") {
        ManifestEntry entry = planned_entry();
        CHECK(take_rendered(entry, without_feed(manifest_line(rendered_entry()))));
        CHECK(entry.offset == 512U);
        CHECK(entry.bytes == 1000);
        CHECK(entry.sha256 == "ab");
    }

    TEST_CASE("a line of another sound, or of none, is told") {
        const std::string line = without_feed(manifest_line(rendered_entry()));
        ManifestEntry other = planned_entry();
        other.patch_json = R"({"instrument": "kick", "seed": 8})";
        CHECK_FALSE(take_rendered(other, line));
        for (const char* const damaged : {"", "{", "[]", "{\"index\": 7}"}) {
            CAPTURE(damaged);
            ManifestEntry entry = planned_entry();
            CHECK_FALSE(take_rendered(entry, damaged));
        }
    }
}
