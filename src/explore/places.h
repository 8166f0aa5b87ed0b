#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace drumgen {

/// Places in a space, one behind the other, each with a seed: what is not told by the coordinates.
class Places {
public:
    explicit Places(std::size_t dimensions) : dimensions_(dimensions) {}

    /// place   dimensions() coordinates
    void add(std::span<const double> place, std::uint64_t seed) {
        coordinates_.insert(coordinates_.end(), place.begin(), place.end());
        seeds_.push_back(seed);
    }

    [[nodiscard]] std::size_t size() const noexcept { return seeds_.size(); }
    [[nodiscard]] std::size_t dimensions() const noexcept { return dimensions_; }
    [[nodiscard]] std::span<const double> operator[](std::size_t at) const {
        return std::span(coordinates_).subspan(at * dimensions_, dimensions_);
    }

    [[nodiscard]] std::uint64_t seed(std::size_t at) const { return seeds_[at]; }

private:
    std::size_t dimensions_;
    std::vector<std::uint64_t> seeds_;
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
