#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "drumgen/patch.h"
#include "match/difference.h"
#include "match/match_space.h"

namespace drumgen {

/// A patch, and how far its sound is from what was wanted.
struct Match {
    Patch patch;
    Difference difference;
    HitTable table;
};

/// Who is told how far a search has come: of how many sounds were tried, and of the nearest yet of those
/// that are looked at now.
using MatchWatcher = std::function<void(std::size_t tried, const Match& best)>;

/// What is looked for, and how long.
struct MatchWish {
    Patch base;  ///< what is not free has its values
    MatchFreedom freedom;
    bool is_whole = true;            ///< everything that moves by itself is free
    bool starts_at_base = false;     ///< look round it first
    std::size_t evaluations = 6000;  ///< sounds that are rendered, about
    std::size_t count = 1;           ///< patches that differ
    unsigned threads = 1;
    MatchWatcher watch{};
};

/// The patches whose sounds come nearest to a hit, the nearest first. The same for any number of
/// threads.
[[nodiscard]] std::vector<Match> search_matches(const HitTable& wanted, const MatchWish& wish);

/// The same patches as they are rendered, not as the search hears them.
[[nodiscard]] Match measured_match(const HitTable& wanted, Patch patch);

}  // namespace drumgen
