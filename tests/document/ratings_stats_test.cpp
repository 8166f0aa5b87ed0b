#include "document/ratings_stats.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace drumgen;

TEST_SUITE("document/ratings_stats") {
    TEST_CASE("each instrument has a line, rated or not") {
        Rating rating;
        rating.patch = empty_patch(*instruments().front());
        rating.is_liked = true;
        const std::string first(instruments().front()->name);
        const std::string text = ratings_stats_text({rating, rating});
        CHECK(text.find(first + ": 2 liked, 0 disliked\n") != text.npos);
        CHECK(std::count(text.begin(), text.end(), '\n') ==
              static_cast<std::ptrdiff_t>(instruments().size()));
        CHECK(ratings_stats_json({}).find("{\"instrument\": \"" + first +
                                          "\", \"liked\": 0, \"disliked\": 0}\n") == 0);
    }
}
