#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/edit_distance.h"
#include "base/number_text.h"
#include "base/utf8.h"
#include "drumgen/error.h"

namespace drumgen {
namespace {

/// Adds bytes as "\x1b".
void add_escaped(std::string& text, std::string_view bytes) {
    for (const char byte : bytes) {
        text += formatted("\\x{:02x}", static_cast<unsigned char>(byte));
    }
}

}  // namespace

std::optional<double> number_from_text(std::string_view text) {
    double value = 0;
    if (!read_number(text, value) || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::string number_to_text(double value) {
    const double magnitude = std::fabs(value);
    if (magnitude == 0) {
        return "0";
    }
    // Beyond these an exponent reads better. Source: Number::toString of ECMAScript.
    const bool is_ordinary = magnitude >= 1e-6 && magnitude < 1e21;
    return shortest_number(value, is_ordinary);
}

std::string fixed(double number, int decimals) {
    std::string shown = formatted("{:.{}f}", number, decimals);
    const bool is_zero = shown.find_first_not_of("-0.") == shown.npos;
    return is_zero && shown.starts_with("-") ? shown.substr(1) : shown;
}

std::uint64_t whole_number_of(std::string_view place, std::string_view text, WholeRange range) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number < range.least || number > range.most) {
        throw Error(Status::invalid, formatted("{} {} is not a whole number from {} to {}", place,
                                               in_quotes(text), range.least, range.most));
    }
    return number;
}

std::string formatted_values(fmt::string_view text, fmt::format_args values) {
    return fmt::vformat(text, values);
}

std::string in_quotes(std::string_view word) {
    constexpr std::size_t longest = 64;
    // A character that begins within the limit is shown whole.
    constexpr std::size_t enough = longest + 4;
    std::string text = "\"";
    std::size_t at = 0;
    for (const Character& character : characters_of(word.substr(0, enough))) {
        if (at >= longest) {
            break;
        }
        if (!character.is_valid || character.is_control()) {
            add_escaped(text, character.bytes);
        } else {
            text += character.bytes;
        }
        at += character.bytes.size();
    }
    return text + (at < word.size() ? "...\"" : "\"");
}

std::string for_terminal(std::string_view line) {
    std::string text;
    for (const Character& character : characters_of(line)) {
        if (character.is_control()) {
            add_escaped(text, character.bytes);
        } else {
            text += character.bytes;
        }
    }
    return text;
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

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

std::vector<std::string> first_problems(std::vector<std::string> problems) {
    if (problems.size() > most_problems) {
        const std::size_t rest = problems.size() - most_problems;
        problems.resize(most_problems);
        problems.push_back(formatted("and {} more problem{}", rest, rest == 1 ? "" : "s"));
    }
    return problems;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<NumberedLine> numbered_lines(std::string_view text) {
    std::vector<NumberedLine> lines;
    std::size_t number = 0;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view line = trimmed(text.substr(start, end - start));
        ++number;
        start = end + 1;
        if (!line.empty()) {
            lines.push_back({number, std::string(line)});
        }
    }
    return lines;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string cell(text);
    cell.resize(std::max(text.size() + 2, width), ' ');
    return cell;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    const auto continues = [word](std::string_view candidate) {
        return candidate.starts_with(word);
    };
    constexpr std::size_t least_begun = 3;  // letters that say more than chance
    if (word.size() >= least_begun &&
        std::count_if(candidates.begin(), candidates.end(), continues) == 1) {
        return *std::find_if(candidates.begin(), candidates.end(), continues);
    }
    constexpr std::size_t farthest = 2;  // edits; further off, a suggestion is noise
    std::string_view best;
    std::size_t least = farthest + 1;
    for (const std::string_view candidate : candidates) {
        const auto [shorter, longer] = std::minmax({word.size(), candidate.size()});
        if (longer - shorter > farthest) {
            continue;
        }
        const std::size_t edits = edit_distance(word, candidate);
        if (edits < least && edits < longer) {  // as many edits as letters: nothing in common
            least = edits;
            best = candidate;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates,
                         std::string_view otherwise) {
    const std::string_view known = nearest(word, candidates);
    return known.empty() ? std::string(otherwise)
                         : formatted(", did you mean {}?", in_quotes(known));
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         std::string_view otherwise) {
    return did_you_mean(word, std::vector<std::string_view>(candidates.begin(), candidates.end()),
                        otherwise);
}

}  // namespace drumgen
