#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/render.h"
#include "sound_file/wav.h"

namespace drumgen {

/// Which channels of a file are read.
enum class Channels {
    both,          ///< of two; of more the first
    both_or_mean,  ///< of two; of more the mean of all
    mean,
};

/// A sound file of anybody's, to be measured.
struct SoundFile {
    Sound sound;
    int channels = 1;                ///< that the file has
    std::string patch_json;          ///< the patch that it carries; may be empty or wrong
    std::vector<std::string> notes;  ///< what is wrong with the file that can be done without
};

/// Longest sound that is measured: 87 s at 48 kHz. The spectrum of a longer one takes too much
/// memory.
inline constexpr std::size_t max_measured_frames = std::size_t{1} << 22;

/// Is it a sound file, by its first bytes or its name?
[[nodiscard]] bool is_sound_file(std::span<const std::uint8_t> bytes, std::string_view path);

/// Reads whatever libsndfile reads: WAV, FLAC, AIFF, Ogg, MP3, CAF, W64, RF64 and more, of any
/// number of channels; of a file that is cut off or a stream of unknown length what is there.
/// `place` names it in messages. Throws Error (invalid), also for a sample that is no number, and
/// for more frames than `most_frames`.
[[nodiscard]] SoundFile read_sound(std::span<const std::uint8_t> bytes, std::string_view place,
                                   Channels channels = Channels::both,
                                   std::size_t most_frames = max_measured_frames);

/// The patch that a sound file of any format carries. Throws Error (invalid) when it carries none.
[[nodiscard]] WavTags carried_patch(std::span<const std::uint8_t> bytes, std::string_view place);

/// The samples of a WAV as numbers again, exactly; those of a frame beside each other.
[[nodiscard]] Signal as_signal(const StoredSamples& samples);

/// The same by channels, one or two.
[[nodiscard]] Sound as_sound(const StoredSamples& samples, double rate_hz);

}  // namespace drumgen
