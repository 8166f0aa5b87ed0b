#pragma once

#include "sound_file/wav.h"

namespace drumgen {

/// States the MIDI key nearest to a pitch, and the cents from there; nothing outside keys 0..127.
///   pitch_hz   > 0
void set_root_note(WavTags& tags, double pitch_hz);

}  // namespace drumgen
