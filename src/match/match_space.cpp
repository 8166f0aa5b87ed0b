#include "match/match_space.h"

#include <algorithm>
#include <cmath>

#include "base/math.h"
#include "param/normalise.h"

namespace drumgen {
namespace {

constexpr Range range_db{-9, 9};

/// Where a search goes in a setting of the whole sound: not to its ends, which nobody means.
Range range_of(const Parameter& row, bool is_render) {
    return is_render && row.unit == Unit::db && row.allowed.min < 0 ? range_db : row.allowed;
}

/// What an absent setting is as good as: a cut at the end of its range that nobody hears, which is
/// where the range that is proposed ends, too.
double neutral(const Parameter& row) {
    if (row.unit != Unit::hz) {
        return row.standard;
    }
    return row.propose.max == row.allowed.max ? row.allowed.max : row.allowed.min;
}

/// Is a setting of the whole sound as good as absent?
bool is_neutral(const Parameter& row, double value) {
    constexpr double near = 0.01;  // of the range
    return std::abs(normalised(row, value) - normalised(row, neutral(row))) < near;
}

}  // namespace

MatchSpace::MatchSpace(const Patch& base, const MatchFreedom& freedom)
    : base_(base), has_own_seed_(!freedom.seed) {
    const std::span<const Parameter> rows = base.instrument->parameters;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (freedom.params[i] && rows[i].choices.empty()) {
            axes_.push_back({&rows[i], i, false});
        }
    }
    const std::span<const Parameter> settings = render_parameters();
    for (std::size_t i = 0; i < settings.size(); ++i) {
        if (freedom.render[i]) {
            axes_.push_back({&settings[i], i, true});
        }
    }
}

std::vector<double> MatchSpace::place_of(const Patch& patch) const {
    const Resolved resolved = resolve(patch);
    std::vector<double> place;
    for (const auto& [row, index, is_render] : axes_) {
        double value = neutral(*row);
        if (!is_render) {
            value = resolved.params[index].value;
        } else if (patch.render[index]) {
            value = patch.render[index]->value;
        }
        place.push_back(normalised(*row, value));
    }
    return place;
}

Patch MatchSpace::patch_at(std::span<const double> place, const Patch& like) const {
    Patch patch = base_;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
        const auto& [row, index, is_render] = axes_[i];
        const auto [low, high] = range_of(*row, is_render);
        const double value = std::clamp(short_from_normalised(*row, place[i]), low, high);
        if (!is_render) {
            patch.params[index] = Value{value, Origin::given};
        } else if (is_neutral(*row, value)) {
            patch.render[index].reset();
        } else {
            patch.render[index] = Value{value, Origin::given};
        }
    }
    if (!has_own_seed_) {
        patch.seed = like.seed;
    }
    return patch;
}

double MatchSpace::outside(std::span<const double> place) noexcept {
    double sum = 0;
    for (const double x : place) {
        const double out = std::max(x - 1, 0.0) + std::max(-x, 0.0);
        sum += out * out;
    }
    return math::sqrt(sum);
}

}  // namespace drumgen
