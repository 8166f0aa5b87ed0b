#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "drumgen/parameter.h"

namespace drumgen {

/// "Hz", "ms"; empty for Unit::none.
[[nodiscard]] std::string_view unit_symbol(Unit unit);

/// What a row allows: "30..80 Hz", "44100, 48000, 88200, 96000 Hz", "draft or high".
[[nodiscard]] std::string allowed_text(const Parameter& row);

/// A value of a row: "45 Hz", "0.3", "high".
[[nodiscard]] std::string value_text(const Parameter& row, double value);

/// What to say of a seed that is none.
[[nodiscard]] std::string seed_problem(std::string_view given);

}  // namespace drumgen
