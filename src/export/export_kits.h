#pragma once

#include "batch/reporter.h"
#include "drumgen/error.h"
#include "export/kit_request.h"

namespace drumgen {

/// Writes every kit, or tells what each holds. All kits and names are checked before the first
/// sound is made, so bad input writes nothing. Throws Error.
void export_kits(const KitRequest& request, Reporter& reporter);

/// The kits that have a name, a line each.
[[nodiscard]] std::string known_kits_text();

}  // namespace drumgen
