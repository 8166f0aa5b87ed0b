#include "document/depfile.h"

#include <doctest/doctest.h>

#include <array>

using namespace drumgen;

TEST_SUITE("document/depfile") {
    TEST_CASE("outputs depend on inputs, and an input that is gone stops nothing") {
        const std::array<std::string, 2> outputs{"a.wav", "b.wav"};
        const std::array<std::string, 1> inputs{"p.json"};
        CHECK(depfile_text(outputs, inputs) == "a.wav b.wav: p.json\n\np.json:\n");
        CHECK(depfile_text(outputs, {}) == "a.wav b.wav:\n");
    }

    TEST_CASE("an input is told once, however often it was read") {
        const std::array<std::string, 1> outputs{"a.wav"};
        const std::array<std::string, 3> inputs{"p.json", "q.json", "p.json"};
        CHECK(depfile_text(outputs, inputs) == "a.wav: p.json q.json\n\np.json:\n\nq.json:\n");
    }

    TEST_CASE("names are written as make reads them") {
        const std::array<std::string, 1> outputs{"my kick#$1.wav"};
        CHECK(depfile_text(outputs, {}) == "my\\ kick\\#$$1.wav:\n");
    }
}
