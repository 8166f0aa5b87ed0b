#include "batch/taker.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/bytes.h"
#include "base/text.h"
#include "page/sound_page.h"
#include "system/console.h"
#include "system/file.h"
#include "system/path.h"
#include "system/temporary_file.h"

namespace drumgen {
namespace {

constexpr std::size_t max_page_sounds = 2000;
constexpr std::uint64_t max_page_bytes = std::uint64_t{512} << 20;

}  // namespace

RenderTaker::RenderTaker(const BatchRequest& request, const OutputTemplates& templates,
                         RenderNames names, const RenderSource& source, Manifest* manifest,
                         Reporter& reporter)
    : request_(request),
      templates_(templates),
      names_(std::move(names)),
      source_(source),
      manifest_(manifest),
      container_(request.container == Container::tar,
                 request.no_clobber ? Overwrite::no : Overwrite::yes),
      page_(false, request.no_clobber ? Overwrite::no : Overwrite::yes),
      reporter_(reporter) {
    // What goes to the same terminal shows how far it is.
    const bool is_told = (request.describe || request.json) && is_terminal(standard_output);
    const bool is_silent = request.verbose || request.show || is_told;
    reporter_.begin(is_silent ? std::optional<std::size_t>(0) : source.total());
}

bool RenderTaker::take(RenderedChunk chunk) {
    for (std::size_t i = 0; i < chunk.sounds.size(); ++i) {
        if (!take(chunk.sounds[i], chunk.bytes)) {
            return false;
        }
    }
    return true;
}

Status RenderTaker::finish() {
    const bool is_complete = bad_ == 0 || request_.keep_going;
    if (is_complete) {
        container_.finish();
        if (sounds_on_page_ > 0) {
            put_on_page(page_end());
            page_.finish();
        }
    }
    if (is_complete || worst_ == Status::invalid) {
        // The files before a bad line are whole.
        for (const std::string& folder : folders_) {
            flush_folder(folder);
        }
    }
    if (is_complete && manifest_ != nullptr) {
        list_pending();
        manifest_->finish();
    }
    if (bad_ > 0) {
        std::vector<std::string> problems = problems_;
        if (tells_at_once()) {
            problems = {
                formatted("{} of {} patches {} bad", bad_, seen_, bad_ == 1 ? "is" : "are")};
        }
        throw Error(worst_, std::move(problems), what_is_written());
    }
    reporter_.end();
    return status_;
}

std::string RenderTaker::what_is_written() const {
    if (request_.dry_run || request_.output.empty() || request_.output == pipe_name ||
        source_.total().value_or(2) < 2) {
        return "";
    }
    const std::string remedy = worst_ == Status::invalid && !request_.keep_going
                                   ? "; --keep-going renders what comes behind"
                                   : "";
    if (request_.container != Container::files && !request_.keep_going) {
        return (has_shards() ? "only whole shards before it are written" : "nothing is written") +
               remedy;
    }
    const std::uint64_t good = seen_ - bad_;
    return good == 0 ? "nothing is written" + remedy
                     : formatted("{} sound{} {} written{}", good, good == 1 ? "" : "s",
                                 good == 1 ? "is" : "are", remedy);
}

bool RenderTaker::take(RenderedSound& sound, std::span<const std::uint8_t> bytes) {
    if (!sound.job.kept) {
        return put(sound, bytes);
    }
    reporter_.step(0);
    use_names(sound);
    manifest_->keep(*sound.job.kept);
    return true;
}

bool RenderTaker::has_shards() const noexcept {
    return request_.container != Container::files && templates_.output->has_shards();
}

void RenderTaker::use_names(const RenderedSound& sound) {
    if (std::string note = names_.use(sound); !note.empty()) {
        tell_notes({std::move(note)});
    }
    sweep_beside(sound.path);
    if (!request_.depfile.empty()) {
        for (const std::string& path : {sound.path, sound.plot}) {
            if (!path.empty() && path != pipe_name) {
                outputs_.push_back(path);
            }
        }
    }
}

bool RenderTaker::tells_at_once() const noexcept {
    return source_.total().value_or(2) > 1 && (request_.keep_going || request_.dry_run);
}

bool RenderTaker::put(RenderedSound& sound, std::span<const std::uint8_t> bytes) {
    ++seen_;
    if (sound.problems.empty()) {
        try {
            write(sound, bytes);
        } catch (const Error& error) {
            sound.problems = error.problems();
            sound.status = error.status();
        }
    }
    tell_notes(sound.notes);
    if (sound.problems.empty()) {
        reporter_.show(sound.shown);
        write_stdout(sound.told);
        status_ = std::max(status_, sound.status);
        reporter_.step(sound.seconds);
        return true;
    }
    const bool is_measured = sound.job.sound != nullptr;
    worst_ = bad_ == 0 ? sound.status : std::max(worst_, sound.status);
    ++bad_;
    if (tells_at_once()) {
        for (const std::string& problem : first_problems(std::move(sound.problems))) {
            reporter_.problem(problem);
        }
    } else {
        std::move(sound.problems.begin(), sound.problems.end(), std::back_inserter(problems_));
    }
    // A file that can't be measured keeps none of the others from it.
    return is_measured ||
           (sound.status == Status::invalid && (request_.keep_going || request_.dry_run));
}

void RenderTaker::write(RenderedSound& sound, std::span<const std::uint8_t> bytes) {
    use_names(sound);
    if (request_.container == Container::raw && manifest_ == nullptr && !request_.dry_run) {
        check_length(sound);
    }
    if (sound.file) {
        sound.file->commit();
        remember(sound.path);
    }
    if (sound.plot_file) {
        sound.plot_file->commit();
    }
    if (!sound.page.empty()) {
        if (sounds_on_page_ == 0) {
            put_on_page(page_begin());
        }
        if (++sounds_on_page_ > max_page_sounds) {
            throw Error(
                Status::invalid,
                formatted("{} would show more than {} sounds, which is more than browsers open; "
                          "show fewer",
                          request_.page, max_page_sounds));
        }
        put_on_page(sound.page);
    }
    const std::span<const std::uint8_t> own = bytes.subspan(sound.begin, sound.size);
    std::uint64_t begin = 0;
    if (request_.container != Container::files && !request_.dry_run) {
        begin = container_.append(sound.path, own) + sound.header;
    } else if (!own.empty()) {
        write_stdout(own);
    }
    if (manifest_ != nullptr && !request_.dry_run) {
        list(sound, begin);
    }
}

void RenderTaker::check_length(const RenderedSound& sound) {
    if (raw_bytes_ && *raw_bytes_ != sound.size) {
        throw Error(
            Status::invalid,
            formatted("{}: has {} bytes of frames, those before it {}, and nothing would show "
                      "where it begins; add --manifest FILE, or the same length for all",
                      sound.job.place, sound.size, *raw_bytes_));
    }
    raw_bytes_ = sound.size;
}

void RenderTaker::list(RenderedSound& sound, std::uint64_t begin) {
    if (request_.container != Container::files) {
        sound.entry.offset = begin;
    }
    const std::string line = manifest_line(sound.entry);
    if (!has_shards()) {
        manifest_->append(line);
        return;
    }
    // A shard's sounds are listed when it has its name, lest an older file is taken for it.
    if (sound.path != pending_path_) {
        list_pending();
        pending_path_ = sound.path;
    }
    pending_ += line;
}

void RenderTaker::list_pending() {
    if (!pending_.empty()) {
        manifest_->append(pending_);
        pending_.clear();
    }
}

void RenderTaker::put_on_page(std::string_view text) {
    page_bytes_ += text.size();
    if (page_bytes_ > max_page_bytes) {
        throw Error(Status::invalid,
                    formatted("{} would have more than {} MiB, which is more than browsers open; "
                              "show fewer sounds",
                              request_.page, max_page_bytes >> 20));
    }
    page_.append(request_.page, bytes_of(text));
}

void RenderTaker::remember(const std::string& path) {
    std::string folder = folder_of(path);
    if (folder != last_folder_) {
        folders_.insert(folder);
        last_folder_ = std::move(folder);
    }
}

void RenderTaker::sweep_beside(const std::string& path) {
    if (!request_.resume || path.empty() || path == pipe_name) {
        return;
    }
    if (const std::string folder = folder_of(path); swept_.insert(folder).second) {
        sweep_temporary_files(folder);
    }
}

void RenderTaker::tell_notes(const std::vector<std::string>& notes) {
    for (const std::string& note : notes) {
        const bool is_progress = request_.verbose && note.starts_with("wrote ");
        if (is_progress || (notes_.size() < most_notes && notes_.insert(note).second)) {
            reporter_.note(note);
        }
    }
}

}  // namespace drumgen
