#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// One character of a text that should be UTF-8, or a byte that belongs to none.
struct Character {
    char32_t code = 0;       ///< 0 when it is not valid
    std::string_view bytes;  ///< a part of the text
    bool is_valid = false;

    /// Is it a C0, DEL or C1 control character, which terminals obey?
    [[nodiscard]] bool is_control() const noexcept;
};

/// The text's characters, in order; every byte is in one of them.
[[nodiscard]] std::vector<Character> characters_of(std::string_view text);

/// How many characters a text has, each byte that belongs to none counted as one.
[[nodiscard]] std::size_t character_count(std::string_view text);

/// Does the text hold a control character?
[[nodiscard]] bool has_control(std::string_view text);

/// The bytes of one character. `code` is a Unicode scalar value.
[[nodiscard]] std::string utf8_of(char32_t code);

}  // namespace drumgen
