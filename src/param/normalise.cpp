#include "param/normalise.h"

#include <algorithm>

#include "base/math.h"

namespace drumgen {

double normalised(const Parameter& row, double value) {
    const auto [min, max] = row.allowed;
    const double position = row.curve == Curve::log ? math::log(value / min) / math::log(max / min)
                                                    : (value - min) / (max - min);
    return std::clamp(position, 0.0, 1.0);
}

double from_normalised(const Parameter& row, double position) {
    const auto [min, max] = row.allowed;
    if (position <= 0) {
        return min;
    }
    if (position >= 1) {
        return max;
    }
    const double value = row.curve == Curve::log ? min * math::exp(position * math::log(max / min))
                                                 : min + (max - min) * position;
    return std::clamp(value, min, max);
}

double short_from_normalised(const Parameter& row, double position) {
    const double value = from_normalised(row, position);
    const double short_value = math::nearest(value, 1e6);
    return std::clamp(short_value, row.allowed.min, row.allowed.max);
}

}  // namespace drumgen
