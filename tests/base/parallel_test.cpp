#include "base/parallel.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace drumgen;

TEST_SUITE("base/parallel") {
    TEST_CASE("each index is worked on once, for any number of threads") {
        for (const unsigned threads : {1U, 2U, 5U, 50U}) {
            std::vector<int> times(37, 0);
            parallel_for(times.size(), threads, [&](std::size_t at, unsigned worker) {
                CHECK(worker < threads);
                ++times[at];
            });
            CHECK(times == std::vector<int>(37, 1));
        }
    }

    TEST_CASE("the first failure is thrown, whichever came first") {
        for (const unsigned threads : {1U, 4U}) {
            std::string told;
            try {
                parallel_for(100, threads, [](std::size_t at, unsigned) {
                    if (at % 7 == 3) {
                        throw std::runtime_error(std::to_string(at));
                    }
                });
            } catch (const std::runtime_error& error) {
                told = error.what();
            }
            CHECK(told == "3");
        }
    }
}
