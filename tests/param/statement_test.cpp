#include "param/statement.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "param/state.h"

using namespace drumgen;

TEST_SUITE("batch/statement") {
    TEST_CASE("an assignment states a parameter, a setting or the seed") {
        const Statement tune = statement_of("tune=52");
        CHECK(tune.target == Statement::Target::parameter);
        CHECK(tune.key == "tune");
        CHECK(tune.text == "52");
        const Statement rate = statement_of("render.rate=44100");
        CHECK(rate.target == Statement::Target::setting);
        CHECK(rate.key == "rate");
        CHECK(statement_of("seed=7").target == Statement::Target::seed);
        CHECK_THROWS_AS((void)statement_of("=7"), Error);
        CHECK_THROWS_AS((void)statement_of("tune"), Error);
    }

    TEST_CASE("later statements win, and what is wrong with each is told") {
        Patch patch = empty_patch(*instruments().front());
        Stating stating;
        state_all(patch, {statement_of("seed=1"), statement_of("seed=2")}, stating);
        CHECK(patch.seed == 2);
        CHECK(stating.problems.empty());
        state_all(patch, {statement_of("nothing=1"), statement_of("seed=x")}, stating);
        CHECK(stating.problems.size() == 2);
    }
}
