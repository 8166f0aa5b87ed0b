#include "explore/taste.h"

#include <algorithm>

#include "base/math.h"

namespace drumgen {
namespace {

/// What nobody rated is not liked, a label may be a slip, and a sound of another seed is not quite
/// the same. Measured by ./dev bench explore.
GaussianPrior prior_of(const TasteSpace& space) {
    const auto dimensions = static_cast<double>(std::max<std::size_t>(space.dimensions(), 1));
    return {
        .mean = -1, .length = 0.28 * math::sqrt(dimensions / 4), .variance = 0.6, .shared = 0.9};
}

GaussianProcess model_of(const TasteSpace& space, std::span<const Label> labels) {
    Places places(space.dimensions());
    std::vector<double> values;
    for (const Label& label : labels) {
        places.add(space.place_of(*label.patch), {label.patch->seed});
        values.push_back(label.is_liked ? 1 : -1);
    }
    return {std::move(places), values, prior_of(space)};
}

std::span<const Label> newest(std::span<const Label> labels) {
    return labels.last(std::min(labels.size(), most_labels));
}

/// Probability that a normal deviate is below x. Absolute error below 8e-8.
/// Source: Abramowitz and Stegun 26.2.17.
double normal_probability(double x) {
    const double t = 1 / (1 + 0.2316419 * (x < 0 ? -x : x));
    const double series =
        t * (0.319381530 +
             t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    const double tail = math::exp(-x * x / 2) / math::sqrt(2 * math::pi) * series;
    return x < 0 ? tail : 1 - tail;
}

}  // namespace

Taste::Taste(const TasteSpace& space, std::span<const Label> labels)
    : likes_(space.dimensions()), model_(model_of(space, newest(labels))) {
    for (const Label& label : newest(labels)) {
        if (label.is_liked) {
            likes_.add(space.place_of(*label.patch), {label.patch->seed, label.patch->render});
        }
    }
}

Opinion Taste::opinion(double worth, double deviation) const {
    const double spread = math::sqrt(deviation * deviation + model_.prior().variance);
    return {normal_probability(worth / spread), deviation};
}

}  // namespace drumgen
