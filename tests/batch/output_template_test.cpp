#include "batch/output_template.h"

#include <doctest/doctest.h>

#include <string>

#include "drumgen/error.h"

using namespace drumgen;

namespace {

const OutputName name{"kick", 7, "my/kick", 12, 3};

std::string path_of(const char* text) {
    return OutputTemplate("-o", text).path(name);
}

}  // namespace

TEST_SUITE("batch/output_template") {
    TEST_CASE("fields stand for what a sound is named after, numbers as wide as is asked") {
        CHECK(path_of("{instrument}-{seed}.wav") == "kick-7.wav");
        CHECK(path_of("{index:04}") == "0012");
        CHECK(path_of("{index:01}{{x}}") == "12{x}");
        CHECK(OutputTemplate("-o", "a-{shard:03}.tar", OutputTemplate::Of::containers).path(name) ==
              "a-003.tar");
    }

    TEST_CASE("a name neither leaves its folder nor hides") {
        CHECK(path_of("{name}.wav") == "my-kick.wav");
        CHECK(OutputTemplate("-o", "{name}").path({"kick", 0, ".x\n", 1}) == "-x-");
    }

    TEST_CASE("a template knows whether names differ") {
        CHECK_FALSE(OutputTemplate("-o", "a.wav").varies());
        CHECK(OutputTemplate("-o", "{index}.wav").is_unique_by_index());
        CHECK_FALSE(OutputTemplate("-o", "{name}-{index}.wav").is_unique_by_index());
    }

    TEST_CASE("what is no template is refused") {
        for (const char* text :
             {"", "{", "}", "{idx}", "{index:4}", "{index:099}", "{name:04}", "{shard}"}) {
            CAPTURE(text);
            CHECK_THROWS_AS(OutputTemplate("-o", text), Error);
        }
    }

    TEST_CASE("indexes rise") {
        RisingIndexes indexes;
        indexes.use(1, "patch 1");
        indexes.use(5, "patch 2");
        CHECK_THROWS_WITH_AS(
            indexes.use(5, "patch 3"),
            "patch 3: index 5 comes after 5; indexes must rise, so that no file is "
            "written twice",
            Error);
    }
}
