#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "drumgen/patch.h"
#include "sound_file/wav.h"

namespace drumgen {

/// How the samples of a file differ from those of a patch.
struct Comparison {
    std::string difference;  ///< empty: the same
    std::optional<std::size_t> first_frame{};
};

/// Renders the patch again and compares.
[[nodiscard]] Comparison compare_with_patch(const WavFile& file, const Patch& patch);

/// What to say of a sound file whose patch was found in its comment only: whether its samples are
/// still those of the patch.
[[nodiscard]] std::string comment_note(std::span<const std::uint8_t> bytes,
                                       const std::string& place, const Patch& patch);

}  // namespace drumgen
