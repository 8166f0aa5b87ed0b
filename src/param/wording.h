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

/// A word of the user's in double quotes, control characters escaped, cut after 64 bytes. Safe for
/// a terminal.
[[nodiscard]] std::string in_quotes(std::string_view word);

/// The text with its control characters, which a terminal would obey, shown as \x1b.
[[nodiscard]] std::string for_terminal(std::string_view line);

/// Does UTF-8 text hold a C0, DEL or C1 control character, which terminals obey?
[[nodiscard]] bool has_control(std::string_view text);

/// What to say of a seed that is none.
[[nodiscard]] std::string seed_problem(std::string_view given);

/// "place: subject: text"; an empty place or subject is left out.
[[nodiscard]] std::string message(std::string_view place, std::string_view subject,
                                  std::string_view text);

}  // namespace drumgen
