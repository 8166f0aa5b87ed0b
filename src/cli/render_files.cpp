#include "cli/render_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "cli/depfile.h"
#include "cli/messages.h"
#include "cli/output_template.h"
#include "cli/progress.h"
#include "cli/render_job.h"
#include "cli/render_source.h"
#include "cli/sound_outputs.h"
#include "io/file.h"
#include "io/sound_container.h"
#include "param/wording.h"

namespace drumgen {
namespace {

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, problem);
}

/// What a container needs and what it can't have.
void check_container(const RenderOptions& options) {
    if (options.container == Container::files) {
        if (options.resume && options.output == pipe_name) {
            refuse("--resume needs files to look at; give -o a name");
        }
        return;
    }
    if (options.output.empty() && !options.dry_run) {
        refuse("--to needs a place; add -o FILE, or -o - for a pipe");
    }
    if (options.container == Container::raw && options.format == SampleFormat::int24) {
        refuse("--bits 24 has no frames that a reader could map; add --bits 16 or --bits 32f");
    }
}

void check_options(const RenderOptions& options) {
    const bool to_pipe = options.output == pipe_name;
    if (options.output.empty() && !options.dry_run && !wants_sound(options)) {
        refuse("no output given; add -o FILE, or -o - for a pipe");
    }
    std::string taker;
    for (const auto& [flag, takes] :
         {std::pair{"--json", options.json},
          std::pair{"--describe", options.describe && !options.json},
          std::pair{"--plot -", options.plot == pipe_name}, std::pair{"-o -", to_pipe}}) {
        if (takes && !taker.empty()) {
            refuse(taker + " and " + flag + " both write to standard output; leave out one");
        }
        taker = takes ? flag : taker;
    }
    const bool is_named = !options.output.empty() || !options.plot.empty() || options.dry_run;
    if (!options.depfile.empty() && (to_pipe || options.plot == pipe_name || !is_named)) {
        refuse("--depfile needs a named output; " +
               (taker.empty() ? "add -o FILE" : taker + " has none"));
    }
    if (options.resume && options.keep_going) {
        refuse(
            "--resume finds sounds by their place in the list, and --keep-going leaves places out; "
            "leave out one");
    }
    if (options.resume && options.manifest.empty()) {
        refuse("--resume needs the list of what is done; add --manifest FILE");
    }
    if (!options.manifest.empty() && options.output.empty()) {
        refuse("--manifest lists what is written; add -o FILE");
    }
    check_container(options);
    if (to_pipe && !options.dry_run && !options.force && isatty(STDOUT_FILENO) == 1) {
        refuse("-o - would write a WAV to the terminal; redirect it, or add -f");
    }
}

OutputTemplates templates_of(const RenderOptions& options) {
    OutputTemplates templates;
    if (!options.output.empty()) {
        templates.output.emplace("-o", options.output,
                                 options.container == Container::files
                                     ? OutputTemplate::Of::sounds
                                     : OutputTemplate::Of::containers);
    }
    if (!options.plot.empty()) {
        templates.plot.emplace("--plot", options.plot);
    }
    return templates;
}

/// One name can't hold many sounds.
void check_names(const RenderOptions& options, const OutputTemplates& templates,
                 const RenderSource& source) {
    const std::optional<std::size_t> total = source.total();
    if (total.value_or(2) < 2) {
        return;
    }
    for (const auto* const output : {&templates.output, &templates.plot}) {
        const bool is_sounds = output == &templates.plot || options.container == Container::files;
        if (!total && is_sounds && *output && (*output)->text() != pipe_name &&
            !(*output)->varies()) {
            refuse((*output)->flag() + " " + in_quotes((*output)->text()) +
                   " is the name of one file, and many patches are given; add {index} to the name");
        }
    }
    const auto refuse_many = [&total](const std::string& flag, const std::string& remedy) {
        refuse(flag + " - can hold one sound, and " + (total ? std::to_string(*total) : "many") +
               " patches are given; write files, such as " + flag + remedy);
    };
    if (options.output == pipe_name && options.container == Container::files) {
        refuse_many("-o", " '{instrument}-{index:04}.wav', or one stream with --to tar");
    }
    if (options.plot == pipe_name) {
        refuse_many("--plot", " '{instrument}-{index:04}.svg'");
    }
}

