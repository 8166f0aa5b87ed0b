#pragma once

#include <cstddef>
#include <vector>

#include "drumgen/patch.h"
#include "explore/mutate.h"
#include "explore/places.h"

namespace drumgen {

/// The space that tastes are learned in: a coordinate for each macro that is free, its proposal
/// range from 0 to 1 along its curve.
class TasteSpace {
public:
    /// base   what is not free has its values
    TasteSpace(const Patch& base, const Freedom& freedom);

    [[nodiscard]] std::size_t dimensions() const noexcept { return axes_.size(); }
    [[nodiscard]] const Instrument& instrument() const noexcept { return *base_.instrument; }

    /// Where a patch of the instrument lies; beyond 0..1 when it is outside the proposal ranges.
    [[nodiscard]] std::vector<double> place_of(const Patch& patch) const;

    /// The patch at a place, held inside the allowed ranges.
    ///   rest   its seed, unless that is locked, and settings of the whole sound where the base has
    ///          none
    [[nodiscard]] Patch patch_at(std::span<const double> place, const Rest& rest) const;

    /// Mirrors a coordinate that has strayed out of the proposal range back into it, or, where it
    /// came from outside, out of what is allowed.
    [[nodiscard]] double mirrored(std::size_t axis, double from, double x) const;

private:
    struct Axis {
        std::size_t row;
        double low;  ///< of the proposal range, normalised
        double high;
    };

    Patch base_;
    bool has_own_seed_;
    std::vector<Axis> axes_;
};

}  // namespace drumgen
