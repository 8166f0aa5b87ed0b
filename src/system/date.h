#pragma once

#include <optional>
#include <string>

namespace drumgen {

/// What SOURCE_DATE_EPOCH says, in ISO 8601 with the letter Z; none when it is not set. Throws
/// Error (invalid) when it is no number of seconds.
[[nodiscard]] std::optional<std::string> source_date();

/// Now in UTC, or what SOURCE_DATE_EPOCH says.
[[nodiscard]] std::string utc_now();

/// Is that a day, "2026-11-26", or a second of one, "2026-11-26T12:00:00Z"?
[[nodiscard]] bool is_date(const std::string& text);

}  // namespace drumgen
