#include "batch/source.h"

#include <string>
#include <utility>

#include "base/text.h"

namespace drumgen {

RenderSource::RenderSource(GivenPatches& given, std::size_t chunk) : chunk_(chunk) {
    auto sound = given.sounds.begin();
    auto stream = given.streams.begin();
    const auto add_streams = [&](std::size_t patches, std::size_t sounds) {
        for (; stream != given.streams.end() && stream->patches_before == patches &&
               stream->sounds_before == sounds;
             ++stream) {
            streams_.push_back({listed_.size(), std::move(stream->reader)});
        }
    };
    for (std::size_t i = 0; i <= given.patches.size(); ++i) {
        std::size_t sounds = static_cast<std::size_t>(sound - given.sounds.begin());
        add_streams(i, sounds);
        for (; sound != given.sounds.end() && sound->patches_before == i; ++sound) {
            RenderJob& job = listed_.emplace_back();
            job.sound = &*sound;
            add_streams(i, ++sounds);
        }
        if (i < given.patches.size()) {
            RenderJob& job = listed_.emplace_back();
            job.patch = std::move(given.patches[i].patch);
            job.wav = std::move(given.patches[i].wav);
            job.stem = std::move(given.patches[i].stem);
        }
    }
    for (std::size_t i = 0; i < listed_.size(); ++i) {
        // Behind a stream it is counted anew.
        listed_[i].position = i;
        listed_[i].place = formatted("patch {}", i + 1);
    }
}

std::optional<std::size_t> RenderSource::total() const {
    return streams_.empty() ? std::optional(listed_.size()) : std::nullopt;
}

bool RenderSource::next_line(RenderJob& job) {
    LineReader& reader = *streams_[stream_at_].reader;
    NumberedLine line;
    if (!reader.next(line)) {
        streams_[stream_at_++].reader.reset();
        return false;
    }
    job.line = std::move(line.text);
    job.place = formatted("{}:{}", reader.place(), line.number);
    return true;
}

Supply RenderSource::read(bool may_wait) {
    RenderJob job;
    if (stream_at_ < streams_.size() && streams_[stream_at_].before == list_at_) {
        if (!may_wait && !streams_[stream_at_].reader->ready()) {
            return Supply::later;
        }
        if (!next_line(job)) {
            return Supply::item;
        }
    } else if (list_at_ < listed_.size()) {
        job = std::move(listed_[list_at_++]);
    } else {
        if (resume_) {
            resume_->finish(ready_);
            resume_.reset();
        }
        return Supply::end;
    }
    job.position = position_++;
    if (resume_) {
        resume_->look_at(std::move(job), ready_);
    } else {
        ready_.push_back(std::move(job));
    }
    return Supply::item;
}

Supply RenderSource::next(RenderChunk& chunk, bool may_wait) {
    chunk.is_alone = streams_.empty() && listed_.size() == 1;
    Supply supply = Supply::item;
    while (ready_.size() < chunk_ && supply == Supply::item) {
        supply = read(may_wait && ready_.empty());
    }
    while (chunk.jobs.size() < chunk_ && !ready_.empty()) {
        chunk.jobs.push_back(std::move(ready_.front()));
        ready_.pop_front();
    }
    return chunk.jobs.empty() ? supply : Supply::item;
}

}  // namespace drumgen
