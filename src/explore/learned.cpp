#include "explore/learned.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <string_view>

#include "base/math.h"
#include "base/random.h"
#include "explore/dice.h"
#include "explore/sampler.h"

namespace drumgen {
namespace {

// Figures of this file: measured by ./dev bench explore.

/// Candidates for each proposal, and in all at least.
constexpr std::size_t candidates_for_each = 4;
constexpr std::size_t least_candidates = 1200;

/// How far candidates stray from a like, and from a blend of likes.
constexpr double near_like = 0.12;
constexpr double near_blend = 0.08;

/// Share of the draws from anywhere that are even, where the others are typical drums.
constexpr double even_wild = 0.8;

/// What a standard deviation of doubt is worth beside the mean.
constexpr double curiosity = 0.3;

/// Draws places of a space.
class Drawer {
public:
    Drawer(const TasteSpace& space, const Places& likes, const LearnedWish& wish)
        : space_(space), likes_(likes), wish_(wish) {}

    /// Adds one from anywhere, most of all where real drums are, or round one of the starts.
    ///   number   of its seed
    void add_any(std::uint64_t index, std::uint64_t number, Places& places) const {
        if (!wish_.starts.empty()) {
            Dice dice(wish_.seed, "learned even", index);
            places.add(strayed(wish_.starts[dice.below(wish_.starts.size())], near_like, dice),
                       {seed_of(number)});
            return;
        }
        Patch patch = propose_typical(space_.instrument(), wish_.seed, index, {even_wild});
        places.add(space_.place_of(patch), {patch.seed, std::move(patch.render)});
    }

    /// A third of them from anywhere, a third round likes, a third round blends of likes.
    [[nodiscard]] Places candidates(std::size_t count) const {
        Places places(space_.dimensions());
        for (std::size_t index = 0; index < count; ++index) {
            if (index % 3 == 0) {
                add_any(~std::uint64_t{0} - index, least_candidates + index, places);
                continue;
            }
            Dice dice(wish_.seed, "learned candidate", index);
            const Origin from = index % 3 == 1 ? like(dice) : blend(dice);
            places.add(strayed(from.place, index % 3 == 1 ? near_like : near_blend, dice),
                       likes_.rest(from.like));
        }
        return places;
    }

    /// A seed of its own for each index.
    [[nodiscard]] std::uint64_t seed_of(std::uint64_t index) const {
        return mixed(wish_.seed, index) >> 32;
    }

private:
    [[nodiscard]] std::vector<double> strayed(std::span<const double> from, double deviation,
                                              Dice& dice) const {
        std::vector<double> place;
        for (std::size_t axis = 0; axis < from.size(); ++axis) {
            place.push_back(
                space_.mirrored(axis, from[axis], from[axis] + deviation * dice.normal()));
        }
        return place;
    }

    /// Where a candidate comes from. It keeps the seed of a like, and its settings: the same drum,
    /// set otherwise, since what the seed makes of it was liked too.
    struct Origin {
        std::vector<double> place;
        std::size_t like;
    };

    [[nodiscard]] Origin like(Dice& dice) const {
        const std::size_t at = dice.below(likes_.size());
        return {{likes_[at].begin(), likes_[at].end()}, at};
    }

    /// A mixture of three likes, evenly among all mixtures; the seed is of the one that most is of.
    [[nodiscard]] Origin blend(Dice& dice) const {
        constexpr std::size_t parts = 3;
        Origin mixture{std::vector<double>(space_.dimensions()), 0};
        double weights[parts];
        double sum = 0;
        for (double& weight : weights) {
            weight = -math::log(1 - dice.uniform());
            sum += weight;
        }
        double most = -1;
        for (const double weight : weights) {
            const std::size_t at = dice.below(likes_.size());
            for (std::size_t i = 0; i < mixture.place.size(); ++i) {
                mixture.place[i] += sum > 0 ? weight / sum * likes_[at][i] : likes_[at][i] / parts;
            }
            if (weight > most) {
                most = weight;
                mixture.like = at;
            }
        }
        return mixture;
    }

