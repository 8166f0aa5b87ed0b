#pragma once

#include <string>
#include <string_view>

/// Numbers as text and back, exactly, by <charconv>; and the same without it, since the C++ library
/// of emscripten reads and writes only whole numbers.
namespace drumgen {

/// Reads a decimal number that is the whole text, as std::from_chars does.
///   returns   whether there is one; "inf" and "nan" may be taken for one
[[nodiscard]] bool read_number(std::string_view text, double& value);

/// The fewest digits that read back as the same number, as std::to_chars writes them.
///   is_fixed   without an exponent; otherwise as is shorter
[[nodiscard]] std::string shortest_number(double value, bool is_fixed);

/// What the two do where the library can't, by the functions of C, whose locale must be "C".
namespace without_charconv {
[[nodiscard]] bool read_number(std::string_view text, double& value);
[[nodiscard]] std::string shortest_number(double value, bool is_fixed);
}  // namespace without_charconv

}  // namespace drumgen
