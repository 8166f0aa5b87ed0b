#include "batch/resume.h"

#include <utility>

#include "batch/listing.h"
#include "batch/read_line.h"
#include "sound_file/patch_wav.h"

namespace drumgen {

Resume::Resume(Manifest& manifest, const Instrument* instrument, const OutputTemplates& templates,
               const BatchRequest& request)
    : manifest_(manifest),
      instrument_(instrument),
      templates_(templates),
      request_(request),
      has_shards_(templates.output->has_shards()) {}

bool Resume::is_made(RenderJob& job, std::string& path) {
    try {
        read_line(job, instrument_, request_.patches);
        if (job.refusal) {
            return false;
        }
        const OutputName name =
            output_name(*job.patch, job.position, request_.shard_size, job.stem);
        path = templates_.output->path(name);
        job.kept = manifest_.known();
        if (!job.kept) {
            return false;
        }
        const std::string patch_json = tags_of(*job.patch, resolve(*job.patch)).patch_json;
        return is_whole(*job.kept, listing_of(name, path, patch_json, request_), job.place,
                        request_);
    } catch (const Error& error) {
        job.refusal = error;
        return false;
    }
}

void Resume::decide(bool is_kept, std::deque<RenderJob>& decided) {
    for (RenderJob& job : shard_) {
        if (!is_kept) {
            job.kept.reset();
        }
        decided.push_back(std::move(job));
    }
    shard_.clear();
}

void Resume::look_at(RenderJob job, std::deque<RenderJob>& decided) {
    std::string path;
    if (is_over_ || !is_made(job, path)) {
        // What the earlier run lists from here on is made again.
        const bool is_torn = !shard_.empty() && path == shard_path_;
        is_over_ = true;
        decide(!is_torn, decided);
        job.kept.reset();
        decided.push_back(std::move(job));
        return;
    }
    if (path != shard_path_ || !has_shards_) {
        decide(true, decided);
        shard_path_ = path;
    }
    shard_.push_back(std::move(job));
    if (!has_shards_) {
        decide(true, decided);
    }
}

void Resume::finish(std::deque<RenderJob>& decided) {
    decide(true, decided);
}

}  // namespace drumgen
