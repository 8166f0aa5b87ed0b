#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "drumgen/patch_json.h"
#include "explore/taste.h"

namespace drumgen {

/// Patches that are proposed at once, at most.
inline constexpr std::size_t most_learned = 1000;

/// What is asked of a taste.
struct LearnedWish {
    std::size_t count = 1;  ///< 1..most_learned
    std::uint64_t seed = 0;
    double explore =
        0.33;  ///< share that is drawn from anywhere; with 0 the best ones come, best first
    std::vector<std::vector<double>> starts{};  ///< places that draws keep near to; empty: anywhere
};

/// A patch, and what is expected of it.
struct LearnedPatch {
    Patch patch;
    Opinion opinion;
};

/// What a line tells beside such a patch. A thousandth is finer than it is known.
///   index   its place among those that were proposed with it
[[nodiscard]] PatchTold told_of(const LearnedPatch& learned, std::optional<std::uint64_t> index);

/// Patches that a taste may like, far enough from each other that all are worth hearing. Before
/// anything was liked one in five is drawn round specimens, the others evenly. The same for the same
/// labels, wish and space, everywhere.
[[nodiscard]] std::vector<LearnedPatch> learned_patches(const TasteSpace& space, const Taste& taste,
                                                        const LearnedWish& wish);

}  // namespace drumgen
