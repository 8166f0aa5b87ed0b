#include "document/json_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

#include "base/text.h"
#include "drumgen/patch_json.h"

namespace drumgen {

namespace {

/// "line 2, column 5"; the line is left out of a text of one line.
std::string position(std::string_view text, std::size_t bytes_read) {
    const std::string_view read = text.substr(0, std::max<std::size_t>(bytes_read, 1) - 1);
    const std::size_t line_start = read.rfind('\n') + 1;  // npos + 1 is 0
    std::string column = formatted("column {}", read.size() - line_start + 1);
    if (text.find('\n') == std::string_view::npos) {
        return column;
    }
    return formatted("line {}, {}", std::count(read.begin(), read.end(), '\n') + 1, column);
}

/// The reason out of a message of nlohmann's, "[...] ... - REASON; last read: '...'; expected ...".
std::string reason(std::string_view what) {
    const std::size_t start = what.find(" - ");
    const std::size_t last_read = what.find("; last read");
    const std::size_t expected = what.rfind("; expected");
    if (start == std::string_view::npos) {
        return std::string(what.substr(0, 200));
    }
    std::string text(what.substr(start + 3, std::min(last_read, expected) - start - 3));
    if (expected != std::string_view::npos) {
        text += what.substr(expected);
    }
    return text;
}

/// Follows the parse without building anything.
class Check : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit Check(std::string_view text) : text_(text) {}

    [[nodiscard]] std::vector<std::string> problems() && { return std::move(problems_); }

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return enter(); }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }

    bool key(string_t& key) override {
        if (!keys_.back().insert(key).second) {
            problems_.push_back(
                formatted("key {} stands twice; leave one of them", in_quotes(key)));
        }
        return true;
    }

    bool parse_error(std::size_t bytes_read, const std::string& last,
                     const nlohmann::detail::exception& error) override {
        constexpr int number_overflow = 406;  // nlohmann's name for it: out_of_range.406
        problems_.push_back(
            error.id == number_overflow
                ? formatted("number {} is beyond the largest, 1.8e308", in_quotes(last))
                : formatted("not JSON at {}: {}{}", position(text_, bytes_read),
                            reason(error.what()),
                            last.starts_with('\'') || last.ends_with('\'')
                                ? "; texts of JSON stand in double quotes"
                                : ""));
        return false;
    }

private:
    bool enter() {
        keys_.emplace_back();
        if (keys_.size() <= max_json_depth) {
            return true;
        }
        problems_.push_back(formatted("JSON nests deeper than {} levels", max_json_depth));
        return false;
    }

    bool leave() {
        keys_.pop_back();
        return true;
    }

    std::string_view text_;
    std::vector<std::set<std::string>> keys_;  // of the objects that are open
    std::vector<std::string> problems_;
};

}  // namespace

JsonText parse_json(std::string_view text, std::size_t limit) {
    if (text.size() > limit) {
        return {std::nullopt,
                {formatted("has {} bytes, at most {} are allowed", text.size(), limit)}};
    }
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        // nlohmann takes a zero byte for the end of the text
        return {std::nullopt, {formatted("not JSON at {}: a zero byte", position(text, nul + 1))}};
    }
    Check check(text);
    const bool is_complete = nlohmann::json::sax_parse(text, &check);
    JsonText result{std::nullopt, std::move(check).problems(), is_complete};
    if (is_complete) {
        result.value = nlohmann::json::parse(text);
    }
    return result;
}

std::optional<std::uint64_t> whole_number(const nlohmann::json& value) {
    constexpr double beyond = 18446744073709551616.0;  // 2^64
    if (value.is_number_unsigned()) {
        return value.get<std::uint64_t>();
    }
    if (!value.is_number()) {
        return std::nullopt;
    }
    const auto number = value.get<double>();
    if (number != std::floor(number) || number < 0 || number >= beyond) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(number);
}

std::string described(const nlohmann::json& value) {
    if (value.is_object()) {
        return "an object";
    }
    if (value.is_array()) {
        return "a list";
    }
    if (value.is_string()) {
        return in_quotes(value.get_ref<const std::string&>());
    }
    return value.is_number_float() ? number_to_text(value.get<double>()) : value.dump();
}

std::string json_version() {
    return formatted("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                     NLOHMANN_JSON_VERSION_PATCH);
}

}  // namespace drumgen
