#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "drumgen/error.h"
#include "drumgen/patch.h"

namespace drumgen {

/// What to say of a sound file whose patch was found in its comment only: whether its samples are
/// still those of the patch.
[[nodiscard]] std::string comment_note(std::span<const std::uint8_t> bytes,
                                       const std::string& place, const Patch& patch);

/// Renders again what each sound file says it is, and tells on standard output whether the samples
/// are the same: one line a file, or one JSON object. Throws Error, in the end, for files that
/// can't be compared.
///   returns   different when any differs
[[nodiscard]] Status verify_files(const std::vector<std::string>& files, bool json);

}  // namespace drumgen
