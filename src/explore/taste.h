#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "drumgen/patch.h"
#include "explore/gaussian_process.h"
#include "explore/taste_space.h"

namespace drumgen {

/// What somebody said of a sound.
struct Label {
    const Patch* patch;
    bool is_liked;
};

/// Ratings of one instrument that taste is learned from, at most; older taste is stale.
inline constexpr std::size_t most_labels = 1000;

/// What is expected of a sound.
struct Opinion {
    double score = 0;        ///< probability that it is liked
    double uncertainty = 0;  ///< standard deviation of the model, 0..1
};

/// What somebody likes, learned from ratings: a Gaussian process over the macros, with labels +1
/// and -1. What is like nothing that was rated is not expected to be liked.
class Taste {
public:
    /// labels   of the space's instrument; oldest first, of which the newest are taken
    Taste(const TasteSpace& space, std::span<const Label> labels);

    /// Where the liked ones lie, oldest first.
    [[nodiscard]] const Places& likes() const noexcept { return likes_; }

    /// What places are worth: from -1 for disliked to 1 for liked, about.
    [[nodiscard]] std::vector<double> worths(const Places& places) const {
        return model_.means(places);
    }

    /// How far that may be off, for some places.
    ///   which   indices of `places`
    [[nodiscard]] std::vector<double> deviations(const Places& places,
                                                 std::span<const std::size_t> which) const {
        return model_.deviations(places, which);
    }

    [[nodiscard]] Opinion opinion(double worth, double deviation) const;

private:
    Places likes_;
    GaussianProcess model_;
};

}  // namespace drumgen
