#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

struct Preset {
    std::string name;         ///< "kick/808"
    std::string description;  ///< one line
    std::string json;         ///< {"description": ..., "seed": ..., "params": {...}}
};

/// The presets built into the binary, sorted by name.
[[nodiscard]] const std::vector<Preset>& builtin_presets();

/// The patch of a preset, values with Origin::preset: a built-in one, or else a file NAME.json
/// below a directory of DRUMGEN_PRESET_PATH or $XDG_DATA_HOME/drumgen/presets. Empty when there is
/// none.
[[nodiscard]] std::optional<Patch> find_preset(std::string_view name);

/// The file of a preset of the user's own; none when it is built in or there is none.
[[nodiscard]] std::optional<std::string> preset_file(std::string_view name);

/// The kits built into the binary, sorted by name: "808". Their JSON is as kit_from_json takes it.
[[nodiscard]] const std::vector<Preset>& builtin_kits();

/// The one of that name among them, or null.
[[nodiscard]] const Preset* named(const std::vector<Preset>& presets, std::string_view name);

/// A kit among presets, in JSON.
struct KitPreset {
    std::string json;
    std::string place;  ///< what messages call it
    std::string file;   ///< that was read; empty when it is built in
};

/// The kit of that name, "808" or "kits/808": a built-in one, or else a file kits/NAME.json below
/// the same directories as presets. Empty when there is none.
[[nodiscard]] std::optional<KitPreset> find_kit(std::string_view name);

/// Names of all kits, built-in and the user's own, sorted.
[[nodiscard]] std::vector<std::string> kit_names();

/// Names of all presets, built-in and the user's own, sorted.
[[nodiscard]] std::vector<std::string> preset_names();

}  // namespace drumgen
