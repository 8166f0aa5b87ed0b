#pragma once

#include <vector>

#include "drumgen/patch.h"
#include "match/hit_table.h"

namespace drumgen {

/// A patch, and how it sounds to a search.
struct KnownSound {
    Patch patch;
    HitTable table;
};

/// A patch as a search hears it: draft, before the post chain.
[[nodiscard]] HitTable heard_table(const Patch& patch, HitMeter& meter);

/// An instrument as it is without settings, its specimens, and a fixed set of its proposals; made when
/// they are first asked for.
///   threads   that make it; they change nothing
[[nodiscard]] const std::vector<KnownSound>& known_sounds(const Instrument& instrument,
                                                          unsigned threads);

}  // namespace drumgen
