#pragma once

#include "batch/batch_request.h"
#include "batch/reporter.h"
#include "drumgen/error.h"

namespace drumgen {

/// Renders every patch to its file. All patches and names are checked before the first sound is
/// made, so bad input writes nothing. Throws Error.
[[nodiscard]] Status render_files(const BatchRequest& request, Reporter& reporter);

}  // namespace drumgen
