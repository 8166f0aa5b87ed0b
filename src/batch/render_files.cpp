#include "batch/render_files.h"

#include <algorithm>
#include <utility>

#include "archive/sha256.h"
#include "base/bytes.h"
#include "base/text.h"
#include "batch/job.h"
#include "batch/names.h"
#include "batch/output_template.h"
#include "batch/read_line.h"
#include "batch/sound_outputs.h"
#include "batch/source.h"
#include "batch/taker.h"
#include "document/depfile.h"
#include "measure/picture.h"
#include "system/file.h"
#include "system/output_file.h"
#include "system/path.h"
#include "system/temporary_file.h"

namespace drumgen {
namespace {

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, problem);
}

/// What a container needs and what it can't have.
void check_container(const BatchRequest& request) {
    if (request.container == Container::files) {
        if (const auto reason = unfit_reason(*request.file_format, request.format)) {
            refuse(*reason);
        }
        if (request.resume && request.output == pipe_name) {
            refuse("--resume needs files to look at; give -o a name");
        }
        return;
    }
    if (request.output.empty() && !request.dry_run) {
        refuse("--to needs a place; add -o FILE, or -o - for a pipe");
    }
    if (request.container == Container::raw && request.format == SampleFormat::int24) {
        refuse("--bits 24 has no frames that a reader could map; add --bits 16 or --bits 32f");
    }
}

void check_options(const BatchRequest& request) {
    const bool to_pipe = request.output == pipe_name;
    if (request.patches.words.empty()) {
        refuse("no patch given: name an instrument, preset or file, or - for standard input");
    }
    if (request.output.empty() && !request.dry_run && !wants_sound(request)) {
        const std::string& last = request.patches.words.back();
        const bool is_meant = is_path(last) && last != pipe_name && !exists(last);
        refuse(is_meant ? formatted("no output given, did you mean {}?", in_quotes("-o " + last))
                        : "no output given; add -o FILE, or -o - for a pipe");
    }
    std::string taker;
    for (const auto& [flag, takes] :
         {std::pair{"--json", request.json},
          std::pair{"--describe", request.describe && !request.json},
          std::pair{"--plot -", request.plot == pipe_name},
          std::pair{"--page -", request.page == pipe_name}, std::pair{"-o -", to_pipe}}) {
        if (takes && !taker.empty()) {
            refuse(
                formatted("{} and {} both write to standard output; leave out one", taker, flag));
        }
        taker = takes ? flag : taker;
    }
    const bool is_named = !request.output.empty() || !request.plot.empty() ||
                          !request.page.empty() || request.dry_run;
    const bool is_piped = to_pipe || request.plot == pipe_name || request.page == pipe_name;
    if (!request.depfile.empty() && (is_piped || !is_named)) {
        refuse("--depfile needs a named output; " +
               (taker.empty() ? "add -o FILE" : taker + " has none"));
    }
    if (request.resume && request.keep_going) {
        refuse(
            "--resume finds sounds by their place in the list, and --keep-going leaves places out; "
            "leave out one");
    }
    if (request.resume && !request.page.empty()) {
        refuse("--resume renders only what is missing, and --page shows all; leave out one");
    }
    if (request.resume && request.manifest.empty()) {
        refuse("--resume needs the list of what is done; add --manifest FILE");
    }
    if (!request.manifest.empty() && request.output.empty()) {
        refuse("--manifest lists what is written; add -o FILE");
    }
    check_container(request);
}

OutputTemplates templates_of(const BatchRequest& request) {
    OutputTemplates templates;
    if (!request.output.empty()) {
        templates.output.emplace("-o", request.output,
                                 request.container == Container::files
                                     ? OutputTemplate::Of::sounds
                                     : OutputTemplate::Of::containers);
    }
    if (!request.plot.empty()) {
        templates.plot.emplace("--plot", request.plot);
    }
    return templates;
}

