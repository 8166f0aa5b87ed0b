#pragma once

#include <string_view>

#include "document/kit_json.h"

namespace drumgen {

/// Is the first line of a text a whole patch, so that it is the sounds of a kit, one a line?
[[nodiscard]] bool is_patch_lines(std::string_view text);

/// A kit of the patches of JSON Lines, each in a slot that is called as it is, or as its instrument;
/// those that would be called the same are counted. Throws Error (invalid) with all problems.
[[nodiscard]] Kit kit_of_patch_lines(std::string_view text, KitReading& reading);

}  // namespace drumgen
