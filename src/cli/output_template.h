#pragma once

#include <span>
#include <string>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// The path of each patch's file. A template has fields {instrument}, {index} (from 1), {seed} and
/// {name}; {index:04} pads with zeros; {{ and }} are braces. A field's value never holds a slash.
/// Throws Error (invalid) for an unknown field, or when two patches would share a file.
[[nodiscard]] std::vector<std::string> output_paths(const std::string& output,
                                                    std::span<const Patch> patches);

}  // namespace drumgen
