#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "batch/batch_request.h"
#include "sound_file/sound_format.h"

namespace drumgen {

/// What an output's name and an option say of the files that are to be made.
struct Destination {
    Container container = Container::files;
    const SoundFormat* format = &sound_formats().front();  ///< of each file; in a TAR they are WAVs

    bool operator==(const Destination&) const = default;
};

/// What `to` says: a format, "tar" or "raw"; if it is empty, what the ending of the name shows, WAV
/// where that has none. Throws Error (invalid) for an ending that shows something else than `to`, or
/// nothing that can be written.
[[nodiscard]] Destination destination_of(std::string_view output, std::string_view to);

/// The words that `to` may be.
[[nodiscard]] std::vector<std::string_view> destination_words();

/// How a manifest calls a destination.
[[nodiscard]] std::string_view word_of(Container container, const SoundFormat& format);

}  // namespace drumgen
