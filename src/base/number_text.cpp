#include "base/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace drumgen {
namespace without_charconv {
namespace {

/// printf with a number of decimals.
std::string printed(const char* form, int decimals, double value) {
    std::array<char, 400> text{};
    const int length = std::snprintf(text.data(), text.size(), form, decimals, value);
    return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

bool read_number(std::string_view text, double& value) {
    constexpr std::string_view first = "-.0123456789";
    constexpr std::string_view known = "+-.0123456789eE";
    if (text.empty() || first.find(text.front()) == first.npos ||
        text.find_first_not_of(known) != text.npos) {
        return false;
    }
    const std::string copy(text);
    char* end = nullptr;
    value = std::strtod(copy.c_str(), &end);
    // What is too small for a double is no number either.
    const std::string_view digits = text.substr(0, text.find_first_of("eE"));
    const bool has_vanished =
        value == 0 && digits.find_first_of("123456789") != std::string_view::npos;
    return end == copy.c_str() + copy.size() && !has_vanished;
}

std::string shortest_number(double value, bool is_fixed) {
    constexpr int enough = 16;  // digits behind the point of a double
    int digits = 0;
    std::string scientific = printed("%.*e", digits, value);
    while (digits < enough && std::strtod(scientific.c_str(), nullptr) != value) {
        scientific = printed("%.*e", ++digits, value);
    }
    const int exponent = std::atoi(scientific.c_str() + scientific.find('e') + 1);
    std::string plain = printed("%.*f", std::max(0, digits - exponent), value);
    return is_fixed || plain.size() <= scientific.size() ? plain : scientific;
}

}  // namespace without_charconv

#if defined(__cpp_lib_to_chars)

bool read_number(std::string_view text, double& value) {
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && stop == end;
}

std::string shortest_number(double value, bool is_fixed) {
    std::array<char, 400> text{};
    char* const end = text.data() + text.size();
    const auto result = is_fixed ? std::to_chars(text.data(), end, value, std::chars_format::fixed)
                                 : std::to_chars(text.data(), end, value);
    return {text.data(), result.ptr};
}

#else

bool read_number(std::string_view text, double& value) {
    return without_charconv::read_number(text, value);
}

std::string shortest_number(double value, bool is_fixed) {
    return without_charconv::shortest_number(value, is_fixed);
}

#endif

}  // namespace drumgen
