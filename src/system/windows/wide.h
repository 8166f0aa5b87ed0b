#pragma once

#include <string>
#include <string_view>

namespace drumgen {

/// UTF-8 as Windows has it in memory, and back. What is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::wstring wide(std::string_view text);
[[nodiscard]] std::string narrow(std::wstring_view text);

/// A name of a file as the system's calls take it: with \, and so that it may be longer than 260
/// characters.
[[nodiscard]] std::wstring wide_path(std::string_view path);

/// Puts the reason of the last call that failed into errno.
void set_errno();

}  // namespace drumgen
