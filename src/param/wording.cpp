#include "param/wording.h"

#include "base/text.h"
#include "param/patch_keys.h"

namespace drumgen {

namespace {

std::string with_unit(const std::string& text, Unit unit) {
    const std::string_view symbol = unit_symbol(unit);
    return symbol.empty() ? text : formatted("{} {}", text, symbol);
}

}  // namespace

std::string_view unit_symbol(Unit unit) {
    switch (unit) {
        case Unit::hz:
            return "Hz";
        case Unit::ms:
            return "ms";
        case Unit::s:
            return "s";
        case Unit::db:
            return "dB";
        case Unit::lufs:
            return "LUFS";
        case Unit::cents:
            return "cents";
        case Unit::semitones:
            return "semitones";
        case Unit::none:
            break;
    }
    return "";
}

std::string allowed_text(const Parameter& row) {
    if (!row.choices.empty()) {
        return listed_or(row.choices);
    }
    std::string text;
    for (const double value : row.values) {
        text += (text.empty() ? "" : ", ") + number_to_text(value);
    }
    if (row.values.empty()) {
        text =
            formatted("{}..{}", number_to_text(row.allowed.min), number_to_text(row.allowed.max));
    }
    return with_unit(text, row.unit);
}

std::string value_text(const Parameter& row, double value) {
    if (!row.choices.empty()) {
        return std::string(row.choices[static_cast<std::size_t>(value)]);
    }
    return with_unit(number_to_text(value), row.unit);
}

std::string seed_problem(std::string_view given) {
    return formatted("{} = {} is not a whole number within 0..{}", patch_keys::seed, given,
                     patch_keys::max_seed);
}

}  // namespace drumgen
