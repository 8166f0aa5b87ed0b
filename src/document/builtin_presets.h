#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// Folder of the kits among presets, with its slash.
inline constexpr std::string_view kits_folder = "kits/";

struct Preset {
    std::string name;         ///< "kick/808"
    std::string description;  ///< one line
    std::string json;         ///< {"description": ..., "seed": ..., "params": {...}}
};

/// The presets built into the binary, sorted by name.
[[nodiscard]] const std::vector<Preset>& builtin_presets();

/// The kits built into the binary, sorted by name: "808". Their JSON is as kit_from_json takes it.
[[nodiscard]] const std::vector<Preset>& builtin_kits();

/// The one of that name among them, or null.
[[nodiscard]] const Preset* named(const std::vector<Preset>& presets, std::string_view name);

/// The patch that a preset's JSON states, values with Origin::preset. Its instrument is the first
/// part of its name. Throws Error (invalid) with all problems.
///   place   for messages
[[nodiscard]] Patch patch_of_preset(std::string_view name, std::string_view json,
                                    const std::string& place);

}  // namespace drumgen
