#include "param/wording.h"

#include "param/patch_keys.h"
#include "param/state.h"

namespace drumgen {

namespace {

std::string with_unit(const std::string& text, Unit unit) {
    const std::string_view symbol = unit_symbol(unit);
    return symbol.empty() ? text : text + " " + std::string(symbol);
}

/// Bytes of the UTF-8 sequence at the start of `text`, 0 when it is none.
std::size_t utf8_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length > text.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/// Does the text start with a C0, DEL or C1 control character?
bool is_control(std::string_view sequence) {
    const auto lead = static_cast<unsigned char>(sequence[0]);
    return lead < 0x20 || lead == 0x7F ||
           (lead == 0xC2 && sequence.size() > 1 && static_cast<unsigned char>(sequence[1]) < 0xA0);
}

/// Adds bytes as "\x1b".
void add_escaped(std::string& text, std::string_view bytes) {
    constexpr std::string_view hex_digits = "0123456789abcdef";
    for (const char one : bytes) {
        const auto byte = static_cast<unsigned char>(one);
        text += {'\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 0xF]};
    }
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
    std::string text;
    if (!row.choices.empty()) {
        for (const std::string_view choice : row.choices) {
            text += text.empty() ? "" : " or ";
            text += choice;
        }
        return text;
    }
    for (const double value : row.values) {
        text += (text.empty() ? "" : ", ") + number_to_text(value);
    }
    if (row.values.empty()) {
        text = number_to_text(row.allowed.min) + ".." + number_to_text(row.allowed.max);
    }
    return with_unit(text, row.unit);
}

std::string value_text(const Parameter& row, double value) {
    if (!row.choices.empty()) {
        return std::string(row.choices[static_cast<std::size_t>(value)]);
    }
    return with_unit(number_to_text(value), row.unit);
}

std::string in_quotes(std::string_view word) {
    constexpr std::size_t longest = 64;
    std::string text = "\"";
    std::size_t at = 0;
    while (at < word.size() && at < longest) {
        const std::size_t length = utf8_length(word.substr(at));
        const std::string_view sequence = word.substr(at, length == 0 ? 1 : length);
        if (length == 0 || is_control(sequence)) {
            add_escaped(text, sequence);
        } else {
            text += sequence;
        }
        at += sequence.size();
    }
    return text + (at < word.size() ? "...\"" : "\"");
}

std::string for_terminal(std::string_view line) {
    std::string text;
    for (std::size_t at = 0; at < line.size();) {
        const bool is_escaped = is_control(line.substr(at));
        const std::string_view sequence = line.substr(at, is_escaped && line[at] == '\xC2' ? 2 : 1);
        if (is_escaped) {
            add_escaped(text, sequence);
        } else {
            text += sequence;
        }
        at += sequence.size();
    }
    return text;
}

bool has_control(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_control(text.substr(at))) {
            return true;
        }
    }
    return false;
}

std::string seed_problem(std::string_view given) {
    return std::string(patch_keys::seed) + " = " + std::string(given) +
           " is not a whole number within 0.." + std::to_string(patch_keys::max_seed);
}

std::string message(std::string_view place, std::string_view subject, std::string_view text) {
    std::string line;
    for (const std::string_view part : {place, subject}) {
        if (!part.empty()) {
            line += part;
            line += ": ";
        }
    }
    line += text;
    return line;
}

}  // namespace drumgen
