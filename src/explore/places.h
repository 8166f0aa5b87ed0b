#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// What coordinates do not tell of a patch.
struct Rest {
    std::uint64_t seed = 0;
    Values render{};  ///< settings of the whole sound; empty: none
};

/// Places in a space, one behind the other, each with what the coordinates do not tell.
class Places {
public:
    explicit Places(std::size_t dimensions) : dimensions_(dimensions) {}

    /// place   dimensions() coordinates
    void add(std::span<const double> place, Rest rest) {
        coordinates_.insert(coordinates_.end(), place.begin(), place.end());
        rests_.push_back(std::move(rest));
    }

    [[nodiscard]] std::size_t size() const noexcept { return rests_.size(); }
    [[nodiscard]] std::size_t dimensions() const noexcept { return dimensions_; }
    [[nodiscard]] std::span<const double> operator[](std::size_t at) const {
        return std::span(coordinates_).subspan(at * dimensions_, dimensions_);
    }

    [[nodiscard]] std::uint64_t seed(std::size_t at) const { return rests_[at].seed; }
    [[nodiscard]] const Rest& rest(std::size_t at) const { return rests_[at]; }

private:
    std::size_t dimensions_;
    std::vector<Rest> rests_;
    std::vector<double> coordinates_;
};

/// The square of the distance between two places.
[[nodiscard]] inline double distance_squared(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
}

}  // namespace drumgen
