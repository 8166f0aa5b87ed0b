#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drumgen/patch.h"
#include "drumgen/render.h"
#include "sound_file/wav.h"

namespace drumgen {

/// Largest magnitude of the samples.
[[nodiscard]] double peak_of(const Signal& samples);

/// The same over all channels.
[[nodiscard]] double peak_of(const Sound& sound);

/// Why a patch made silence, in a sentence for the user; nothing when its sound is to be heard.
[[nodiscard]] std::optional<std::string> silence_of(const Resolved& patch, const Sound& sound);

/// Refuses what a file of that format can't hold: integers end at full scale, which the engine's
/// own level may exceed. Throws Error (invalid).
///   place     for the message, such as "kick.json"
///   returns   what to tell of a sound that a float file holds above full scale; else nothing
[[nodiscard]] std::optional<std::string> check_full_scale(std::string_view place,
                                                          const Sound& sound, SampleFormat format);

}  // namespace drumgen
