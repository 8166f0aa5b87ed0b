#include "cli/messages.h"

#include <unistd.h>

namespace drumgen {
namespace {

/// C0, DEL, and the second byte of C1 in UTF-8.
bool is_control(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool after_c2 = at > 0 && static_cast<unsigned char>(text[at - 1]) == 0xC2;
    return byte < 0x20 || byte == 0x7F || (after_c2 && byte < 0xA0);
}

}  // namespace

std::string for_terminal(std::string_view line) {
    constexpr std::string_view hex_digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (is_control(line, i)) {
            const auto byte = static_cast<unsigned char>(line[i]);
            text += {'\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 0xF]};
        } else {
            text += line[i];
        }
    }
    return text;
}

void tell_as_is(std::string_view text) {
    // Nothing can be told when this fails.
    (void)!write(STDERR_FILENO, text.data(), text.size());
}

void tell(std::string_view line) {
    tell_as_is("drumgen: " + for_terminal(line) + "\n");
}

void tell(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
        tell(line);
    }
}

}  // namespace drumgen
