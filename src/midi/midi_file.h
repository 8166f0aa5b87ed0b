#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// One hit in a piece of music.
struct MidiNote {
    double beat = 0;   ///< from the beginning, quarters
    int key = 0;       ///< 0..127
    int velocity = 0;  ///< 1..127
};

/// Hits on drums at one tempo.
struct MidiSong {
    double bpm = 120;  ///< quarters a minute
    double beats = 0;  ///< length, quarters
    std::string name{};
    std::vector<MidiNote> notes{};  ///< in order
};

/// Largest Standard MIDI File that is read, in bytes.
inline constexpr std::size_t max_midi_bytes = std::size_t{4} << 20;

/// Range of tempos that a file may have.
inline constexpr double lowest_bpm = 20;
inline constexpr double highest_bpm = 999;

/// A Standard MIDI File of one track on channel 10, 960 ticks a quarter. Each note sounds for a
/// sixteenth, or until the next on its key.
/// Source: Standard MIDI Files 1.0, MIDI Manufacturers Association, 1996.
[[nodiscard]] std::string midi_file(const MidiSong& song);

/// The notes of all tracks on channel 10, or of every channel when there are none; the tempo is
/// the first that the file names, and others move the notes to where they sound. Throws Error
/// (invalid) naming the place and what is wrong.
[[nodiscard]] MidiSong midi_song(std::span<const std::uint8_t> file, std::string_view place);

}  // namespace drumgen
