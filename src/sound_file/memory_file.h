#pragma once

#include <sndfile.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sound_file/sndfile_library.h"

namespace drumgen {

/// Bytes that libsndfile reads as if they were a file: it can't seek in a pipe.
struct MemoryFile {
    std::span<const std::uint8_t> bytes;
    sf_count_t at = 0;
};

struct SndfileCloser {
    void operator()(SNDFILE* file) const { sndfile_library().close(file); }
};
using Sndfile = std::unique_ptr<SNDFILE, SndfileCloser>;

/// Bytes that libsndfile writes as if they were a file.
struct MemorySink {
    std::vector<std::uint8_t> bytes;
    sf_count_t at = 0;
};

/// Opens for writing; null when libsndfile refuses. `sink` must live longer, and is complete when
/// the file is closed. Throws Error (failed) when the library is missing.
[[nodiscard]] Sndfile create_in_memory(MemorySink& sink, SF_INFO& info);

/// Opens for reading; null when libsndfile refuses. `memory` must live longer. Throws Error
/// (failed) when the library is missing.
[[nodiscard]] Sndfile open_memory(MemoryFile& memory, SF_INFO& info);

/// The same, but throws Error (invalid) when libsndfile refuses: "place: refusal: its reason" and
/// the remedy.
[[nodiscard]] Sndfile open_memory(MemoryFile& memory, SF_INFO& info, std::string_view refusal,
                                  std::string_view place, std::string_view remedy = "");
inline constexpr std::string_view no_sound_file = "not a sound file that libsndfile can read";

}  // namespace drumgen
