#pragma once

#include <functional>
#include <vector>

#include "cli/command.h"
#include "param/state.h"

namespace drumgen {

/// Adds the flags of the render settings alone, for what holds many instruments.
///   returns   reads the statements in the order of the command line, once it is parsed
[[nodiscard]] std::function<std::vector<Statement>()> add_setting_flags(CLI::App& app);

/// Adds the flags that state something: --seed, --set, those of the render settings, and those
/// parameters' that the words use. Words that ask for help get all of the instrument that they
/// name.
///   returns   reads the statements in the order of the command line, once it is parsed
[[nodiscard]] std::function<std::vector<Statement>()> add_statement_flags(CLI::App& app,
                                                                          const Words& words);

}  // namespace drumgen
