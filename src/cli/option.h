#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

/// How commands add their options. CLI11 is compiled in option.cpp: in each file that includes it,
/// it would be most of the work.
namespace drumgen {

/// The options added from here on stand under this heading of the help.
void begin_group(CLI::App& app, const std::string& heading);

/// What stands on the command line without a flag: one word, or all of them.
void add_operand(CLI::App& app, const std::string& name, std::string& target,
                 const std::string& help);
void add_operand(CLI::App& app, const std::string& name, std::vector<std::string>& targets,
                 const std::string& help);

/// An option with one value, taken as text: CLI11 would accept -5 for a seed, and nan. Of several,
/// the last counts.
void add_text(CLI::App& app, const std::string& names, std::string& target, const std::string& type,
              const std::string& help);

/// An option that takes the name of a file, and no - for a standard stream.
void add_file(CLI::App& app, const std::string& names, std::string& target,
              const std::string& help);

/// An option with one value that may come more than once.
void add_texts(CLI::App& app, const std::string& names, std::vector<std::string>& targets,
               const std::string& type, const std::string& help);

/// An option that takes names with commas between, and may come more than once.
void add_names(CLI::App& app, const std::string& names, std::vector<std::string>& targets,
               const std::string& help, const std::string& type = "KEY,...");

/// The options of a command line that was parsed, each by its shortest name, in the order that they
/// were added.
[[nodiscard]] std::vector<std::string> given_options(const CLI::App& app);

/// An option without a value.
void add_flag(CLI::App& app, const std::string& names, bool& target, const std::string& help);

}  // namespace drumgen
