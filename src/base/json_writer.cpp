#include "base/json_writer.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/utf8.h"

namespace drumgen {

namespace {

/// Can the text stand in a string of JSON as it is?
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

/// JSON with what it allows as it is and a terminal obeys, DEL and the C1 controls, escaped.
std::string without_controls(std::string quoted) {
    if (!has_control(quoted)) {
        return quoted;
    }
    std::string text;
    for (const Character& character : characters_of(quoted)) {
        if (character.is_control()) {
            text += formatted("\\u{:04x}", static_cast<unsigned>(character.code));
        } else {
            text += character.bytes;
        }
    }
    return text;
}

}  // namespace

std::string json_quoted(std::string_view text) {
    return is_plain(text) ? '"' + std::string(text) + '"'
                          : without_controls(nlohmann::json(text).dump(
                                -1, ' ', false, nlohmann::json::error_handler_t::replace));
}

JsonWriter& JsonWriter::begin(char opening, char closing) {
    separate();
    text_ += opening;
    open_.push_back({closing});
    return *this;
}

JsonWriter& JsonWriter::lines() {
    open_.back().has_lines = has_lines_;
    return *this;
}

JsonWriter& JsonWriter::end() {
    const Open ended = open_.back();
    open_.pop_back();
    if (ended.has_lines && !ended.is_empty) {
        new_line(open_.size());
    }
    text_ += ended.closing;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    add_quoted(name);
    text_ += ": ";
    has_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    add_quoted(text);
    return *this;
}

void JsonWriter::add_quoted(std::string_view text) {
    if (!is_plain(text)) {
        text_ += json_quoted(text);
        return;
    }
    text_ += '"';
    text_ += text;
    text_ += '"';
}

JsonWriter& JsonWriter::value(double number) {
    return std::isfinite(number) ? json(number_to_text(number)) : null();
}

JsonWriter& JsonWriter::json(std::string_view text) {
    separate();
    text_ += text;
    return *this;
}

/// What stands between the value that comes and the one before it.
void JsonWriter::separate() {
    if (has_key_ || open_.empty()) {
        has_key_ = false;
        return;
    }
    Open& open = open_.back();
    const bool is_first = open.is_empty;
    open.is_empty = false;
    if (open.has_lines) {
        text_ += is_first ? "" : ",";
        new_line(open_.size());
    } else {
        text_ += is_first ? "" : ", ";
    }
}

void JsonWriter::new_line(std::size_t depth) {
    text_ += '\n';
    text_.append(2 * depth, ' ');
}

}  // namespace drumgen
