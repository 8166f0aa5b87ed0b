#pragma once

#include "drumgen/parameter.h"

namespace drumgen {

/// 0..1 along the row's curve over its allowed range, and back.
[[nodiscard]] double normalised(const Parameter& row, double value);
[[nodiscard]] double from_normalised(const Parameter& row, double position);

/// from_normalised() to six digits, which are finer than anyone hears and keep patches short.
[[nodiscard]] double short_from_normalised(const Parameter& row, double position);

}  // namespace drumgen
