#include "midi/patterns.h"

#include <cstdint>

namespace drumgen {
namespace {

struct EmbeddedPattern {
    std::string_view name;
    std::string_view digits;  ///< of the MIDI file's bytes, two each
};

unsigned value_of(char digit) {
    return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

std::vector<std::uint8_t> bytes_in(std::string_view digits) {
    std::vector<std::uint8_t> bytes;
    for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
        bytes.push_back(
            static_cast<std::uint8_t>(16 * value_of(digits[at]) + value_of(digits[at + 1])));
    }
    return bytes;
}

std::vector<Pattern> embedded_patterns() {
    // Rows of {name, digits}, sorted by name; made by cmake/embed_patterns.cmake.
    static const std::vector<EmbeddedPattern> files{
#include "patterns.inc"
    };
    std::vector<Pattern> all;
    for (const auto& [name, digits] : files) {
        all.push_back({name, midi_song(bytes_in(digits), name)});
    }
    return all;
}

}  // namespace

const std::vector<Pattern>& patterns() {
    static const std::vector<Pattern> all = embedded_patterns();
    return all;
}

}  // namespace drumgen
