#pragma once

#include "drumgen/signal.h"

namespace drumgen {

/// Turns a sound down around each sample that is above a limit, so that none is: for a millisecond
/// before and after it, along a window. What is not within reach of such a sample stays as it
/// is.
///   sound   at stream_rate_hz; in place
///   limit   of magnitudes, above 0
void limit_peaks(Signal& sound, float limit);

}  // namespace drumgen
