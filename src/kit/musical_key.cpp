#include "kit/musical_key.h"

#include <algorithm>

#include "base/text.h"
#include "drumgen/error.h"
#include "param/slot_name.h"

namespace drumgen {
namespace {

constexpr int octave = 12;  // semitones
constexpr std::array<std::string_view, octave> names{"C",  "C#", "D",  "D#", "E",  "F",
                                                     "F#", "G",  "G#", "A",  "A#", "B"};

}  // namespace

std::optional<MusicalKey> musical_key_from(std::string_view text) {
    constexpr std::string_view letters = "cdefgab";
    constexpr std::array<int, 7> steps{0, 2, 4, 5, 7, 9, 11};
    if (text.empty()) {
        return std::nullopt;
    }
    const std::string letter = in_lower_case(text.substr(0, 1));
    const std::size_t step = letters.find(letter);
    if (step == letters.npos) {
        return std::nullopt;
    }
    MusicalKey key{steps[step], false};
    text.remove_prefix(1);
    if (text.starts_with('#') || text.starts_with('b')) {
        key.root = (key.root + (text.front() == '#' ? 1 : octave - 1)) % octave;
        text.remove_prefix(1);
    }
    while (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    if (text == "m") {
        key.is_minor = true;
        return key;
    }
    const std::string mode = in_lower_case(text);
    key.is_minor = mode == "min" || mode == "minor";
    const bool is_major = mode.empty() || mode == "maj" || mode == "major";
    return key.is_minor || is_major ? std::optional(key) : std::nullopt;
}

std::optional<MusicalKey> wished_key(std::string_view flag, std::string_view text) {
    const std::optional<MusicalKey> key = musical_key_from(text);
    if (!key && !text.empty()) {
        throw Error(Status::invalid,
                    formatted("{} {} is no key, such as C, F#m or Bb", flag, in_quotes(text)));
    }
    return key;
}

std::string name_of(const MusicalKey& key) {
    return std::string(names[static_cast<std::size_t>(key.root)]) + (key.is_minor ? "m" : "");
}

std::array<int, 3> triad_of(const MusicalKey& key) {
    constexpr int fifth = 7;
    const int third = key.is_minor ? 3 : 4;
    return {key.root, (key.root + third) % octave, (key.root + fifth) % octave};
}

}  // namespace drumgen
