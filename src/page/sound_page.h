#pragma once

#include <string>
#include <string_view>

#include "drumgen/render.h"
#include "measure/features.h"

namespace drumgen {

/// One page of HTML that shows sounds, plays them and takes ratings, all in one file that needs no
/// other: what stands before its sounds, and what stands behind them. Where the build has it, the engine is
/// part of the page.
[[nodiscard]] std::string_view page_begin();
[[nodiscard]] std::string_view page_end();

/// What a page tells of a sound.
struct PageSound {
    const Sound* sound = nullptr;        ///< played with 16 bits
    const Features* features = nullptr;  ///< of that sound
    std::string title{};
    std::string patch_json{};  ///< what made it; empty when nobody knows, and it can't be rated
};

/// The part of a page that holds a sound: waveform, spectrogram, parameters, samples; of one that the page's
/// engine can make only its patch. Throws Error
/// (invalid) for a patch that is none.
[[nodiscard]] std::string page_sound(const PageSound& shown);

}  // namespace drumgen
