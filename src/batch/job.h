#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "batch/batch_request.h"
#include "batch/output_template.h"
#include "document/manifest_entry.h"
#include "drumgen/error.h"
#include "system/output_file.h"

namespace drumgen {

/// One sound to be made: of a patch, or of a line that holds one and is yet to be read; or a sound
/// file to be measured.
struct RenderJob {
    std::uint64_t position = 0;  ///< from 0, in the order of the command line
    std::string place{};         ///< for messages
    std::optional<Patch> patch{};
    std::string wav{};                  ///< the file that the patch was read from, if a WAV
    std::string stem{};                 ///< as of GivenPatch
    std::string line{};                 ///< JSON, when there is no patch
    const GivenSound* sound = nullptr;  ///< when there is neither
    std::optional<std::string> kept{};  ///< how an earlier run, which made it, lists it
    std::optional<Error> refusal{};     ///< what is wrong with it, when that is known already
    std::vector<std::string> notes{};   ///< of reading it
};

/// What became of a job. Its files have all but their names.
struct RenderedSound {
    RenderJob job;
    std::vector<std::string> problems{};  ///< when there are any, nothing else is here
    Status status = Status::done;
    std::vector<std::string> notes{};
    OutputName name{};
    std::string path{};  ///< empty: written nowhere
    std::string plot{};
    std::optional<PendingFile> file{};
    std::optional<PendingFile> plot_file{};
    std::size_t begin = 0;  ///< its bytes in those of the chunk
    std::size_t size = 0;
    std::size_t header = 0;  ///< bytes before the sound, of those
    std::string told{};      ///< for standard output
    std::string shown{};     ///< for standard error
    std::string page{};      ///< the part of a page that holds it
    ManifestEntry entry{};
    double seconds = 0;  ///< of sound
};

/// Jobs that are done in one go.
struct RenderChunk {
    std::vector<RenderJob> jobs{};
    bool is_alone = false;  ///< the only sound; its file is flushed to the disk at once
};

struct RenderedChunk {
    std::vector<RenderedSound> sounds;
    std::vector<std::uint8_t> bytes;  ///< for a container or standard output
};

/// What the sounds are named after; none where nothing is written.
struct OutputTemplates {
    std::optional<OutputTemplate> output{};
    std::optional<OutputTemplate> plot{};
};

/// Does the jobs, whose lines are read. What goes wrong with one is among its problems.
[[nodiscard]] RenderedChunk render_chunk(RenderChunk chunk, const OutputTemplates& templates,
                                         const BatchRequest& request);

}  // namespace drumgen
