#pragma once

#include <string>

#include "cli/command.h"

namespace drumgen {

/// What may stand where a word is being typed, for the shells' scripts in completions/: lines of a
/// word, and behind a tab what it is for; ":files" where a file may stand too.
///   words   behind the program's name, the last one begun
[[nodiscard]] std::string completions(const Words& words);

}  // namespace drumgen
