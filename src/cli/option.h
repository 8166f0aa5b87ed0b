#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace drumgen {

/// An option with one value, taken as text: CLI11 would accept -5 for a seed, and nan. Of several,
/// the last counts.
inline CLI::Option* add_text(CLI::App& app, const std::string& names, std::string& target,
                             const std::string& type, const std::string& help) {
    return app.add_option(names, target, help)
        ->type_name(type)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

}  // namespace drumgen
