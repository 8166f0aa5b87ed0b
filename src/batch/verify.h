#pragma once

#include <string>
#include <vector>

#include "drumgen/error.h"

namespace drumgen {

/// Renders again what each sound file says it is, and tells on standard output whether the samples
/// are the same: one line a file, or one JSON object. Throws Error, in the end, for files that
/// can't be compared.
///   returns   different when any differs
[[nodiscard]] Status verify_files(const std::vector<std::string>& files, bool json);

}  // namespace drumgen
