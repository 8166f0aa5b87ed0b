#pragma once

#include <cstdint>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Takes away what a sound has above 20.3 kHz, to 54 dB below its peak; it is flat within 0.02 dB
/// up to 17.6 kHz, and 6 dB down at 18.9. That is 0.46 of 44.1 kHz: what is left is the same sound
/// at every output rate from there on, and every meter of true peaks reads the same of it, whatever
/// its filter. For a lower output rate all these frequencies are as much lower as that is.
/// Linear phase, no delay; stretches that have no such treble stay as they are.
///   sound     at stream_rate_hz; in place. Its size is a multiple of lane_count
///   rate_hz   of the output
///   peak      of what it is heard with, if that is more than its own
///   returns   the larger of both
float band_limit(Signal& sound, double rate_hz, const Kernels& kernels, float peak = 0);

/// The same for a draft at stream_rate_hz, by a third of the weights: 36 dB down from 22.4 kHz on,
/// flat within 0.2 dB up to 16.8 kHz. Enough for its peak to be that of the whole band's sound.
float band_limit_roughly(Signal& sound, const Kernels& kernels, float peak = 0);

/// The lowest output rate that has the whole band.
inline constexpr double whole_band_rate_hz = 44100;

}  // namespace drumgen
