#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace drumgen {

inline constexpr int closed_hat_key = 42;
inline constexpr int pedal_hat_key = 44;
inline constexpr int open_hat_key = 46;

/// The keys that have drums in General MIDI.
inline constexpr int first_drum_key = 35;
inline constexpr int last_drum_key = 81;

/// The other drums' keys, the nearest relative first: of a crash the other crash, splash, china, and in the end all.
///   key   first_drum_key..last_drum_key
[[nodiscard]] std::vector<int> relatives_of(int key);

/// The key of a drum's name in General MIDI, whatever its case and however its words are parted:
/// "Closed Hat", "snare", "low_tom". None when it is no name of a drum.
/// Source: General MIDI System Level 1, MIDI Manufacturers Association, 1991; and names in use.
[[nodiscard]] std::optional<int> general_midi_key(std::string_view name);

/// The key of the longest name of a drum that stands in a name, in whole words: that of "closed_hat"
/// in "HatClosed-Hard" and "Closed Hat 3", of "kick" in "EE_Kick_Lite". None when none does.
[[nodiscard]] std::optional<int> general_midi_key_within(std::string_view name);

}  // namespace drumgen
