#pragma once

#include <string>

#include "base/error.h"
#include "cli/render_options.h"
#include "drumgen/render.h"

namespace drumgen {

/// A sound that was rendered or read, and what is known of it.
struct KnownSound {
    const Sound* sound = nullptr;
    std::string path;        ///< of its file; empty when it has none
    std::string title;       ///< for a reader
    std::string patch_json;  ///< what made it; empty when nobody knows
    int channels = 1;        ///< of the file; the sound is the first
    bool length_is_asked = false;
};

/// Does the user want to know or see more of a sound than its file?
[[nodiscard]] bool wants_sound(const RenderOptions& options);

/// Prints a sound's description, writes its picture, shows its waveform, as far as the options say.
///   plot      path of the picture, or "-"
///   returns   different when the sound is described and breaks a law
[[nodiscard]] Status put_out_sound(const KnownSound& known, const std::string& plot,
                                   const RenderOptions& options);

/// The same of a WAV file: measured as it is. Throws Error.
[[nodiscard]] Status put_out_sound(const GivenSound& given, const std::string& plot,
                                   const RenderOptions& options);

}  // namespace drumgen