    const TasteSpace& space_;
    const Places& likes_;
    const LearnedWish& wish_;
};

/// Groups of likes that lie near each other, by single linkage.
class Clusters {
public:
    /// least   likes that a group has at least
    Clusters(const Places& likes, std::size_t least)
        : likes_(likes),
          reach_squared_(0.09 * static_cast<double>(likes.dimensions()) / 4),
          of_(likes.size()) {
        std::iota(of_.begin(), of_.end(), std::size_t{0});
        for (std::size_t i = 0; i < likes.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k) {
                if (of_[i] != of_[k] && distance_squared(likes[i], likes[k]) <= reach_squared_) {
                    std::replace(of_.begin(), of_.end(), std::max(of_[i], of_[k]),
                                 std::min(of_[i], of_[k]));
                }
            }
        }
        std::vector<std::size_t> sizes(likes.size());
        for (const std::size_t cluster : of_) {
            ++sizes[cluster];
        }
        for (std::size_t& cluster : of_) {
            cluster = sizes[cluster] < least ? none : cluster;
        }
    }

    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    /// The one that a place belongs to, or none.
    [[nodiscard]] std::size_t of(std::span<const double> place) const {
        std::size_t nearest = none;
        double smallest = reach_squared_;
        for (std::size_t i = 0; i < likes_.size(); ++i) {
            const double distance = distance_squared(place, likes_[i]);
            if (of_[i] != none && distance <= smallest) {
                smallest = distance;
                nearest = of_[i];
            }
        }
        return nearest;
    }

private:
    const Places& likes_;
    double reach_squared_;
    std::vector<std::size_t> of_;  // the first like of its group, for each
};

/// The candidates, the most promising first, of which some are taken.
class Ranking {
public:
    /// doubt_worth   what a deviation is worth beside the mean
    Ranking(const Taste& taste, const Places& candidates, double doubt_worth)
        : taste_(taste), candidates_(candidates), curiosity_(doubt_worth) {
        const std::vector<double> worths = taste.worths(candidates);
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            known_.push_back({worths[i], 1, false, i});
        }
        // A deviation is 1 at most, so this is the order of what they may be worth at most.
        std::stable_sort(known_.begin(), known_.end(),
                         [](const Known& a, const Known& b) { return a.worth > b.worth; });
    }

    /// The best candidate that `allows` allows; none when there is none.
    template <class Allows>
    [[nodiscard]] std::optional<std::size_t> best(const Allows& allows) {
        std::optional<std::size_t> best;
        double most = -std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < known_.size(); ++k) {
            if (known_[k].worth + curiosity_ <= most) {
                break;
            }
            if (!allows(known_[k].index)) {
                continue;
            }
            find_out(k);
            const double value = known_[k].worth + curiosity_ * known_[k].deviation;
            if (value > most) {
                most = value;
                best = known_[k].index;
            }
        }
        return best;
    }

private:
    struct Known {
        double worth;
        double deviation;
        bool has_deviation;
        std::size_t index;
    };

    /// Deviations cost much, so they are only worked out when they matter, many at a time.
    void find_out(std::size_t from) {
        constexpr std::size_t at_once = 32;
        if (curiosity_ == 0 || known_[from].has_deviation) {
            return;
        }
        const std::size_t to = std::min(from + at_once, known_.size());
        std::vector<std::size_t> which;
        for (std::size_t k = from; k < to; ++k) {
            which.push_back(known_[k].index);
        }
        const std::vector<double> deviations = taste_.deviations(candidates_, which);
        for (std::size_t k = from; k < to; ++k) {
            known_[k].deviation = deviations[k - from];
            known_[k].has_deviation = true;
        }
    }

    const Taste& taste_;
    const Places& candidates_;
    double curiosity_;
    std::vector<Known> known_;
};

/// Smallest distance between two proposals of a set.
double spacing_of(std::size_t dimensions) {
    // 0.16 in 4 dimensions, 0.31 from 7 on: more would push the best out of the middle.
    const auto d = static_cast<double>(dimensions);
    return std::min(std::max(0.08, 0.08 + (d - 4) * 0.0125) * math::sqrt(d), 0.31);
}

