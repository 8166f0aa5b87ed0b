#include "base/choice.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace drumgen;

namespace {

enum class Fruit { apple, pear };

constexpr std::array fruits{Choice{"apple", Fruit::apple}, Choice{"pear", Fruit::pear},
                            Choice{"pomme", Fruit::apple}};

std::string problem_of(const std::string& word) {
    try {
        (void)chosen("--fruit", word, fruits);
    } catch (const Error& error) {
        CHECK(error.status() == Status::invalid);
        return error.what();
    }
    return "";
}

}  // namespace

TEST_SUITE("base/choice") {
    TEST_CASE("words stand for values, the first one back") {
        CHECK(chosen("", "pear", fruits) == Fruit::pear);
        CHECK(chosen("", "pomme", fruits) == Fruit::apple);
        CHECK(word_of(fruits, Fruit::apple) == "apple");
    }

    TEST_CASE("another word is refused with all of them, and with the nearest") {
        CHECK(problem_of("stone") == "--fruit \"stone\" is not apple, pear or pomme");
        CHECK(problem_of("appel") ==
              "--fruit \"appel\" is not apple, pear or pomme, did you mean \"apple\"?");
    }
}
