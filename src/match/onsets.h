#pragma once

#include <vector>

#include "drumgen/render.h"

namespace drumgen {

/// How sure an onset must be, unless told otherwise, 0..1.
inline constexpr double standard_sensitivity = 0.5;

/// Where something new begins to sound, in order: by spectral flux in bands, whose rise is taken
/// over the loudest of the 40 ms before, so that neither beating nor a falling pitch is one. What
/// all later ones are weak beside the first is its own: strokes of a flam, hands of a clap, jingles,
/// echoes. None of a silent recording.
///   sensitivity   0..1; more finds softer ones, and parts those strokes
///   returns       s from the first sample, to about 5 ms
/// Source: Boeck and Widmer, "Maximum filter vibrato suppression for onset detection", 2013.
[[nodiscard]] std::vector<double> onsets_of(const Sound& recording,
                                            double sensitivity = standard_sensitivity);

}  // namespace drumgen
