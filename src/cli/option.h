#pragma once

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>

#include "base/error.h"
#include "param/wording.h"

namespace drumgen {

/// An option with one value, taken as text: CLI11 would accept -5 for a seed, and nan. Of several,
/// the last counts.
inline CLI::Option* add_text(CLI::App& app, const std::string& names, std::string& target,
                             const std::string& type, const std::string& help) {
    return app.add_option(names, target, help)
        ->type_name(type)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

/// The whole numbers that an option takes, both ends included.
struct WholeRange {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};

/// The value of such an option. Throws Error (invalid) that begins with `place`.
[[nodiscard]] inline std::uint64_t whole_number_of(const std::string& place,
                                                   const std::string& text, WholeRange range) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number < range.least || number > range.most) {
        throw Error(Status::invalid,
                    place + " " + in_quotes(text) + " is not a whole number from " +
                        std::to_string(range.least) + " to " + std::to_string(range.most));
    }
    return number;
}

}  // namespace drumgen