/// Places for the part of the proposals that is learned, the best first.
Places chosen_places(const TasteSpace& space, const Taste& taste, const Drawer& drawer,
                     std::size_t count, bool is_best) {
    const Places candidates =
        drawer.candidates(std::max(least_candidates, candidates_for_each * count));
    Ranking ranking(taste, candidates, is_best ? 0 : curiosity);
    const Clusters clusters(taste.likes(), is_best ? 2 : 1);
    std::vector<std::size_t> cluster_of;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        cluster_of.push_back(clusters.of(candidates[i]));
    }
    std::vector<std::size_t> taken;
    std::vector<bool> is_taken(candidates.size());
    double spacing = spacing_of(space.dimensions());
    const auto is_free = [&](std::size_t index) {
        return !is_taken[index] && std::none_of(taken.begin(), taken.end(), [&](std::size_t other) {
            return distance_squared(candidates[index], candidates[other]) < spacing * spacing;
        });
    };
    const auto take = [&](std::optional<std::size_t> index) {
        if (index) {
            taken.push_back(*index);
            is_taken[*index] = true;
        }
        return index.has_value();
    };
    // The best of each cluster, so that no island of likes is starved by another one. With labels
    // that may be slips, a lone like is no island.
    std::vector<std::size_t> served{Clusters::none};
    while (taken.size() < (count + 1) / 2) {
        const auto index = ranking.best([&](std::size_t candidate) {
            return std::find(served.begin(), served.end(), cluster_of[candidate]) == served.end() &&
                   is_free(candidate);
        });
        if (!take(index)) {
            break;
        }
        served.push_back(cluster_of[*index]);
    }
    while (taken.size() < count) {
        if (!take(ranking.best(is_free))) {
            spacing *= 0.8;
        }
    }
    Places places(space.dimensions());
    for (const std::size_t index : taken) {
        places.add(candidates[index], candidates.rest(index));
    }
    return places;
}

}  // namespace

PatchTold told_of(const LearnedPatch& learned, std::optional<std::uint64_t> index) {
    return {.index = index,
            .score = math::nearest(learned.opinion.score, 1000),
            .uncertainty = math::nearest(learned.opinion.uncertainty, 1000)};
}

std::vector<LearnedPatch> learned_patches(const TasteSpace& space, const Taste& taste,
                                          const LearnedWish& wish) {
    const Drawer drawer(space, taste.likes(), wish);
    const bool knows_likes = taste.likes().size() > 0;
    const double chance = Dice(wish.seed, "learned rounding", 0).uniform();
    const auto evens_before = [&](std::size_t index) {
        return math::floor(static_cast<double>(index) * wish.explore + chance);
    };
    const auto is_even = [&](std::size_t index) {
        return !knows_likes || evens_before(index + 1) > evens_before(index);
    };
    std::size_t learned = 0;
    for (std::size_t index = 0; index < wish.count; ++index) {
        learned += is_even(index) ? 0 : 1;
    }
    Places chosen(space.dimensions());
    if (learned > 0) {
        chosen = chosen_places(space, taste, drawer, learned, wish.explore == 0);
    }
    Places places(space.dimensions());
    std::size_t next = 0;
    for (std::size_t index = 0; index < wish.count; ++index) {
        if (is_even(index)) {
            drawer.add_any(index, index, places);
        } else {
            places.add(chosen[next], chosen.rest(next));
            ++next;
        }
    }
    std::vector<std::size_t> order(wish.count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::vector<double> deviations = taste.deviations(places, order);
    const std::vector<double> worths = taste.worths(places);
    if (wish.explore == 0 && knows_likes) {
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return worths[a] > worths[b]; });
    }
    std::vector<LearnedPatch> patches;
    for (const std::size_t index : order) {
        patches.push_back({space.patch_at(places[index], places.rest(index)),
                           taste.opinion(worths[index], deviations[index])});
    }
    return patches;
}

}  // namespace drumgen
