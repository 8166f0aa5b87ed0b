#include "param/quantity.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace drumgen {
namespace {

/// What may stand behind a number, and the power of ten that brings it to the parameter's unit.
struct Suffix {
    Unit unit;
    std::string_view text;
    int power;
};

constexpr std::array suffixes{
    Suffix{Unit::hz, "hz", 0},        Suffix{Unit::hz, "khz", 3},
    Suffix{Unit::hz, "k", 3},         Suffix{Unit::ms, "ms", 0},
    Suffix{Unit::ms, "s", 3},         Suffix{Unit::s, "s", 0},
    Suffix{Unit::s, "ms", -3},        Suffix{Unit::db, "db", 0},
    Suffix{Unit::lufs, "lufs", 0},    Suffix{Unit::cents, "cents", 0},
    Suffix{Unit::cents, "ct", 0},     Suffix{Unit::semitones, "semitones", 0},
    Suffix{Unit::semitones, "st", 0},
};

}  // namespace

std::optional<double> quantity_from_text(std::string_view text, Unit unit) {
    const std::size_t end = text.find_last_of("0123456789.") + 1;
    if (end == 0 || end == text.size()) {
        return number_from_text(text);
    }
    std::string behind(text.substr(end));
    behind.erase(0, std::min(behind.find_first_not_of(' '), behind.size()));
    behind = in_lower_case(behind);
    const auto* const suffix =
        std::find_if(suffixes.begin(), suffixes.end(), [&behind, unit](const Suffix& known) {
            return known.unit == unit && known.text == behind;
        });
    if (suffix == suffixes.end()) {
        return std::nullopt;
    }
    // The point is moved in the text, so that 44.1k is 44100 to the bit.
    const std::string_view number = text.substr(0, end);
    if (number.find_first_of("eE") != number.npos) {
        return std::nullopt;
    }
    return number_from_text(formatted("{}e{}", number, suffix->power));
}

}  // namespace drumgen
