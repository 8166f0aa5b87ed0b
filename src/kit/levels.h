#pragma once

#include <string>
#include <vector>

#include "kit/layer_sounds.h"

namespace drumgen {

/// How loud a drum on that key of General MIDI is beside the kick, LU.
[[nodiscard]] double target_lu(int key);

/// What each voice is turned down by, dB, so that all have the level that they should beside the
/// others and none is turned up, which its true peak would not allow.
///   loudness_lufs   of each voice at full level
///   notes           out: which sounds stay below their level, since it would cost the others too much
[[nodiscard]] std::vector<double> levels_db(const KitPlan& plan,
                                            const std::vector<double>& loudness_lufs, Levels levels,
                                            std::vector<std::string>& notes);

}  // namespace drumgen
