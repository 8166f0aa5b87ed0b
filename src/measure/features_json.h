#pragma once

#include <string>

#include "measure/features.h"

namespace drumgen {

/// The features as an object of JSON, keys in the table's order, then octave_db; null for what is
/// no number.
[[nodiscard]] std::string features_json(const Features& features);

/// The same of those that are levels and times.
[[nodiscard]] std::string levels_and_times_json(const Features& features);

}  // namespace drumgen
