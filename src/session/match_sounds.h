#pragma once

#include "batch/reporter.h"
#include "drumgen/error.h"
#include "session/match_request.h"

namespace drumgen {

/// Writes the patches that come nearest to each recording to standard output as JSON Lines, in order.
/// What is wrong with one recording does not keep others from theirs. Throws Error.
[[nodiscard]] Status match_sounds(const MatchRequest& request, Reporter& reporter);

/// Writes a line of JSON for each hit of each recording. Throws Error.
[[nodiscard]] Status list_hits(const MatchRequest& request, Reporter& reporter);

}  // namespace drumgen
