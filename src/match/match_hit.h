#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "drumgen/patch_json.h"
#include "match/recording.h"
#include "match/search.h"

namespace drumgen {

/// With what a hit is to be matched.
struct MatchOptions {
    std::optional<Patch> like{};      ///< to start from, and what is locked is taken from
    std::vector<std::string> lock{};  ///< "KEY=VALUE", or "KEY" for what `like` has
    std::vector<std::string> only{};  ///< the only parameters that are free; empty: all that move
    std::size_t count = 1;            ///< patches
    std::size_t evaluations = 6000;   ///< sounds that are tried, about
    unsigned threads = 1;
    MatchWatcher watch{};
};

/// What a line tells beside a match: how far it is from what was wanted, and what differs.
[[nodiscard]] PatchTold told_of(const HitTable& wanted, const Match& match);

/// Throws Error when what is locked or freed is not there.
void check_options(const Instrument& instrument, const MatchOptions& options);

/// The patches that come nearest to a hit of a recording, the nearest first, with the width that the
/// recording has there. Throws Error.
///   wanted   what the hit sounds like
[[nodiscard]] std::vector<Match> match_hit(const Recording& recording, const Hit& hit,
                                           const HitTable& wanted, const Instrument& instrument,
                                           const MatchOptions& options);

}  // namespace drumgen
