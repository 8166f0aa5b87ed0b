#pragma once

#include <cstdint>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// Which rows of a patch's instrument may change, and whether its seed may.
struct Freedom {
    std::vector<bool> rows;
    bool seed = true;
    std::vector<bool> settings{};  ///< of render_parameters(); empty: none
};

/// Can a row stand between two values? Words and steps can't.
[[nodiscard]] bool is_continuous(const Parameter& row);

/// The rows that a mutation moves by itself: the macros, and whatever else the patch states.
[[nodiscard]] std::vector<bool> moving_rows(const Patch& patch);

/// Variation `index` of a patch under a seed: each free row is drawn evenly from a part of its
/// range as wide as `amount` times the whole, around its value and inside the range, along the
/// row's curve. So 0 leaves every row as it is, and 1 draws it from anywhere.
///   amount   0..1
[[nodiscard]] Patch mutated(const Patch& patch, double amount, const Freedom& freedom,
                            std::uint64_t seed, std::uint64_t index);

/// What lies between two patches along the rows' curves; words and the seed change in the middle.
///   from, to   of one instrument
///   part       0 is the first, 1 the second
[[nodiscard]] Patch between(const Patch& from, const Patch& to, double part);

/// Patches from one to another in even steps along the rows' curves. The first and the last are the
/// two themselves; words and the seed change in the middle.
///   from, to   of one instrument
///   steps      2 or more
[[nodiscard]] std::vector<Patch> morphed(const Patch& from, const Patch& to, std::uint64_t steps);

}  // namespace drumgen
