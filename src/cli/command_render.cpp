#include <algorithm>
#include <array>
#include <memory>

#include "base/text.h"
#include "batch/destination.h"
#include "batch/render_files.h"
#include "batch/sound_outputs.h"
#include "batch/verify.h"
#include "cli/command.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "cli/statement_flags.h"
#include "cli/terminal.h"
#include "input/known_presets.h"
#include "measure/picture.h"
#include "system/console.h"
#include "system/file.h"

namespace drumgen::render_command {
namespace {

/// The options as they are typed.
struct Typed {
    BatchRequest request;
    std::string bits;
    std::string to;
    std::string shard_size;
    std::string jobs;
    bool force = false;
    bool show = false;
    bool quiet = false;
    bool verify = false;
    bool list_presets = false;
};

/// How samples are stored. A lossy format has no bits.
SampleFormat bits_of(const std::string& bits, const BatchRequest& request) {
    const bool is_lossy =
        request.container == Container::files && !request.file_format->is_lossless;
    if (is_lossy && !bits.empty()) {
        throw Error(Status::invalid, formatted("--bits has no effect on {}; leave it out",
                                               request.file_format->title));
    }
    const SampleFormat wanted = sample_format_of(bits.empty() ? "24" : bits);
    return is_lossy ? samples_in(*request.file_format, wanted) : wanted;
}

/// A flag, whether it is given for nothing, and what would make it count.
struct Useless {
    std::string_view flag;
    bool is_useless = false;
    std::string_view reason;
};

/// The flags that have no effect beside the others.
void refuse_useless(const Typed& typed) {
    const BatchRequest& request = typed.request;
    const bool is_written = !request.output.empty();
    const bool has_file = (is_written && request.output != pipe_name) || !request.plot.empty() ||
                          !request.page.empty() || !request.manifest.empty() ||
                          !request.depfile.empty();
    const bool has_shards = request.output.find("{shard") != std::string::npos;
    const bool is_raw = request.container == Container::raw;
    const std::array useless{
        Useless{"--to", !typed.to.empty() && !is_written && !request.dry_run, "without -o"},
        Useless{"--bare", request.bare && (!is_written || is_raw),
                is_raw ? "on raw frames, which have nothing else" : "without -o"},
        Useless{"--shard-size", !typed.shard_size.empty() && !has_shards,
                "without {shard} in the name that -o gives"},
        Useless{"--no-clobber", request.no_clobber && !has_file, "where no file is written"},
        Useless{"--force", typed.force && request.output != pipe_name, "without -o -"},
        Useless{"--verbose", request.verbose && typed.quiet, "beside --quiet"},
    };
    for (const Useless& one : useless) {
        if (one.is_useless) {
            throw Error(Status::invalid,
                        formatted("{} has no effect {}; leave it out", one.flag, one.reason));
        }
    }
}

/// --verify and --list-presets stand alone.
///   given   all options, and what states something without one
///   takes   those that the mode knows
void refuse_beside(std::string_view mode, const std::vector<std::string>& given,
                   std::initializer_list<std::string_view> takes) {
    for (const std::string& flag : given) {
        const bool is_known = std::find(takes.begin(), takes.end(), flag) != takes.end();
        if (flag != mode && !is_known) {
            throw Error(Status::invalid,
                        formatted("{} has no effect beside {}; leave out one", flag, mode));
        }
    }
}

Status act(Typed& typed, const std::vector<std::string>& given) {
    BatchRequest& request = typed.request;
    if (typed.list_presets) {
        refuse_beside("--list-presets", given, {"-q", "-v", "-j"});
        write_stdout(known_presets_text(request.patches.words));
        return Status::done;
    }
    if (typed.verify) {
        refuse_beside("--verify", given, {"--json", "-q", "-v", "-j"});
        return verify_files(request.patches.words, request.json);
    }
    const Destination destination = destination_of(request.output, typed.to);
    request.container = destination.container;
    request.file_format = destination.format;
    request.format = bits_of(typed.bits, request);
    if (!typed.shard_size.empty()) {
        request.shard_size =
            whole_number_of("--shard-size", typed.shard_size, {1, std::uint64_t{1} << 40});
    }
    request.jobs = threads_of(typed.jobs);
    refuse_useless(typed);
    if (typed.show) {
        request.show = picture_for(takes_stdout(request) ? standard_error : standard_output);
    }
    if (request.output == pipe_name && !request.dry_run && !typed.force &&
        is_terminal(standard_output)) {
        throw Error(Status::invalid,
                    "-o - would write a sound to the terminal; redirect it, or add -f");
    }
    TerminalReporter reporter(typed.quiet);
    return render_files(request, reporter);
}

void add_outputs(CLI::App& app, Typed& typed) {
    BatchRequest& request = typed.request;
    begin_group(app, "Output");
    add_text(app, "-o,--output", request.output, "FILE",
             "File, - for standard output, or a name with {instrument}, {index}, {index:04}, "
             "{seed}, {name}; its ending says the format");
    add_text(app, "--to", typed.to, listed(destination_words(), "|"),
             "A sound file each, of the format that the name's ending shows, or WAV; or one TAR of "
             "WAVs and their patches (WebDataset), or frames one behind the other, in a file, a "
             "pipe, or files NAME-{shard:04}");
    add_text(app, "--shard-size", typed.shard_size, "N",
             "Sounds in each file of a name with {shard} (default 10000)");
    add_file(app, "--manifest", request.manifest,
             "List every sound in JSON Lines: index, path, place in its container, SHA-256 of the "
             "samples, frames, patch. Complete when it has its name; FILE.part until then");
    add_text(app, "--bits", typed.bits, "16|24|32f",
             "Bits of a sample, 32f for float (default 24)");
    std::string pictures;
    for (const PictureFormat* format : picture_formats()) {
        pictures += formatted("; {}: {}", format->extension, format->summary);
    }
    add_text(
        app, "--plot", request.plot, "FILE",
        formatted("Draw the sound; a name as for -o, whose ending tells the picture{}", pictures));
    add_text(app, "--page", request.page, "FILE",
             "Put all sounds on one page of HTML that needs no other file: see them, play them, "
             "say which you like, and save that for drumgen feedback --import");
    add_flag(app, "--bare", request.bare,
             "Write the sound alone, without title, root note and patch; of a WAV fmt and data, "
             "for samplers that stumble over more");
    add_flag(app, "--no-clobber", request.no_clobber, "Never replace a file");
    add_flag(app, "-f,--force", typed.force, "Write a sound to a terminal");
    add_file(app, "--depfile", request.depfile,
             "Write what the outputs depend on as a rule for make");
}

void add_modes(CLI::App& app, Typed& typed) {
    BatchRequest& request = typed.request;
    begin_group(app, "How it goes");
    add_flag(app, "--clamp", request.patches.clamp,
             "Take a number that is out of range to the nearest limit, and say so");
    add_text(app, "-j,--jobs", typed.jobs, "N",
             "Threads (default: one for each processor); the output is the same for any");
    add_flag(app, "--allow-silence", request.allow_silence,
             "Write a patch that renders silence, which is refused otherwise");
    add_flag(app, "--keep-going", request.keep_going,
             "Render what comes behind a bad line, and tell of all bad lines at the end");
    add_flag(app, "--resume", request.resume,
             "Skip what the manifest of a run that was broken off lists and what is whole");
    add_flag(app, "--dry-run", request.dry_run, "Check everything and write nothing");
    begin_group(app, "What is told");
    add_flag(app, "--verify", typed.verify,
             "Render again what sound files say they are, and compare: status 0 or 3");
    add_flag(app, "--list-presets", typed.list_presets,
             "Print the names of presets, as drumgen list presets does");
    add_flag(app, "--json", request.json,
             "Print one JSON object for each file: hash, peak, patch, all values and their "
             "origins");
    add_flag(app, "--describe", request.describe,
             "Print one JSON object for each sound: features, whose times count from the file's "
             "start, pitch, and a verdict on the laws "
             "of a good file, status 3 when it breaks one. Without -o and changes, a sound "
             "file of any origin is measured as it is, its first channel: WAV, FLAC, AIFF, Ogg, "
             "MP3 and whatever else libsndfile reads");
    add_flag(app, "--show", typed.show,
             "Print each waveform in characters; on standard error when standard output is "
             "taken");
    add_flag(app, "-q,--quiet", typed.quiet, "Print nothing but errors");
    add_flag(app, "-v,--verbose", request.verbose, "Print each file's name");
}

Command::Action define(CLI::App& app, const Words& words) {
    const auto typed = std::make_shared<Typed>();
    add_operand(app, "PATCH", typed->request.patches.words,
                "Instrument, preset, .json, .jsonl or sound file, inline JSON, or -");
    add_outputs(app, *typed);
    const auto statements = add_statement_flags(app, words);
    add_modes(app, *typed);
    return [typed, statements, &app] {
        PatchArguments& patches = typed->request.patches;
        patches.statements = statements();
        std::vector<std::string> given = given_options(app);
        // `tune=50` is `--set tune=50`.
        std::erase_if(patches.words, [&](const std::string& word) {
            const bool is_stated = is_assignment(word) && !exists(word);
            if (is_stated) {
                patches.statements.push_back(statement_of(word));
                given.push_back(word);
            }
            return is_stated;
        });
        return act(*typed, given);
    };
}

const Command command{
    "render", "make sound files from patches",
    "Makes sound files from patches: WAV, FLAC, AIFF and more. The first word may be an "
    "instrument: with nothing behind it, "
    "the "
    "flags are the patch; else the words behind it are patches of that instrument. Each parameter "
    "is a flag, with dashes for underscores.",
    R"(drumgen render kick --seed 7 -o kick.wav
drumgen render kick.wav --tune 60 --velocity 0.5 -o soft.wav
drumgen render snare/909 --plot snare.svg -o snare.flac
drumgen propose kick -n 3 | drumgen render - -o 'new-{index:03}.wav'
drumgen render kick/909 hat/808-closed --page sounds.html
drumgen render --verify kick.wav snare.flac new-*.wav)",
    define};

}  // namespace
}  // namespace drumgen::render_command
