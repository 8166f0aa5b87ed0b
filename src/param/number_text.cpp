#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "param/state.h"

namespace drumgen {

std::optional<double> number_from_text(std::string_view text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    // from_chars takes "inf" and "nan" for numbers
    if (error != std::errc{} || stop != end || !std::isfinite(value)) {
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
    std::array<char, 64> text{};
    char* const end = text.data() + text.size();
    const auto result = is_ordinary
                            ? std::to_chars(text.data(), end, value, std::chars_format::fixed)
                            : std::to_chars(text.data(), end, value);
    return {text.data(), result.ptr};
}

}  // namespace drumgen