bool is_file(const std::string& path) {
    return !path.empty() && path != pipe_name;
}

/// The names of the sounds in the order that they are taken.
class Names {
public:
    Names(const RenderOptions& options, const OutputTemplates& templates) : templates_(templates) {
        if (templates.output && options.container == Container::files) {
            output_.emplace(*templates.output);
        }
        if (templates.plot) {
            plot_.emplace(*templates.plot);
        }
    }

    void use(const std::string& path, const std::string& plot, const OutputName& name,
             const std::string& place) {
        if (output_ && is_file(path)) {
            output_->use(path, name, place);
        }
        if (plot_ && is_file(plot)) {
            plot_->use(plot, name, place);
        }
    }

    /// Refuses early, for all patches that are known from the start, what would be refused when
    /// minutes had been spent on rendering.
    void check(const std::vector<RenderJob>& jobs, bool no_clobber) const {
        Names ahead(*this);
        std::vector<std::string> existing;
        for (const RenderJob& job : jobs) {
            const OutputName name = job.patch ? output_name(*job.patch, job.position + 1)
                                              : output_name(job.sound->path, job.position + 1);
            const std::string path = output_ ? templates_.output->path(name) : "";
            const std::string plot = plot_ ? templates_.plot->path(name) : "";
            ahead.use(path, plot, name, job.place);
            for (const std::string& file : {path, plot}) {
                struct stat status {};
                if (no_clobber && is_file(file) && lstat(file.c_str(), &status) == 0 &&
                    (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode))) {
                    existing.push_back(file + ": exists; leave out -n to replace it");
                }
            }
        }
        if (!existing.empty()) {
            throw Error(Status::failed, existing);
        }
    }

private:
    const OutputTemplates& templates_;
    std::optional<UsedNames> output_;
    std::optional<UsedNames> plot_;
};

/// Puts what was rendered where it belongs, in order.
class Taker {
public:
    Taker(const RenderOptions& options, const OutputTemplates& templates, Names names,
          const RenderSource& source, const Instrument* instrument, Manifest* manifest)
        : options_(options),
          templates_(templates),
          names_(std::move(names)),
          source_(source),
          instrument_(instrument),
          manifest_(manifest),
          container_(options.container == Container::tar,
                     options.no_clobber ? Overwrite::no : Overwrite::yes),
          progress_(options.quiet || options.verbose || options.describe || options.show
                        ? std::optional<std::size_t>(0)
                        : source.total()) {}

    /// False when a problem ends the batch.
    bool take(RenderedChunk chunk) {
        for (std::size_t i = 0; i < chunk.sounds.size(); ++i) {
            if (!take(chunk.sounds[i], chunk.bytes)) {
                return false;
            }
        }
        return true;
    }

    /// Completes what is open. Throws Error with all problems.
    [[nodiscard]] Status finish() {
        const bool is_complete = bad_ == 0 || options_.keep_going;
        if (is_complete || worst_ == Status::invalid) {
            // What stands before a bad line is whole.
            container_.finish();
            for (const std::string& folder : folders_) {
                flush_folder(folder);
            }
        }
        if (is_complete && manifest_ != nullptr) {
            list_pending();
            manifest_->finish();
        }
        if (bad_ > 0) {
            throw Error(worst_, tells_at_once() ? std::vector{std::to_string(bad_) + " of " +
                                                              std::to_string(seen_) + " patches " +
                                                              (bad_ == 1 ? "is" : "are") + " bad"}
                                                : problems_);
        }
        if (progress_.is_shown()) {
            tell(progress_.summary());
        }
        return status_;
    }

