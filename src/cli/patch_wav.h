#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "drumgen/patch.h"
#include "drumgen/render.h"
#include "io/wav.h"

namespace drumgen {

/// A WAV that carries all that is needed to make it again: the patch with each render setting
/// stated, a title, and the root note of a pitched instrument.
[[nodiscard]] WavFile wav_of(const Patch& patch, const Resolved& resolved, const Sound& sound,
                             SampleFormat format);

/// The patch that a WAV carries, as JSON. Throws Error (invalid) when it carries none.
[[nodiscard]] const std::string& patch_of(const WavFile& wav, std::string_view place);

}  // namespace drumgen
