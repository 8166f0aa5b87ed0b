#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// What a match may change, beside the seed: rows of the instrument, and of the render settings.
struct MatchFreedom {
    std::vector<bool> params;
    std::vector<bool> render;
    bool seed = true;
};

/// The space that a match is looked for in: a coordinate for each row that is free, its allowed range
/// from 0 to 1 along its curve.
class MatchSpace {
public:
    /// base   what is not free has its values
    MatchSpace(const Patch& base, const MatchFreedom& freedom);

    [[nodiscard]] std::size_t dimensions() const noexcept { return axes_.size(); }

    /// Where a patch of the instrument lies.
    [[nodiscard]] std::vector<double> place_of(const Patch& patch) const;

    /// The patch at a place, held inside the allowed ranges, with the seed of `like`, unless that is
    /// locked.
    [[nodiscard]] Patch patch_at(std::span<const double> place, const Patch& like) const;

    /// How far a place is outside.
    [[nodiscard]] static double outside(std::span<const double> place) noexcept;

private:
    struct Axis {
        const Parameter* row;
        std::size_t index;
        bool is_render;
    };

    Patch base_;
    bool has_own_seed_;
    std::vector<Axis> axes_;
};

}  // namespace drumgen
