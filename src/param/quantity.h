#pragma once

#include <optional>
#include <string_view>

#include "drumgen/parameter.h"

namespace drumgen {

/// A number from text, in a parameter's unit, which may stand behind it: "50", "50Hz", "0.05 kHz",
/// "44.1k"; "300ms", "0.3s"; "-6dB"; "-14 LUFS"; "20 cents"; "2 semitones", "2st". Upper and lower
/// case are one. No value for anything else, or for a unit of something else.
[[nodiscard]] std::optional<double> quantity_from_text(std::string_view text, Unit unit);

}  // namespace drumgen
