#include "match/match_space.h"

#include <doctest/doctest.h>

#include "drumgen/patch_json.h"
#include "explore/mutate.h"
#include "listen.h"

namespace drumgen {
namespace {

MatchSpace whole_space(const Patch& base) {
    MatchFreedom freedom;
    freedom.params = moving_rows(base);
    const std::span<const Parameter> rows = render_parameters();
    for (const Parameter& row : rows) {
        freedom.render.push_back(row.id.view() == "tilt_db" || row.id.view() == "low_cut");
    }
    return {base, freedom};
}

TEST_SUITE("match/match_space") {
    TEST_CASE("a patch is where its place says") {
        Patch patch = listen::patch_of("kick", {{"tune", 61}}, 5);
        Stating stating;
        state_render_number(patch, "tilt_db", 3, stating);
        const MatchSpace space = whole_space(empty_patch(*patch.instrument));
        const Patch back = space.patch_at(space.place_of(patch), patch);
        CHECK(back.seed == 5);
        CHECK(space.place_of(back) == space.place_of(patch));
        CHECK(patch_to_json(back).find("\"tilt_db\": 3") != std::string::npos);
    }

    TEST_CASE("a setting that changes nothing is not stated") {
        const Patch plain = listen::patch_of("kick", {});
        const MatchSpace space = whole_space(plain);
        CHECK(patch_to_json(space.patch_at(space.place_of(plain), plain)).find("render") ==
              std::string::npos);
    }

    TEST_CASE("places outside give patches inside") {
        const Patch plain = listen::patch_of("kick", {});
        const MatchSpace space = whole_space(plain);
        const std::vector<double> far(space.dimensions(), 7.0);
        PatchReading reading;
        CHECK_NOTHROW((void)patch_from_json(patch_to_json(space.patch_at(far, plain)), reading));
        CHECK(MatchSpace::outside(far) > 0);
        CHECK(MatchSpace::outside(std::vector<double>{0, 0.5, 1}) == 0);
    }
}

}  // namespace
}  // namespace drumgen
