#pragma once

#include <sndfile.h>

#include <cstdint>
#include <memory>
#include <span>

#include "io/sndfile_library.h"

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

/// Opens for reading; null when libsndfile refuses. `memory` must live longer. Throws Error
/// (failed) when the library is missing.
[[nodiscard]] Sndfile open_memory(MemoryFile& memory, SF_INFO& info);

}  // namespace drumgen
