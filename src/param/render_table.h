#pragma once

#include <cstddef>
#include <optional>

#include "drumgen/patch.h"

namespace drumgen {

/// The settings that stated values ask for; what is not stated keeps its default.
///   stated   one entry for each of render_parameters(), or none at all
[[nodiscard]] RenderSettings bind_render(const Values& stated);

/// The row of a setting that may be absent.
[[nodiscard]] std::size_t render_row_of(std::optional<double> RenderSettings::*field);

}  // namespace drumgen
