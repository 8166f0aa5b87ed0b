#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace drumgen {

/// An option with one value, taken as text: CLI11 would accept -5 for a seed, and nan. Of several,
/// the last counts.
inline CLI::Option* add_text(CLI::App& app, const std::string& names, std::string& target,
                             const std::string& type, const std::string& help) {
    return app.add_option(names, target, help)
        ->type_name(type)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

/// An option that takes names with commas between, and may come more than once.
inline CLI::Option* add_names(CLI::App& app, const std::string& names,
                              std::vector<std::string>& targets, const std::string& help) {
    return app.add_option(names, targets, help)
        ->type_name("KEY,...")
        ->delimiter(',')
        ->allow_extra_args(false);
}

}  // namespace drumgen
