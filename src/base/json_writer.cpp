#include "base/json_writer.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace drumgen {

namespace {

/// Can the text stand in a string of JSON as it is?
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

/// What JSON allows as it is and a terminal obeys: DEL and, in UTF-8, U+0080 to U+009F.
std::string without_controls(std::string quoted) {
    constexpr char lead = '\xc2';
    std::string text;
    for (std::size_t k = 0; k < quoted.size(); ++k) {
        const auto next = static_cast<unsigned char>(k + 1 < quoted.size() ? quoted[k + 1] : 0);
        if (quoted[k] == '\x7f') {
            text += "\\u007f";
        } else if (quoted[k] == lead && next < 0xa0) {
            text += formatted("\\u{:04x}", next);
            ++k;
        } else {
            text += quoted[k];
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
