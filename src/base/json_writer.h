#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace drumgen {

/// A text as a string of JSON, quotes around it. What is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_quoted(std::string_view text);

/// Writes JSON as drumgen prints it: members in the order that they are told, ", " and ": " between
/// them, numbers in their shortest form, null for one that is not finite.
class JsonWriter {
public:
    /// has_lines   members that lines() asks for stand on lines of their own; else all is one line
    explicit JsonWriter(bool has_lines = false) : has_lines_(has_lines) {}

    JsonWriter& begin_object() { return begin('{', '}'); }
    JsonWriter& begin_list() { return begin('[', ']'); }

    /// The members of the object or list that was begun last stand on lines of their own, if any
    /// do.
    JsonWriter& lines();

    /// Ends the object or list that was begun last.
    JsonWriter& end();

    /// The next value's key, in an object.
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(bool is) { return json(is ? "true" : "false"); }
    JsonWriter& value(double number);
    template <std::integral Whole>
    JsonWriter& value(Whole number) {
        return json(formatted("{}", number));
    }
    template <class Value>
    JsonWriter& value(const std::optional<Value>& known) {
        return known ? value(*known) : null();
    }
    JsonWriter& null() { return json("null"); }

    /// JSON that is written already.
    JsonWriter& json(std::string_view text);

    template <class Value>
    JsonWriter& member(std::string_view name, const Value& what) {
        return key(name).value(what);
    }
    JsonWriter& member_json(std::string_view name, std::string_view text) {
        return key(name).json(text);
    }

    /// A list of values.
    template <class Values>
    JsonWriter& list(std::string_view name, const Values& values) {
        key(name).begin_list();
        for (const auto& one : values) {
            value(one);
        }
        return end();
    }

    /// A string, or null for an empty one.
    JsonWriter& text_or_null(std::string_view text) { return text.empty() ? null() : value(text); }

    /// All that was written. Every object and list has ended.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// The same, with a line feed behind it.
    [[nodiscard]] std::string line() const { return text_ + "\n"; }

private:
    struct Open {
        char closing = 0;
        bool has_lines = false;
        bool is_empty = true;
    };

    JsonWriter& begin(char opening, char closing);
    void add_quoted(std::string_view text);
    void separate();
    void new_line(std::size_t depth);

    bool has_lines_;
    std::string text_;
    std::vector<Open> open_;
    bool has_key_ = false;
};

}  // namespace drumgen
