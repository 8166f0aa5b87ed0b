#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sound_file/wav.h"

namespace drumgen {

/// A kind of sound file that can be written. A new one is one row of the table in sound_format.cpp.
struct SoundFormat {
    std::string_view name;                    ///< as options and manifests call it, such as "flac"
    std::string_view title;                   ///< as messages call it, such as "Ogg Vorbis"
    std::array<std::string_view, 2> endings;  ///< of its files; the second may be empty
    bool is_lossless = true;                  ///< what is read is what was written
    bool holds_floats = true;                 ///< and not only integers of 16 and 24 bits
    std::span<const int> rates_hz{};          ///< the only ones that it holds; empty: all
    int library_type = 0;                     ///< libsndfile's number of it
};

/// All of them; the first is WAV.
[[nodiscard]] std::span<const SoundFormat> sound_formats();

/// The one of an ending such as ".aif", in upper or lower case; null when there is none.
[[nodiscard]] const SoundFormat* sound_format_of_ending(std::string_view ending);

/// Why a format can't hold samples like these; none when it can.
[[nodiscard]] std::optional<std::string> unfit_reason(const SoundFormat& format,
                                                      SampleFormat samples);

/// The same of a rate, Hz.
[[nodiscard]] std::optional<std::string> unfit_reason(const SoundFormat& format, double rate_hz);

/// How a format keeps samples where `wanted` is asked for: a lossy one takes floats.
[[nodiscard]] SampleFormat samples_in(const SoundFormat& format, SampleFormat wanted);

/// A whole sound file in memory, mono, with its tags as the format has them. The same sound gives
/// the same bytes. Reads its patch back before it returns. Throws Error (failed), also when
/// libsndfile is missing or can't write the format.
///   samples_as   how a lossless format keeps the samples
[[nodiscard]] std::vector<std::uint8_t> encode_sound(const SoundFormat& format,
                                                     const Frames& frames, SampleFormat samples_as,
                                                     std::uint32_t rate_hz, const WavTags& tags);

}  // namespace drumgen
