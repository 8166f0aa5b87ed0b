#pragma once

#include "cli/command.h"

namespace drumgen {

/// Prepares the process and runs the command that the first word names. Throws Error.
[[nodiscard]] Status run_command_line(Words words);

}  // namespace drumgen