/// One name can't hold many sounds.
void check_names(const BatchRequest& request, const OutputTemplates& templates,
                 const RenderSource& source) {
    const std::optional<std::size_t> total = source.total();
    if (total.value_or(2) < 2) {
        return;
    }
    const std::string count = total ? std::to_string(*total) : "many";
    for (const auto* const output : {&templates.output, &templates.plot}) {
        const bool is_sounds = output == &templates.plot || request.container == Container::files;
        if (is_sounds && *output && (*output)->text() != pipe_name && !(*output)->varies()) {
            refuse(
                formatted("{} {} is the name of one file, and {} patches are given; add "
                          "{{index}} to the name",
                          (*output)->flag(), in_quotes((*output)->text()), count));
        }
    }
    const auto refuse_many = [&count](const std::string& flag, const std::string& remedy) {
        refuse(formatted(
            "{} - can hold one sound, and {} patches are given; write files, such as {}{}", flag,
            count, flag, remedy));
    };
    if (request.output == pipe_name && request.container == Container::files) {
        refuse_many("-o", " '{instrument}-{index:04}.wav', or one stream with --to tar");
    }
    if (request.plot == pipe_name) {
        refuse_many("--plot", " '{instrument}-{index:04}.svg'");
    }
}

/// What the files of a run are for: the manifest that they are listed in.
std::string purpose_of(const std::string& manifest) {
    constexpr std::size_t letters = 12;
    return sha256_hex(bytes_of(canonical_path(manifest))).substr(0, letters);
}

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

Status render_files(const BatchRequest& request, Reporter& reporter) {
    check_options(request);
    PatchArguments arguments = request.patches;
    arguments.takes_sounds = wants_sound(request) && request.output.empty() && !request.json &&
                             request.patches.statements.empty();
    arguments.takes_streams = true;
    const OutputTemplates templates = templates_of(request);
    GivenPatches given = take_patches(arguments);
    const Instrument* const instrument = given.instrument;
    const std::size_t most_threads =
        given.streams.empty() ? std::max<std::size_t>(given.patches.size(), 1) : request.jobs;
    const auto threads = static_cast<unsigned>(std::min<std::size_t>(request.jobs, most_threads));
    RenderSource source(given, chunk_size(given, threads));
    check_names(request, templates, source);
    const RenderNames names(request, templates, given.files, source.total() != 1);
    names.check(source.listed());
    if (!request.plot.empty()) {
        (void)picture_format_of(request.plot);
    }
    std::optional<Manifest> manifest;
    if (!request.manifest.empty() && !request.dry_run) {
        name_temporary_files(purpose_of(request.manifest));
        manifest.emplace(request.manifest, request.resume,
                         request.no_clobber ? Overwrite::no : Overwrite::yes);
        // A container that is one file is begun anew.
        const bool is_taken_up =
            request.container == Container::files || templates.output->has_shards();
        if (request.resume && is_taken_up) {
            source.follow(Resume(*manifest, instrument, templates, request));
        }
    }
    for (const std::string& note : given.notes) {
        reporter.note(note);
    }
    RenderTaker taker(request, templates, names, source, manifest ? &*manifest : nullptr, reporter);
    const Batch<RenderChunk, RenderedChunk> batch{
        [&source](RenderChunk& item, bool may_wait) { return source.next(item, may_wait); },
        [&](RenderChunk item) {
            for (RenderJob& job : item.jobs) {
                read_line(job, instrument, request.patches);
            }
            return render_chunk(std::move(item), templates, request);
        },
        [&taker](RenderedChunk made) { return taker.take(std::move(made)); }};
    run_batch(batch, threads);
    const Status status = taker.finish();
    if (!request.depfile.empty() && !request.dry_run) {
        std::vector<std::string> outputs = taker.outputs();
        if (!request.page.empty()) {
            outputs.push_back(request.page);
        }
        std::vector<std::string> inputs = given.files;
        std::erase(inputs, pipe_name);
        const std::string text = depfile_text(outputs, inputs);
        write_file(request.depfile, bytes_of(text),
                   request.no_clobber ? Overwrite::no : Overwrite::yes);
    }
    return status;
}

}  // namespace drumgen
