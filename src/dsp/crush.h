#pragma once

#include <cstdint>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Sample and hold at a rate that need not divide any other: 12 kHz..48 kHz. Sampling at rate r is
/// multiplying with 1 + 2 cos(2 pi r t) + 2 cos(4 pi r t) + ...; holding is sin(x) / x. So only
/// those images are made that fall below 24 kHz, from twice the rate on down: the held steps have
/// no alias of their own, every rate is as fine as the next, and towards 48 kHz nothing is left of
/// it, because the images of what lies below 20 kHz then stand above 24 kHz. Each value is held
/// around its instant, not after it, so nothing is delayed. Images are kept from 5.5 to 13 kHz and
/// fade out to 2.4 and 21 kHz. Lower ones would rumble where a hat has next to nothing, and rise by
/// several dB for 1 % of the rate; higher ones only hiss.
///   amount    level of the images, 0..1
///   in, out   frames samples at stream_rate_hz, a multiple of lane_count; `crush_margin` more exist
///             on both sides of `in`
void crush(const float* in, float* out, int frames, double rate_hz, double amount,
           const Kernels& kernels);

inline constexpr int crush_margin = 48;

}  // namespace drumgen
