#include "explore/taste_space.h"

#include <doctest/doctest.h>

#include <cmath>

#include "explore/row_patterns.h"
#include "explore/sampler.h"
#include "param/state.h"

using namespace drumgen;

namespace {

Freedom all_macros(const Instrument& instrument) {
    return {moving_rows(empty_patch(instrument)), true};
}

}  // namespace

TEST_SUITE("explore/taste_space") {
    TEST_CASE("proposals lie in 0..1, and a place leads back to its patch") {
        for (const Instrument* instrument : instruments()) {
            CAPTURE(instrument->name);
            const TasteSpace space(empty_patch(*instrument), all_macros(*instrument));
            for (std::uint64_t index = 0; index < 50; ++index) {
                const Patch patch = propose_uniform(*instrument, 1, index);
                const std::vector<double> place = space.place_of(patch);
                REQUIRE(place.size() == space.dimensions());
                for (const double x : place) {
                    CHECK(x > -1e-5);
                    CHECK(x < 1 + 1e-5);
                }
                const Patch back = space.patch_at(place, {patch.seed});
                CHECK(back.seed == patch.seed);
                for (std::size_t row = 0; row < patch.params.size(); ++row) {
                    if (patch.params[row]) {
                        CHECK(back.params[row]->value ==
                              doctest::Approx(patch.params[row]->value).epsilon(1e-4));
                    }
                }
            }
        }
    }

    TEST_CASE("what is locked drops out of the space and keeps its value") {
        const Instrument& instrument = *instruments().front();
        Freedom freedom = all_macros(instrument);
        Patch base = propose_uniform(instrument, 1, 0);
        const TasteSpace whole(base, freedom);
        freedom.rows[0] = false;
        freedom.seed = false;
        const TasteSpace space(base, freedom);
        CHECK(space.dimensions() == whole.dimensions() - 1);
        const Patch patch = space.patch_at(std::vector<double>(space.dimensions(), 0.5), {99});
        CHECK(patch.seed == base.seed);
        CHECK(patch.params[0]->value == base.params[0]->value);
        CHECK(patch.params[1]->value != base.params[1]->value);
    }

    TEST_CASE(
        "what the base says of the whole sound stays, and what it leaves open is the rest's") {
        const Instrument& instrument = *instruments().front();
        Patch base = empty_patch(instrument);
        Stating stating;
        state_render_text(base, "tilt_db", "3", stating);
        Patch other = base;
        state_render_text(other, "tilt_db", "-2", stating);
        state_render_text(other, "width", "0.5", stating);
        const TasteSpace space(base, all_macros(instrument));
        const Patch patch =
            space.patch_at(std::vector<double>(space.dimensions(), 0.5), {7, other.render});
        CHECK(patch.render[*setting_named("tilt_db")]->value == 3);
        CHECK(patch.render[*setting_named("width")]->value == 0.5);
    }

    TEST_CASE("a coordinate that strays is mirrored where it came from") {
        const Instrument& instrument = *instruments().front();
        const TasteSpace space(empty_patch(instrument), all_macros(instrument));
        for (std::size_t axis = 0; axis < space.dimensions(); ++axis) {
            CHECK(space.mirrored(axis, 0.5, 0.25) == 0.25);
            CHECK(space.mirrored(axis, 0.5, -0.25) == 0.25);
            CHECK(space.mirrored(axis, 0, 1.25) == 0.75);
            CHECK(space.mirrored(axis, 1, 1.25) == 0.75);
            // From outside what is proposed it goes as far as what is allowed goes, and not beyond.
            for (const double from : {-0.01, 1.01}) {
                for (const double x : {-3.0, -0.01, 0.3, 1.01, 3.0}) {
                    const double there = space.mirrored(axis, from, x);
                    CHECK(space.mirrored(axis, from, there) == doctest::Approx(there));
                    if (x == 0.3) {
                        CHECK(there == doctest::Approx(0.3));
                    }
                }
            }
        }
    }
}
