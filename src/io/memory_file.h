#pragma once

#include <sndfile.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace drumgen {

/// Bytes that libsndfile reads and writes as if they were a file. It needs a file that it can seek
/// in, so pipes are out, and one write of the whole is faster than its twelve.
struct MemoryFile {
    std::vector<std::uint8_t> bytes;
    sf_count_t at = 0;
};

struct SndfileCloser {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using Sndfile = std::unique_ptr<SNDFILE, SndfileCloser>;

/// Opens with SFM_READ or SFM_WRITE; null when libsndfile refuses. `memory` must live longer.
[[nodiscard]] Sndfile open_memory(MemoryFile& memory, int mode, SF_INFO& info);

/// The custom chunk that holds a patch. Lower-case ids are for anybody to use.
inline constexpr char patch_chunk_id[] = "drmg";

/// The first patch chunk, without its padding; empty when there is none.
[[nodiscard]] std::string patch_chunk(SNDFILE* file);

}  // namespace drumgen
