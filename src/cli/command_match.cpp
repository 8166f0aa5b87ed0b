#include <memory>
#include <optional>

#include "base/text.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "cli/terminal.h"
#include "export/match_loop.h"
#include "input/patch_arguments.h"
#include "session/match_sounds.h"

namespace drumgen::match_command {
namespace {

struct Typed {
    std::vector<std::string> words;
    std::string instrument;
    std::string hit;
    bool lists_hits = false;
    bool takes_all_hits = false;
    std::string groove;
    std::string bpm;
    std::string sensitivity;
    std::string count;
    std::string effort;
    std::string like;
    std::vector<std::string> lock;
    std::vector<std::string> only;
    std::string plot;
    std::string jobs;
    bool is_quiet = false;
};

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "match: " + problem);
}

double bpm_of(const std::string& flag, const std::string& text) {
    constexpr Range range{20, 400};
    const std::optional<double> bpm = number_from_text(text);
    if (!bpm || *bpm < range.min || *bpm > range.max) {
        refuse(formatted("{} {} is not a number from {} to {}", flag, in_quotes(text),
                         number_to_text(range.min), number_to_text(range.max)));
    }
    return *bpm;
}

constexpr std::string_view automatic = "auto";

Status act(const Typed& typed) {
    MatchRequest request;
    request.words = typed.words;
    request.jobs = threads_of(typed.jobs);
    if (!typed.sensitivity.empty()) {
        request.sensitivity = fraction_of("--sensitivity", typed.sensitivity);
    }
    TerminalReporter reporter(typed.is_quiet);
    if (typed.lists_hits) {
        return list_hits(request, reporter);
    }
    if (!typed.instrument.empty() && typed.instrument != automatic) {
        request.instrument = &find_instrument(typed.instrument);
    }
    if (!typed.like.empty()) {
        std::vector<std::string> notes;
        request.options.like = take_one_patch({typed.like}, "match: --like", notes);
        tell(notes);
        if (request.instrument != nullptr &&
            request.instrument != request.options.like->instrument) {
            refuse(formatted("--like {} is a {}, not a {}", in_quotes(typed.like),
                             request.options.like->instrument->name, request.instrument->name));
        }
        request.instrument = request.options.like->instrument;
    }
    if (request.instrument == nullptr && !(typed.lock.empty() && typed.only.empty())) {
        refuse(
            "--lock and --only name parameters of an instrument; add --instrument NAME or "
            "--like PATCH");
    }
    if (typed.takes_all_hits && !(typed.hit.empty() && typed.count.empty() && typed.plot.empty() &&
                                  request.instrument == nullptr)) {
        refuse(
            "--all-hits tells the drums of a loop by itself; leave out --hit, -n, --plot, "
            "--instrument and --like");
    }
    if (!typed.takes_all_hits && !(typed.groove.empty() && typed.bpm.empty())) {
        refuse("--groove and --bpm are for loops; add --all-hits");
    }
    request.plot = typed.plot;
    request.options.lock = typed.lock;
    request.options.only = typed.only;
    constexpr std::uint64_t most_hits = 1'000'000;
    constexpr std::uint64_t most_patches = 16;
    constexpr std::uint64_t most_evaluations = 1'000'000;
    const auto number = [](const std::string& flag, const std::string& text, std::size_t standard,
                           std::uint64_t low, std::uint64_t high) {
        return text.empty() ? standard
                            : static_cast<std::size_t>(whole_number_of(flag, text, {low, high}));
    };
    request.hit = number("--hit", typed.hit, request.hit, 1, most_hits);
    request.options.count = number("-n", typed.count, request.options.count, 1, most_patches);
    request.options.evaluations =
        number("--effort", typed.effort, request.options.evaluations, 100, most_evaluations);
    if (typed.takes_all_hits) {
        LoopRequest loop{request, typed.groove, std::nullopt};
        if (!typed.bpm.empty()) {
            loop.bpm = bpm_of("--bpm", typed.bpm);
        }
        return match_loop(loop, reporter);
    }
    return match_sounds(request, reporter);
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    add_operand(app, "SOUND", typed->words, "Sound files of any format, or - for standard input");
    add_text(app, "--instrument", typed->instrument, "auto|NAME",
             "With which instrument; auto, the default: the one that the file's name tells, or "
             "that it sounds most like");
    add_text(app, "--hit", typed->hit, "N", "Which hit of each file (default 1)");
    add_flag(
        app, "--hits", typed->lists_hits,
        "List the hits of each file instead: time from the file's start, length until the next, "
        "peak, and the instrument that each sounds most like");
    add_text(app, "--sensitivity", typed->sensitivity, "0..1",
             "How readily hits are found (default 0.5); more finds softer ones, and parts the "
             "strokes of a flam or a roll");
    add_flag(app, "--all-hits", typed->takes_all_hits,
             "Take all hits of one loop: a patch for each of its drums, for drumgen export-kit -");
    add_text(
        app, "--groove", typed->groove, "FILE",
        "With --all-hits, write when each drum is hit and how hard: as a MIDI file (*.mid) for "
        "that kit, or as JSON Lines (*.jsonl)");
    add_text(app, "--bpm", typed->bpm, "BPM",
             "Tempo of the groove, quarters a minute (default: as it is found)");
    add_text(app, "-n,--count", typed->count, "N",
             "How many patches for each, which differ (default 1)");
    add_text(app, "--effort", typed->effort, "N",
             "Sounds that are tried for each (default 6000); the same number gives the same patch "
             "everywhere");
    add_text(app, "--like", typed->like, "PATCH", "Start from this patch");
    add_names(app, "--lock", typed->lock,
              "Keep these parameters: KEY=VALUE, or KEY as --like has it");
    add_names(app, "--only", typed->only, "Move nothing but these parameters, or seed");
    add_text(
        app, "--plot", typed->plot, "FILE",
        "Draw recording and match side by side, as SVG, or PNG by the name's ending; names have "
        "fields as for drumgen render");
    add_text(app, "-j,--jobs", typed->jobs, "N", "Threads (default: one for each processor)");
    add_flag(app, "-q,--quiet", typed->is_quiet, "Tell nothing but problems");
    return [typed] { return act(*typed); };
}

const Command command{
    "match", "find the patch that sounds like a recording",
    "Takes one hit of each recording and prints the patch whose sound comes nearest, as JSON Lines "
    "in the order of the files, for drumgen render - or drumgen export-kit -. Each tells its "
    "distance, and what differs most, whose times count from the hit. Whatever is free may move: "
    "the macros, the seed, and the tilt of the whole sound.",
    R"(drumgen render kick/808-long -o mine.wav
drumgen match mine.wav --effort 600
drumgen match mine.wav --instrument kick --effort 400 -n 2 | drumgen render - -o 'like-{index}.wav'
drumgen match mine.wav --effort 400 --plot mine.svg
drumgen match mine.wav --hits)",
    define};

}  // namespace
}  // namespace drumgen::match_command
