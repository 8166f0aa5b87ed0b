#include "io/ratings.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "base/error.h"
#include "io/test_folder.h"

using namespace drumgen;

namespace {

Rating rating_of(std::uint64_t seed, bool is_liked) {
    Rating rating;
    rating.time = "2026-11-26T12:00:00Z";
    rating.patch = empty_patch(*instruments().front());
    rating.patch.seed = seed;
    rating.is_liked = is_liked;
    rating.features_json = "{}";
    return rating;
}

}  // namespace

TEST_SUITE("io/ratings") {
    TEST_CASE("what was added is read back in order") {
        const Folder folder;
        const std::string store = folder.at("new/ratings.jsonl");
        CHECK(read_ratings(store).ratings.empty());
        append_ratings(store, {rating_of(1, true), rating_of(2, false)});
        append_ratings(store, {rating_of(3, true)});
        const Ratings read = read_ratings(store);
        REQUIRE(read.ratings.size() == 3);
        CHECK(read.problems.empty());
        CHECK(read.ratings[1].patch.seed == 2);
        CHECK_FALSE(read.ratings[1].is_liked);
        CHECK(read.ratings[2].time == "2026-11-26T12:00:00Z");
    }

    TEST_CASE("the last ones can be taken back, and no more than there are") {
        const Folder folder;
        const std::string store = folder.at("ratings.jsonl");
        append_ratings(store, {rating_of(1, true), rating_of(2, false)});
        undo_ratings(store, 1, "2026-11-26T12:00:01Z");
        CHECK(read_ratings(store).ratings.size() == 1);
        CHECK_THROWS_AS(undo_ratings(store, 2, ""), Error);
        CHECK(read_ratings(store).ratings.size() == 1);
    }

    TEST_CASE("damaged lines are told and left, and a torn one does not spoil the next") {
        const Folder folder;
        const std::string store = folder.at("ratings.jsonl");
        append_ratings(store, {rating_of(1, true)});
        std::ofstream(store, std::ios::app) << "{\"label\": \"li";
        append_ratings(store, {rating_of(2, true)});
        const Ratings read = read_ratings(store);
        CHECK(read.ratings.size() == 2);
        CHECK(read.problems.size() == 1);
    }
}
