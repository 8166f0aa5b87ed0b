#include "explore/taste.h"

#include <doctest/doctest.h>

#include "explore/sampler.h"

using namespace drumgen;

namespace {

TasteSpace space_of(const Instrument& instrument) {
    const Patch base = empty_patch(instrument);
    return {base, {moving_rows(base), true}};
}

}  // namespace

TEST_SUITE("explore/taste") {
    TEST_CASE("a liked sound is worth more than a disliked one, and both more is known of") {
        const Instrument& instrument = *instruments().front();
        const TasteSpace space = space_of(instrument);
        const Patch good = propose_uniform(instrument, 1, 0);
        const Patch bad = propose_uniform(instrument, 1, 1);
        const Taste taste(space, std::vector<Label>{{&good, true}, {&bad, false}});
        CHECK(taste.likes().size() == 1);
        Places places(space.dimensions());
        for (std::uint64_t index = 0; index < 3; ++index) {
            const Patch patch = propose_uniform(instrument, 1, index);
            places.add(space.place_of(patch), {patch.seed});
        }
        const std::vector<double> worths = taste.worths(places);
        CHECK(worths[0] > 0);
        CHECK(worths[1] < -0.5);
        CHECK(worths[2] < worths[0]);
        const std::vector<std::size_t> all{0, 1, 2};
        const std::vector<double> deviations = taste.deviations(places, all);
        CHECK(deviations[0] < deviations[2]);
        CHECK(deviations[1] < deviations[2]);
    }

    TEST_CASE("scores are probabilities") {
        const TasteSpace space = space_of(*instruments().front());
        const Taste taste(space, {});
        CHECK(taste.opinion(0, 0.5).score == doctest::Approx(0.5));
        // Phi(1 / sqrt(0.4 + 0.6)) = Phi(1) and Phi(-1)
        const double deviation = 0.63245553203367588;
        CHECK(taste.opinion(1, deviation).score == doctest::Approx(0.8413447).epsilon(1e-6));
        CHECK(taste.opinion(-1, deviation).score == doctest::Approx(0.1586553).epsilon(1e-6));
        CHECK(taste.opinion(-50, 0).score >= 0);
        CHECK(taste.opinion(50, 0).score <= 1);
    }

    TEST_CASE("the newest thousand labels count") {
        const Instrument& instrument = *instruments().front();
        const TasteSpace space = space_of(instrument);
        const Patch old = propose_uniform(instrument, 1, 0);
        const Patch later = propose_uniform(instrument, 1, 1);
        std::vector<Label> labels(most_labels + 1, {&later, false});
        labels.front() = {&old, true};
        CHECK(Taste(space, labels).likes().size() == 0);
        labels[1] = {&old, true};
        CHECK(Taste(space, labels).likes().size() == 1);
    }
}
