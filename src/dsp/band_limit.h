#pragma once

#include <cstdint>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Takes away what a sound has above 20.3 kHz, to 54 dB below its peak; it is flat within 0.02 dB
/// up to 17.6 kHz, and 6 dB down at 18.9. That is 0.46 of 44.1 kHz: what is left is the same sound
/// at every output rate, and every meter of true peaks reads the same of it, whatever its filter.
/// Linear phase, no delay; stretches that have no such treble stay as they are.
///   sound   at stream_rate_hz; in place. Its size is a multiple of lane_count
void band_limit(Signal& sound, const Kernels& kernels);

}  // namespace drumgen
