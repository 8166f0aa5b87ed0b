#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// Writes "drumgen: line" to standard error. Control characters, which a terminal would obey, are
/// shown as \x1b.
void tell(std::string_view line);
void tell(const std::vector<std::string>& lines);

/// Writes text of our own to standard error, as it is.
void tell_as_is(std::string_view text);

}  // namespace drumgen
