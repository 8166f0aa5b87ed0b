#pragma once

#include <vector>

#include "match/search.h"
#include "session/match_request.h"
#include "session/recording_file.h"

namespace drumgen {

/// Throws Error when what a request locks or frees is not there.
void check_wish(const Instrument& instrument, const MatchRequest& request);

/// The patches that come nearest to a hit of a recording, the nearest first, with the width that the
/// recording has there. Throws Error.
///   wanted   what the hit sounds like
[[nodiscard]] std::vector<Match> match_hit(const Recording& recording, const Hit& hit,
                                           const HitTable& wanted, const Instrument& instrument,
                                           const MatchRequest& request, unsigned threads);

}  // namespace drumgen
