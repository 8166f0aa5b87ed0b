#include "match/search.h"

#include <doctest/doctest.h>

#include "drumgen/patch_json.h"
#include "explore/mutate.h"
#include "listen.h"

namespace drumgen {
namespace {

MatchWish wish_for(const char* instrument, std::size_t evaluations) {
    MatchWish wish;
    wish.base = empty_patch(find_instrument(instrument));
    wish.freedom.params = moving_rows(wish.base);
    wish.freedom.render.assign(render_parameters().size(), false);
    wish.evaluations = evaluations;
    return wish;
}

HitTable table_of(const Patch& patch) {
    return measured_match({}, patch).table;
}

TEST_SUITE("match/search") {
    TEST_CASE("a sound of ours is found again") {
        for (const char* instrument : {"kick", "tom"}) {
            CAPTURE(instrument);
            const HitTable wanted =
                table_of(listen::patch_of(instrument, {{"tune", 77}, {"variety", 0.2}}, 99));
            const std::vector<Match> found = search_matches(wanted, wish_for(instrument, 1500));
            REQUIRE(found.size() == 1);
            CHECK(measured_match(wanted, found[0].patch).difference.level_db < 2.5);
        }
    }

    TEST_CASE("any number of threads finds the same") {
        const HitTable wanted = table_of(listen::patch_of("snare", {{"tone", 0.3}}));
        MatchWish wish = wish_for("snare", 300);
        wish.count = 2;
        const std::vector<Match> one = search_matches(wanted, wish);
        wish.threads = 3;
        const std::vector<Match> three = search_matches(wanted, wish);
        REQUIRE(one.size() == 2);
        REQUIRE(three.size() == 2);
        for (std::size_t k = 0; k < 2; ++k) {
            CHECK(patch_to_json(one[k].patch) == patch_to_json(three[k].patch));
        }
        CHECK(patch_to_json(one[0].patch) != patch_to_json(one[1].patch));
    }

    TEST_CASE("what is locked stays") {
        MatchWish wish = wish_for("kick", 300);
        wish.base = listen::patch_of("kick", {{"tune", 40}}, 7);
        wish.freedom.seed = false;
        wish.is_whole = false;
        const auto rows = wish.base.instrument->parameters;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            wish.freedom.params[i] = wish.freedom.params[i] && rows[i].id.view() != "tune";
        }
        const HitTable wanted = table_of(listen::patch_of("kick", {{"tune", 90}}));
        const Patch found = search_matches(wanted, wish)[0].patch;
        CHECK(found.seed == 7);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].id.view() == "tune") {
                CHECK(found.params[i]->value == 40);
            }
        }
    }

    TEST_CASE("a patch that is named is where the search starts") {
        const Patch like = listen::patch_of("hat", {{"tightness", 0.4}, {"sheen", 0.9}}, 3);
        MatchWish wish = wish_for("hat", 200);
        wish.base = like;
        wish.is_whole = false;
        wish.starts_at_base = true;
        const std::vector<Match> found = search_matches(table_of(like), wish);
        CHECK(measured_match(table_of(like), found[0].patch).difference.total() < 1);
    }
}

}  // namespace
}  // namespace drumgen
