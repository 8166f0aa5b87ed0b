#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/builtin_presets.h"
#include "drumgen/patch.h"

namespace drumgen {

/// The patch of a preset, values with Origin::preset: a built-in one, or else a file NAME.json
/// below a directory of DRUMGEN_PRESET_PATH or $XDG_DATA_HOME/drumgen/presets. Empty when there is
/// none.
[[nodiscard]] std::optional<Patch> find_preset(std::string_view name);

/// The file of a preset of the user's own; none when it is built in or there is none.
[[nodiscard]] std::optional<std::string> preset_file(std::string_view name);

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
