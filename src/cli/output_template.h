#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// What a file is named after.
struct OutputName {
    std::string instrument;
    std::uint64_t seed = 0;
    std::string name;
};

[[nodiscard]] OutputName output_name(const Patch& patch);

/// That of a file which is read: its name without folder and ending.
[[nodiscard]] OutputName output_name(const std::string& path);

/// The path of each sound's file. A template has fields {instrument}, {index} (from 1), {seed} and
/// {name}; {index:04} pads with zeros; {{ and }} are braces. A field's value never holds a slash.
///   flag   what the template was given with, for messages
/// Throws Error (invalid) for an unknown field, or when two sounds would share a file.
[[nodiscard]] std::vector<std::string> output_paths(std::string_view flag,
                                                    const std::string& output,
                                                    std::span<const OutputName> names);

}  // namespace drumgen
