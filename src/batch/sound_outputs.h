#pragma once

#include <optional>
#include <string>
#include <vector>

#include "batch/batch_request.h"
#include "drumgen/error.h"
#include "drumgen/render.h"
#include "system/output_file.h"

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

/// Does something else than pictures in characters go to standard output?
[[nodiscard]] bool takes_stdout(const BatchRequest& request);

/// Does the user want to know or see more of a sound than its file?
[[nodiscard]] bool wants_sound(const BatchRequest& request);

/// What a request wants of a sound besides its file.
struct SoundOutputs {
    Status status = Status::done;     ///< different when it is described and breaks a law
    std::string told;                 ///< for standard output
    std::string shown;                ///< for standard error
    std::string description;          ///< JSON, when it belongs into a report
    std::optional<PendingFile> plot;  ///< the picture
    std::string page;                 ///< the part of a page that holds it
    std::vector<std::string> notes;   ///< for standard error
};

/// Describes a sound, draws it, shows its waveform, as far as the request says. Throws Error.
///   plot      path of the picture, or "-"
[[nodiscard]] SoundOutputs sound_outputs(const KnownSound& known, const std::string& plot,
                                         const BatchRequest& request);

/// The same of a WAV file: measured as it is. Throws Error.
[[nodiscard]] SoundOutputs sound_outputs(const GivenSound& given, const std::string& plot,
                                         const BatchRequest& request);

}  // namespace drumgen
