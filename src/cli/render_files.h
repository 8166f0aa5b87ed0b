#pragma once

#include "base/error.h"
#include "cli/render_options.h"

namespace drumgen {

/// Renders every patch to its file. All patches and names are checked before the first sound is
/// made, so bad input writes nothing. Throws Error.
[[nodiscard]] Status render_files(const RenderOptions& options);

}  // namespace drumgen
