#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/math.h"
#include "base/random.h"

namespace drumgen {

/// Mirrors what is beyond 0..1 back into it.
[[nodiscard]] inline double reflected(double x) {
    x = x < 0 ? -x : x;
    x -= 2 * static_cast<double>(math::floor(x / 2));
    return x > 1 ? 2 - x : x;
}

/// Random numbers of one thing, one after another.
class Dice {
public:
    Dice(std::uint64_t seed, std::string_view name, std::uint64_t index)
        : stream_(random_stream(mixed(seed, index), name)) {}

    [[nodiscard]] double uniform() { return random_uniform(stream_, at_++); }

    /// A normal deviate. Source: G. E. P. Box and M. E. Muller, 1958.
    [[nodiscard]] double normal() {
        const double radius = math::sqrt(-2 * math::log(1 - uniform()));
        return radius * math::cos_cycles(uniform());
    }

    [[nodiscard]] std::size_t below(std::size_t count) {
        return std::min(static_cast<std::size_t>(uniform() * static_cast<double>(count)),
                        count - 1);
    }

private:
    RandomStream stream_;
    std::uint32_t at_ = 0;
};

}  // namespace drumgen
