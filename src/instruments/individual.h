#pragma once

#include <cstdint>
#include <string_view>

#include "base/math.h"
#include "base/random.h"

namespace drumgen {

/// What makes one drum of its make: numbers that the seed draws, as far as the macro `variety` lets
/// it. At variety 0 all drums of a make are the same but for their noise.
class Individual {
public:
    Individual(std::uint64_t seed, std::string_view name, double variety) noexcept
        : stream_(random_stream(seed, name)), variety_(variety) {}

    /// Evenly from -variety to variety.
    ///   trait   which number
    [[nodiscard]] double offset(std::uint32_t trait) const noexcept {
        return variety_ * (2 * random_uniform(stream_, trait) - 1);
    }

    /// A factor from 1 / widest to widest, at variety 1, evenly in its logarithm.
    [[nodiscard]] double factor(std::uint32_t trait, double widest) const noexcept {
        return math::pow(widest, offset(trait));
    }

private:
    RandomStream stream_;
    double variety_;
};

}  // namespace drumgen
