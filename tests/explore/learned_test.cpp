#include "explore/learned.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "explore/sampler.h"

using namespace drumgen;

namespace {

/// Somebody who likes what is near to a place, and what he said so far.
struct Listener {
    const Instrument& instrument;
    TasteSpace space;
    std::vector<Patch> heard{};
    std::vector<Label> labels{};

    explicit Listener(const Instrument& kind) : instrument(kind), space(space_of(kind)) {}

    static TasteSpace space_of(const Instrument& kind) {
        const Patch base = empty_patch(kind);
        return {base, {moving_rows(base), true}};
    }

    [[nodiscard]] bool likes(const Patch& patch) const {
        double sum = 0;
        for (const double x : space.place_of(patch)) {
            sum += (x - 0.5) * (x - 0.5);
        }
        // About a ninth of all proposals.
        return std::sqrt(sum / static_cast<double>(space.dimensions())) < 0.235;
    }

    void hear(std::uint64_t count) {
        for (std::uint64_t index = 0; index < count; ++index) {
            heard.push_back(propose_uniform(instrument, 5, index));
        }
        for (const Patch& patch : heard) {
            labels.push_back({&patch, likes(patch)});
        }
    }
};

}  // namespace

TEST_SUITE("explore/learned") {
    TEST_CASE("the best ten are liked, lie apart, and come best first") {
        for (const Instrument* instrument : instruments()) {
            CAPTURE(instrument->name);
            Listener listener(*instrument);
            listener.hear(200);
            const Taste taste(listener.space, listener.labels);
            const auto best = learned_patches(listener.space, taste, {10, 3, 0, {}});
            REQUIRE(best.size() == 10);
            const auto liked = std::count_if(best.begin(), best.end(), [&](const auto& one) {
                return listener.likes(one.patch);
            });
            CHECK(liked >= 8);
            for (std::size_t i = 0; i < best.size(); ++i) {
                CHECK(best[i].opinion.score >= 0);
                CHECK(best[i].opinion.score <= 1);
                for (std::size_t k = 0; k < i; ++k) {
                    CHECK(distance_squared(listener.space.place_of(best[i].patch),
                                           listener.space.place_of(best[k].patch)) > 0.1 * 0.1);
                }
            }
        }
    }

    TEST_CASE("the same labels and wish propose the same") {
        Listener listener(*instruments().front());
        listener.hear(60);
        const Taste taste(listener.space, listener.labels);
        const auto first = learned_patches(listener.space, taste, {7, 3, 0.33, {}});
        const auto again = learned_patches(listener.space, taste, {7, 3, 0.33, {}});
        const auto other = learned_patches(listener.space, taste, {7, 4, 0.33, {}});
        std::size_t same = 0;
        for (std::size_t i = 0; i < first.size(); ++i) {
            CHECK(first[i].patch.seed == again[i].patch.seed);
            CHECK(first[i].opinion.score == again[i].opinion.score);
            // The seed may be that of a like.
            same +=
                listener.space.place_of(first[i].patch) == listener.space.place_of(other[i].patch)
                    ? 1
                    : 0;
        }
        CHECK(same == 0);
    }

    TEST_CASE("before anything is liked they are even, whatever is disliked") {
        Listener listener(*instruments().front());
        listener.hear(20);
        std::vector<Label> dislikes = listener.labels;
        for (Label& label : dislikes) {
            label.is_liked = false;
        }
        const Taste knows(listener.space, dislikes);
        const Taste empty(listener.space, {});
        const auto one = learned_patches(listener.space, knows, {20, 3, 0, {}});
        const auto other = learned_patches(listener.space, empty, {20, 3, 0, {}});
        for (std::size_t i = 0; i < one.size(); ++i) {
            CHECK(listener.space.place_of(one[i].patch) == listener.space.place_of(other[i].patch));
        }
    }

    TEST_CASE("starts keep draws near to them") {
        Listener listener(*instruments().front());
        const std::vector<double> start(listener.space.dimensions(), 0.5);
        const auto near =
            learned_patches(listener.space, Taste(listener.space, {}), {50, 3, 0.33, {start}});
        for (const auto& one : near) {
            for (const double x : listener.space.place_of(one.patch)) {
                CHECK(std::abs(x - 0.5) < 0.6);
            }
        }
    }

    TEST_CASE("a thousand are proposed, and one in a space that is locked whole") {
        Listener listener(*instruments().front());
        listener.hear(100);
        const Taste taste(listener.space, listener.labels);
        CHECK(learned_patches(listener.space, taste, {most_learned, 3, 0, {}}).size() ==
              most_learned);
        Freedom none;
        none.rows.assign(listener.instrument.parameters.size(), false);
        const TasteSpace point(empty_patch(listener.instrument), none);
        CHECK(learned_patches(point, Taste(point, listener.labels), {3, 3, 0.33, {}}).size() == 3);
    }
}
