#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace drumgen {

class Command;

/// What `drumgen` alone and `drumgen --help` print: things to try, and all commands.
[[nodiscard]] std::string overview();

/// What --help prints of a command: usage, examples, what it does, options in their groups, in
/// lines of at most 80 columns.
[[nodiscard]] std::string help_text(const Command& command, const CLI::App& app);

/// Options of one group, in the order that they were added; the first has no name and holds what
/// has no dashes.
struct OptionGroup {
    std::string name;
    std::vector<const CLI::Option*> options;
};
[[nodiscard]] std::vector<OptionGroup> groups_of(const CLI::App& app);

/// "-o, --output FILE", or the name of what has no dashes.
///   bold, plain   what becomes of a name, and of what its value is called
using Styled = std::function<std::string(std::string_view text)>;
[[nodiscard]] std::string names_of(const CLI::Option& option, const Styled& bold,
                                   const Styled& plain);

/// The lines of a text; none for an empty one.
[[nodiscard]] std::vector<std::string_view> lines_in(std::string_view text);

}  // namespace drumgen
