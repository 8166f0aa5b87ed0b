#include "batch/manifest.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "drumgen/error.h"
#include "test_folder.h"

using namespace drumgen;

namespace {

std::string text_in(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

}  // namespace

TEST_SUITE("batch/manifest") {
    TEST_CASE("it has its name only when it is complete") {
        const Folder folder;
        const std::string path = folder.at("set.jsonl");
        {
            Manifest manifest(path, false, Overwrite::yes);
            manifest.append("1\n");
            CHECK_FALSE(std::filesystem::exists(path));
            CHECK(text_in(Manifest::part_of(path)) == "1\n");
            manifest.finish();
        }
        CHECK(text_in(path) == "1\n");
        CHECK(folder.entries() == 1);
    }

    TEST_CASE("a run that was broken off is taken up behind its last whole line") {
        const Folder folder;
        const std::string path = folder.at("set.jsonl");
        std::ofstream(Manifest::part_of(path)) << "1\n2\n3 is to";
        Manifest manifest(path, true, Overwrite::yes);
        CHECK(manifest.known() == "1");
        CHECK(manifest.known() == "2");
        CHECK_FALSE(manifest.known());
        manifest.keep("1");
        manifest.append("zwei\n");
        manifest.finish();
        CHECK(text_in(path) == "1\nzwei\n");
    }

    TEST_CASE("a complete list stays until the new one is complete") {
        const Folder folder;
        const std::string path = folder.at("set.jsonl");
        std::ofstream(path) << "1\n2\n";
        {
            Manifest manifest(path, true, Overwrite::yes);
            CHECK(manifest.known() == "1");
            manifest.keep("1");
            manifest.append("zwei\n");
        }
        CHECK(text_in(path) == "1\n2\n");
    }

    TEST_CASE("a list with more sounds than are asked for is not cut silently") {
        const Folder folder;
        const std::string path = folder.at("set.jsonl");
        std::ofstream(path) << "1\n2\n";
        Manifest manifest(path, true, Overwrite::yes);
        CHECK(manifest.known() == "1");
        manifest.keep("1");
        CHECK_THROWS_AS(manifest.finish(), Error);
        CHECK(text_in(path) == "1\n2\n");
    }

    TEST_CASE("resuming needs something to resume") {
        const Folder folder;
        CHECK_THROWS_AS(Manifest("/dev/null", true, Overwrite::yes), Error);
        const std::string path = folder.at("set.jsonl");
        std::ofstream(path) << "1\n";
        CHECK_THROWS_AS(Manifest(path, false, Overwrite::no), Error);
    }
}
