#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "batch/job.h"
#include "batch/resume.h"
#include "batch/run_batch.h"
#include "input/patch_arguments.h"

namespace drumgen {

/// All that is to be rendered, in the order of the command line, in chunks.
class RenderSource {
public:
    /// chunk   jobs of a chunk at most
    RenderSource(GivenPatches& given, std::size_t chunk);

    /// Marks the jobs that an earlier run has done.
    void follow(Resume resume) { resume_.emplace(std::move(resume)); }

    /// The next chunk. With `may_wait` false a stream is not waited for.
    [[nodiscard]] Supply next(RenderChunk& chunk, bool may_wait);

    /// How many jobs there are; none when a stream will tell.
    [[nodiscard]] std::optional<std::size_t> total() const;

    /// The jobs whose patches are all known from the start.
    [[nodiscard]] const std::vector<RenderJob>& listed() const noexcept { return listed_; }

private:
    /// From where on the jobs of a stream come.
    struct Inserted {
        std::size_t before;  ///< jobs of the list before it
        std::shared_ptr<LineReader> reader;
    };

    [[nodiscard]] bool next_line(RenderJob& job);

    /// Reads one job on, of which it may be known only later what is to become.
    ///   returns   later when a stream would have to be waited for
    [[nodiscard]] Supply read(bool may_wait);

    std::vector<RenderJob> listed_;
    std::vector<Inserted> streams_;
    std::optional<Resume> resume_;
    std::deque<RenderJob> ready_;
    std::size_t chunk_;
    std::size_t list_at_ = 0;
    std::size_t stream_at_ = 0;
    std::uint64_t position_ = 0;
};

}  // namespace drumgen
