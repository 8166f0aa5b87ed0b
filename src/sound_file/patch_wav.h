#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"
#include "drumgen/render.h"
#include "sound_file/wav.h"

namespace drumgen {

/// What a WAV carries so that it can be made again: the patch with each render setting stated, a
/// title, and the root note of a pitched instrument.
[[nodiscard]] WavTags tags_of(const Patch& patch, const Resolved& resolved);

/// The pitch that a sound settles to, Hz; none for an instrument without one.
[[nodiscard]] std::optional<double> pitch_of(const Resolved& resolved);

/// The bytes of that WAV.
[[nodiscard]] std::vector<std::uint8_t> wav_bytes(const Patch& patch, const Resolved& resolved,
                                                  const Sound& sound, SampleFormat format);

}  // namespace drumgen
