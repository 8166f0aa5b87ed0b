#pragma once

#include <string>

#include "drumgen/render.h"

namespace drumgen {

struct TextPicture {
    int columns = 80;
    int rows = 6;
    bool has_unicode = true;  ///< Braille, with eight dots in a character; else ASCII with two
};

/// The waveform in characters, `rows` lines, scaled to fill them. A silent sound is a flat line.
[[nodiscard]] std::string text_waveform(const Sound& sound, const TextPicture& picture);

}  // namespace drumgen
