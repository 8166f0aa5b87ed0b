#include "explore/mutate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "explore/sampler.h"
#include "param/normalise.h"
#include "param/state.h"

using namespace drumgen;

namespace {

Freedom all_free(const Patch& patch) {
    return {moving_rows(patch), true};
}

double place(const Patch& patch, std::size_t row) {
    return normalised(patch.instrument->parameters[row], resolve(patch).params[row].value);
}

}  // namespace

TEST_SUITE_BEGIN("explore/mutate");

TEST_CASE("amount 0 moves no parameter, and a locked seed stays") {
    for (const Instrument* instrument : instruments()) {
        const Patch patch = propose_uniform(*instrument, 3, 5);
        Freedom freedom = all_free(patch);
        freedom.seed = false;
        const Patch same = mutated(patch, 0, freedom, 1, 2);
        CHECK(same.seed == patch.seed);
        for (std::size_t row = 0; row < patch.params.size(); ++row) {
            CHECK(same.params[row].has_value() == patch.params[row].has_value());
            CHECK(place(same, row) == place(patch, row));
        }
    }
}

TEST_CASE("a parameter moves by at most half of amount, inside its range, as far up as down") {
    const Patch patch = propose_uniform(*instruments().front(), 3, 5);
    constexpr double amount = 0.2;
    for (std::size_t row = 0; row < 8; ++row) {
        double sum = 0;
        double widest = 0;
        const double at = place(patch, row);
        for (std::uint64_t index = 0; index < 500; ++index) {
            const double moved = place(mutated(patch, amount, all_free(patch), 1, index), row);
            // Beside an end of the range the interval is moved inside.
            CHECK(std::abs(moved - at) <= amount + 1e-6);
            sum += moved - at;
            widest = std::max(widest, std::abs(moved - at));
        }
        CAPTURE(row);
        CHECK(widest > 0.09);
        if (at > amount / 2 && at < 1 - amount / 2) {
            CHECK(std::abs(sum / 500) < 0.015);
            CHECK(widest <= amount / 2 + 1e-6);
        }
    }
}

TEST_CASE("what is locked stays, and variations differ from each other and by seed") {
    const Patch patch = propose_uniform(*instruments().front(), 3, 5);
    Freedom freedom = all_free(patch);
    freedom.rows[3] = false;
    for (std::uint64_t index = 0; index < 20; ++index) {
        CHECK(place(mutated(patch, 1, freedom, 1, index), 3) == place(patch, 3));
    }
    CHECK(place(mutated(patch, 1, freedom, 1, 0), 0) != place(mutated(patch, 1, freedom, 1, 1), 0));
    CHECK(place(mutated(patch, 1, freedom, 1, 0), 0) != place(mutated(patch, 1, freedom, 2, 0), 0));
    CHECK(mutated(patch, 1, freedom, 1, 0).seed != mutated(patch, 1, freedom, 1, 1).seed);
}

TEST_CASE("every variation of every instrument is a patch within its limits") {
    for (const Instrument* instrument : instruments()) {
        const Patch patch = sample_allowed(*instrument, 1, 2);
        for (std::uint64_t index = 0; index < 100; ++index) {
            const Resolved varied = resolve(mutated(patch, 1, all_free(patch), 4, index));
            for (std::size_t row = 0; row < varied.params.size(); ++row) {
                const Range& range = instrument->parameters[row].allowed;
                CHECK(varied.params[row].value >= range.min);
                CHECK(varied.params[row].value <= range.max);
            }
        }
    }
}

TEST_CASE("a morph ends at its ends and steps evenly along the curves") {
    for (const Instrument* instrument : instruments()) {
        Patch from = propose_uniform(*instrument, 3, 5);
        Patch to = propose_uniform(*instrument, 3, 6);
        Stating stating;
        state_render_text(from, "drive_db", "3", stating);
        state_render_text(to, "drive_db", "9", stating);
        const std::vector<Patch> way = morphed(from, to, 7);
        REQUIRE(way.size() == 7);
        CHECK(way.front().seed == from.seed);
        CHECK(way.back().seed == to.seed);
        for (std::size_t row = 0; row < instrument->parameters.size(); ++row) {
            if (!from.params[row]) {
                CHECK_FALSE(way[3].params[row].has_value());
                continue;
            }
            CHECK(way.front().params[row]->value == from.params[row]->value);
            CHECK(way.back().params[row]->value == to.params[row]->value);
            const double step = (place(to, row) - place(from, row)) / 6;
            for (std::size_t k = 1; k < 7; ++k) {
                CHECK(std::abs(place(way[k], row) - place(way[k - 1], row) - step) < 1e-4);
            }
        }
        CHECK(resolve(way[2]).render.drive_db == doctest::Approx(5));
    }
}

TEST_SUITE_END();
