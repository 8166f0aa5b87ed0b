#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// UTF-8 as Windows has it in memory, and back. What is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::wstring wide(std::string_view text);
[[nodiscard]] std::string narrow(std::wstring_view text);

/// A name of a file as the system's calls take it: with \, and so that it may be longer than 260
/// characters.
[[nodiscard]] std::wstring wide_path(std::string_view path);

/// Names of the files that a path whose last part has * and ? means, in any order, without . and
/// ..; none when there are none or the folder can't be read, and GetLastError() says why.
[[nodiscard]] std::optional<std::vector<std::string>> names_like(std::string_view pattern);

/// Puts the reason of the last call that failed into errno.
void set_errno();

}  // namespace drumgen
