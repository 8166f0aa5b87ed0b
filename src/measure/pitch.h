#pragma once

#include "drumgen/render.h"

namespace drumgen {

inline constexpr double lowest_pitch_hz = 25;
inline constexpr double highest_pitch_hz = 500;

/// The pitch that a stretch of a sound settles to: that of its last moments that have a clear one.
/// A pitch that still falls there is told as it is on average over its last five periods.
///   from_s, to_s   the stretch, inside the sound
///   dc             mean of the sound, taken out
///   returns        Hz, or 0 when no pitch of lowest_pitch_hz..highest_pitch_hz is clear
/// Sources: normalised square difference of P. McLeod and G. Wyvill, "A smarter way to find pitch",
/// 2005, refined by the phase that the fundamental gains in a period.
[[nodiscard]] double settled_pitch_hz(const Sound& sound, double from_s, double to_s, double dc);

}  // namespace drumgen
