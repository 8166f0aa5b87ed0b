#pragma once

#include <string>
#include <vector>

#include "drumgen/render.h"
#include "kit/kit_plan.h"
#include "kit/layer_sounds.h"
#include "midi/midi_file.h"

namespace drumgen {

/// How a kit plays a song: each hit rendered at its velocity, hits of a voice in turn, voices of a
/// choke group cutting each other off, at the levels and places that the kit has. As long as the song
/// or the last sound; its true peak at most 0.95.
///   threads   any number gives the same samples
///   notes     out: what the user is told
/// Throws Error (invalid) when no drum of the kit is in the song, or when it would be too long.
[[nodiscard]] Sound play_beat(const KitPlan& kit, const MidiSong& song, Levels levels,
                              unsigned threads, std::vector<std::string>& notes);

}  // namespace drumgen
