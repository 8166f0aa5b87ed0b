#pragma once

#include "drumgen/render.h"
#include "match/recording.h"

namespace drumgen {

/// The width, 0..1, with which the sound of a patch is as wide as a hit of a recording. Compared is
/// where there is a side, band by band and moment by moment: how much of the energy there is the side's, so that
/// tones, which have none, do not matter.
///   mid, side   of the recording, equally long
[[nodiscard]] double width_like(const Sound& mid, const Signal& side, const Hit& hit,
                                const Patch& patch);

}  // namespace drumgen
