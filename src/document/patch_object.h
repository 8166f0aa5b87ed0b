#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "drumgen/patch_json.h"

namespace drumgen {

/// The patch that a parsed value describes, in the full or the flat form, or that a line of what
/// drumgen prints has under "patch". Its problems are
/// appended, each with the place; the patch is of use only when there is none.
[[nodiscard]] Patch patch_from_object(const nlohmann::json& value, PatchReading& reading,
                                      std::vector<std::string>& problems);

}  // namespace drumgen
