#include "base/utf8.h"

#include <utf8.h>

#include <algorithm>
#include <iterator>

namespace drumgen {

bool Character::is_control() const noexcept {
    return is_valid && (code < 0x20 || (code >= 0x7F && code < 0xA0));
}

std::vector<Character> characters_of(std::string_view text) {
    std::vector<Character> characters;
    characters.reserve(text.size());
    const char* const end = text.data() + text.size();
    const char* at = text.data();
    while (at != end) {
        const char* const valid_end = utf8::find_invalid(at, end);
        while (at != valid_end) {
            const char* const begin = at;
            const auto code = static_cast<char32_t>(utf8::unchecked::next(at));
            characters.push_back({code, {begin, static_cast<std::size_t>(at - begin)}, true});
        }
        if (at != end) {
            characters.push_back({0, {at, 1}, false});
            ++at;
        }
    }
    return characters;
}

std::size_t character_count(std::string_view text) {
    return characters_of(text).size();
}

bool has_control(std::string_view text) {
    const std::vector<Character> characters = characters_of(text);
    return std::any_of(characters.begin(), characters.end(),
                       [](const Character& character) { return character.is_control(); });
}

std::string utf8_of(char32_t code) {
    std::string bytes;
    utf8::append(static_cast<std::uint32_t>(code), std::back_inserter(bytes));
    return bytes;
}

}  // namespace drumgen