    [[nodiscard]] const std::vector<std::string>& outputs() const noexcept { return outputs_; }

private:
    bool take(RenderedSound& sound, std::span<const std::uint8_t> bytes) {
        if (sound.is_known && is_kept_) {
            return keep(sound);
        }
        if (manifest_ != nullptr && sound.job.known && sound.problems.empty() && is_kept_) {
            // What the earlier run lists from here on is made again.
            is_kept_ = false;
        }
        if (sound.is_known) {
            RenderJob job = std::move(sound.job);
            job.known.reset();
            RenderChunk again;
            again.jobs.push_back(std::move(job));
            RenderedChunk made = render_chunk(std::move(again), instrument_, templates_, options_);
            return put(made.sounds.front(), made.bytes);
        }
        return put(sound, bytes);
    }

    bool keep(const RenderedSound& sound) {
        use_names(sound);
        manifest_->keep(*sound.job.known);
        progress_.step(0);
        return true;
    }

    void use_names(const RenderedSound& sound) {
        names_.use(sound.path, sound.plot, sound.name, sound.job.place);
        if (!options_.depfile.empty()) {
            for (const std::string& path : {sound.path, sound.plot}) {
                if (is_file(path)) {
                    outputs_.push_back(path);
                }
            }
        }
    }

    /// There may be more problems than memory holds.
    [[nodiscard]] bool tells_at_once() const noexcept {
        return source_.total().value_or(2) > 1 && (options_.keep_going || options_.dry_run);
    }

    bool put(RenderedSound& sound, std::span<const std::uint8_t> bytes) {
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
            tell_as_is(sound.shown);
            write_stdout(sound.told);
            status_ = std::max(status_, sound.status);
            progress_.step(sound.seconds);
            return true;
        }
        const bool is_measured = sound.job.sound != nullptr;
        worst_ = bad_ == 0 ? sound.status : std::max(worst_, sound.status);
        ++bad_;
        if (tells_at_once()) {
            tell(sound.problems);
        } else {
            std::move(sound.problems.begin(), sound.problems.end(), std::back_inserter(problems_));
        }
        // A file that can't be measured keeps none of the others from it.
        return is_measured ||
               (sound.status == Status::invalid && (options_.keep_going || options_.dry_run));
    }

    void write(RenderedSound& sound, std::span<const std::uint8_t> bytes) {
        use_names(sound);
        if (options_.container == Container::raw && manifest_ == nullptr && !options_.dry_run) {
            check_length(sound);
        }
        if (sound.file) {
            sound.file->commit();
            remember(sound.path);
        }
        if (sound.plot_file) {
            sound.plot_file->commit();
        }
        const std::span<const std::uint8_t> own = bytes.subspan(sound.begin, sound.size);
        std::uint64_t begin = 0;
        if (options_.container != Container::files && !options_.dry_run) {
            begin = container_.append(sound.path, own) + sound.header;
        } else if (!own.empty()) {
            write_stdout(own);
        }
        if (manifest_ != nullptr && !options_.dry_run) {
            list(sound, begin);
        }
    }

    /// Frames one behind the other show no ends, so without a list all sounds are alike.
    void check_length(const RenderedSound& sound) {
        if (raw_bytes_ && *raw_bytes_ != sound.size) {
            throw Error(Status::invalid,
                        sound.job.place + ": has " + std::to_string(sound.size) +
                            " bytes of frames, those before it " + std::to_string(*raw_bytes_) +
                            ", and nothing would show where it begins; add --manifest FILE, or the "
                            "same length for all");
        }
        raw_bytes_ = sound.size;
    }

    /// Lists a sound once it is where it belongs.
    void list(const RenderedSound& sound, std::uint64_t begin) {
        std::string line = sound.entry.head;
        if (options_.container != Container::files) {
            line += "\"offset\": " + std::to_string(begin) + ", ";
        }
        line += sound.entry.tail + "\n";
        if (options_.container == Container::files || !templates_.output->has_shards()) {
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

    void list_pending() {
        if (!pending_.empty()) {
            manifest_->append(pending_);
            pending_.clear();
        }
    }

    void remember(const std::string& path) {
        std::string folder = folder_of(path);
        if (folder != last_folder_) {
            folders_.insert(folder);
            last_folder_ = std::move(folder);
        }
    }

    /// Each once: many patches may share a note. Not more than anybody reads.
    void tell_notes(const std::vector<std::string>& notes) {
        for (const std::string& note : notes) {
            const bool is_progress = options_.verbose && note.starts_with("wrote ");
            if (!options_.quiet &&
                (is_progress || (notes_.size() < most_notes && notes_.insert(note).second))) {
                tell(note);
            }
        }
    }

    static constexpr std::size_t most_notes = 1000;

    const RenderOptions& options_;
    const OutputTemplates& templates_;
    Names names_;
    const RenderSource& source_;
    const Instrument* instrument_;
    Manifest* manifest_;
    SoundContainer container_;
    Progress progress_;
    Status status_ = Status::done;
    Status worst_ = Status::failed;
    bool is_kept_ = true;  // what the manifest of an earlier run lists still holds
    std::vector<std::string> problems_;
    std::uint64_t seen_ = 0;
    std::uint64_t bad_ = 0;
    std::optional<std::size_t> raw_bytes_;  // of each sound so far
    std::vector<std::string> outputs_;      // for a depfile
    std::string pending_;                   // lines of the shard that is being written
    std::string pending_path_;
    std::set<std::string> notes_;
    std::set<std::string> folders_;
    std::string last_folder_;
};

/// Jobs of a chunk: enough to make the way through the threads cheap, few enough to share the work
/// evenly and to need little memory.
std::size_t chunk_size(const GivenPatches& given, unsigned threads) {
    constexpr std::size_t most = 8;
    if (!given.streams.empty()) {
        return most;
    }
    const std::size_t jobs = given.patches.size() + given.sounds.size();
    return std::clamp<std::size_t>(jobs / (std::size_t{4} * threads), 1, most);
}

}  // namespace

