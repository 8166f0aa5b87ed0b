#pragma once

#include <deque>
#include <string>
#include <vector>

#include "batch/job.h"
#include "batch/manifest.h"

namespace drumgen {

/// Finds out how much of a batch an earlier run has made: all sounds from the first one on, up to
/// one that its manifest does not list or that is not whole. A shard is made whole or not at all.
class Resume {
public:
    /// instrument   that all are for, or null
    Resume(Manifest& manifest, const Instrument* instrument, const OutputTemplates& templates,
           const BatchRequest& request);

    /// Looks at the next job, in order.
    ///   decided   gets the jobs that are decided on now; those to be kept say how they are listed
    void look_at(RenderJob job, std::deque<RenderJob>& decided);

    /// No job comes any more.
    void finish(std::deque<RenderJob>& decided);

private:
    [[nodiscard]] bool is_made(RenderJob& job, std::string& path);
    void decide(bool is_kept, std::deque<RenderJob>& decided);

    Manifest& manifest_;
    const Instrument* instrument_;
    const OutputTemplates& templates_;
    const BatchRequest& request_;
    bool has_shards_;
    bool is_over_ = false;
    std::vector<RenderJob> shard_;  // whole so far
    std::string shard_path_;
};

}  // namespace drumgen
