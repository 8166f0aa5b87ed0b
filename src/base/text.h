#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Text for people: numbers, words in quotes, lists, what was meant. Nothing here reads the locale.
namespace drumgen {

/// The text with its {} filled in, checked when it is compiled. What fills them in is compiled once,
/// in text.cpp: in each file that says fmt::format() it would be most of the work.
[[nodiscard]] std::string formatted_values(fmt::string_view text, fmt::format_args values);
template <class... Values>
[[nodiscard]] std::string formatted(fmt::format_string<Values...> text, Values&&... values) {
    return formatted_values(text, fmt::make_format_args(values...));
}

/// A line of a text, from 1, without white space around it.
struct NumberedLine {
    std::size_t number = 0;
    std::string text;
};

/// The text without white space around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Those of a text that are not blank.
[[nodiscard]] std::vector<NumberedLine> numbered_lines(std::string_view text);

/// A number from text: the whole text, finite, decimal; no value when it is anything else.
[[nodiscard]] std::optional<double> number_from_text(std::string_view text);

/// Shortest text that reads back as the same number, without an exponent where a person would not
/// write one.
[[nodiscard]] std::string number_to_text(double value);

/// A number with that many decimals.
[[nodiscard]] std::string fixed(double number, int decimals);

/// Whole numbers that are allowed, both ends included.
struct WholeRange {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};

/// A whole number from text. Throws Error (invalid) that begins with `place`.
[[nodiscard]] std::uint64_t whole_number_of(std::string_view place, std::string_view text,
                                            WholeRange range);

/// A word of the user's in double quotes, control characters escaped, cut after 64 bytes. Safe for
/// a terminal.
[[nodiscard]] std::string in_quotes(std::string_view word);

/// The text with its control characters, which a terminal would obey, shown as \x1b.
[[nodiscard]] std::string for_terminal(std::string_view line);

/// "place: subject: text"; an empty place or subject is left out.
[[nodiscard]] std::string message(std::string_view place, std::string_view subject,
                                  std::string_view text);

/// Problems that are told one by one; of more only how many there are.
inline constexpr std::size_t most_problems = 20;
[[nodiscard]] std::vector<std::string> first_problems(std::vector<std::string> problems);

/// The text with spaces behind it, two at least, up to a column.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

/// The text with the letters A to Z in lower case.
[[nodiscard]] std::string in_lower_case(std::string_view text);

/// "a, b, c", or with another separator.
template <class Names>
[[nodiscard]] std::string listed(const Names& names, std::string_view separator = ", ") {
    std::string text;
    for (const auto& name : names) {
        text += text.empty() ? std::string_view() : separator;
        text += name;
    }
    return text;
}

/// "a, b or c"
template <class Names>
[[nodiscard]] std::string listed_or(const Names& names) {
    std::string text;
    std::size_t left = names.size();
    for (const auto& name : names) {
        text += left == names.size() ? "" : left == 1 ? " or " : ", ";
        text += name;
        --left;
    }
    return text;
}

/// The only candidate that begins with `word`, or the nearest within edit distance 2; empty when
/// there is none.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);

/// What to say behind a word that nobody knows: `, did you mean "x"?`, or `otherwise` when no
/// candidate is near.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string_view> candidates,
                                       std::string_view otherwise = "");
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& candidates,
                                       std::string_view otherwise = "");

}  // namespace drumgen
