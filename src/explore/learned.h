#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

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

/// Patches that a taste may like, far enough from each other that all are worth hearing. Before
/// anything was liked one in five is drawn round specimens, the others evenly. The same for the same
/// labels, wish and space, everywhere.
[[nodiscard]] std::vector<LearnedPatch> learned_patches(const TasteSpace& space, const Taste& taste,
                                                        const LearnedWish& wish);

}  // namespace drumgen
