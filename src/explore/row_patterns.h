#pragma once

#include <string>
#include <vector>

#include "drumgen/patch.h"
#include "explore/mutate.h"

namespace drumgen {

/// What --lock and --only leave free.
///   moving   rows that move unless told otherwise
///   only     parameters' names, or patterns such as "punch*"; empty: all that move. Names what else
///            may move too
///   lock     the same, for what must not move; "seed" stands for the seed
/// Throws Error (invalid) for a name that matches nothing, with the nearest.
[[nodiscard]] Freedom freedom_of(const Instrument& instrument, const std::vector<bool>& moving,
                                 const std::vector<std::string>& only,
                                 const std::vector<std::string>& lock);

}  // namespace drumgen
