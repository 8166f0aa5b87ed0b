#include "explore/taste_space.h"

#include "explore/dice.h"
#include "param/normalise.h"

namespace drumgen {

TasteSpace::TasteSpace(const Patch& base, const Freedom& freedom)
    : base_(base), has_own_seed_(!freedom.seed) {
    const std::span<const Parameter> rows = base.instrument->parameters;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].optional && freedom.rows[i]) {
            axes_.push_back({i, normalised(rows[i], rows[i].propose.min),
                             normalised(rows[i], rows[i].propose.max)});
        }
    }
}

std::vector<double> TasteSpace::place_of(const Patch& patch) const {
    std::vector<double> place;
    for (const auto& [row, low, high] : axes_) {
        const Parameter& parameter = base_.instrument->parameters[row];
        const auto& stated = patch.params[row];
        const double at = normalised(parameter, stated ? stated->value : parameter.standard);
        place.push_back((at - low) / (high - low));
    }
    return place;
}

double TasteSpace::mirrored(std::size_t axis, double from, double x) const {
    if (from >= 0 && from <= 1) {
        return reflected(x);
    }
    const auto& [row, low, high] = axes_[axis];
    return (reflected(low + (high - low) * x) - low) / (high - low);
}

Patch TasteSpace::patch_at(std::span<const double> place, const Rest& rest) const {
    Patch patch = base_;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
        const auto& [row, low, high] = axes_[i];
        const double value =
            short_from_normalised(base_.instrument->parameters[row], low + (high - low) * place[i]);
        patch.params[row] = Value{value, Origin::given};
    }
    if (!has_own_seed_) {
        patch.seed = rest.seed;
    }
    for (std::size_t row = 0; row < rest.render.size(); ++row) {
        if (!patch.render[row]) {
            patch.render[row] = rest.render[row];
        }
    }
    return patch;
}

}  // namespace drumgen