Status render_files(const RenderOptions& options) {
    check_options(options);
    PatchArguments arguments = options.patches;
    arguments.takes_sounds = wants_sound(options) && options.output.empty() && !options.json &&
                             options.patches.statements.empty();
    arguments.takes_streams = true;
    const OutputTemplates templates = templates_of(options);
    GivenPatches given = take_patches(arguments);
    const Instrument* const instrument = given.instrument;
    const std::size_t most_threads =
        given.streams.empty() ? std::max<std::size_t>(given.patches.size(), 1) : options.jobs;
    const auto threads = static_cast<unsigned>(std::min<std::size_t>(options.jobs, most_threads));
    const std::vector<std::string> notes = given.notes;
    RenderSource source(given, chunk_size(given, threads));
    check_names(options, templates, source);
    const Names names(options, templates);
    names.check(source.listed(), options.no_clobber);
    std::optional<Manifest> manifest;
    if (!options.manifest.empty() && !options.dry_run) {
        manifest.emplace(options.manifest, options.resume);
        // A container that is one file is begun anew.
        if (options.container == Container::files || templates.output->has_shards()) {
            source.follow(*manifest);
        }
    }
    if (!options.quiet) {
        tell(notes);
    }
    Taker taker(options, templates, names, source, instrument, manifest ? &*manifest : nullptr);
    const Batch<RenderChunk, RenderedChunk> batch{
        [&source](RenderChunk& item, bool may_wait) { return source.next(item, may_wait); },
        [&](RenderChunk item) {
            return render_chunk(std::move(item), instrument, templates, options);
        },
        [&taker](RenderedChunk made) { return taker.take(std::move(made)); }};
    run_batch(batch, threads);
    const Status status = taker.finish();
    if (!options.depfile.empty() && !options.dry_run) {
        const std::string text = depfile_text(taker.outputs(), given.files);
        write_file(options.depfile,
                   {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()},
                   Overwrite::yes);
    }
    return status;
}

}  // namespace drumgen
