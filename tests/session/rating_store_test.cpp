#include "session/rating_store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "drumgen/error.h"
#include "test_folder.h"

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

TEST_SUITE("session/rating_store") {
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

    TEST_CASE("the newest of an instrument are those of the whole store, undone ones left out") {
        const Folder folder;
        const std::string store = folder.at("ratings.jsonl");
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            Rating rating = rating_of(seed, seed % 3 == 0);
            rating.patch = empty_patch(*instruments()[seed % instruments().size()]);
            rating.patch.seed = seed;
            append_ratings(store, {rating});
            if (seed % 7 == 6) {
                undo_ratings(store, 2, "");
            }
        }
        // As feedback --list prints it, and as nobody does.
        std::ofstream(store, std::ios::app)
            << R"({"time": "", "label": "like", "patch": {"instrument": "kick", "seed": 40}})"
               "\n"
            << R"({"patch": {"seed": 41, "instrument": "kick"}, "label": "dislike"})"
               "\n"
            << "damaged\n";
        const Ratings all = read_ratings(store);
        for (const Instrument* instrument : instruments()) {
            std::vector<std::uint64_t> seeds;
            for (const Rating& rating : all.ratings) {
                if (rating.patch.instrument == instrument) {
                    seeds.push_back(rating.patch.seed);
                }
            }
            for (const std::size_t most : {std::size_t{4}, std::size_t{1000}}) {
                const Ratings newest = read_newest_ratings(store, *instrument, most);
                const std::size_t count = std::min(most, seeds.size());
                REQUIRE(newest.ratings.size() == count);
                for (std::size_t i = 0; i < count; ++i) {
                    CHECK(newest.ratings[i].patch.seed == seeds[seeds.size() - count + i]);
                }
                CHECK(newest.problems.size() == 1);
            }
        }
    }
}
