#include <array>
#include <memory>

#include "base/choice.h"
#include "base/text.h"
#include "batch/batch_request.h"
#include "cli/command.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "cli/statement_flags.h"
#include "cli/terminal.h"
#include "cli/version.h"
#include "export/export_kits.h"
#include "kit/kit_format.h"
#include "system/console.h"
#include "system/date.h"
#include "system/file.h"

namespace drumgen::export_kit_command {
namespace {

struct Typed {
    KitRequest request;
    std::string bits = "24";
    std::string levels = "balanced";
    std::string jobs;
    bool only_keys = false;
    bool force = false;
    bool quiet = false;
};

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "export-kit: " + problem);
}

std::string date_of(const std::string& text) {
    if (text.empty()) {
        return source_date().value_or("");
    }
    if (text == "now") {
        return utc_now();
    }
    if (!is_date(text)) {
        refuse(
            formatted("--date {} is not now, a day such as 2026-11-26, or a second such as "
                      "2026-11-26T12:00:00Z",
                      in_quotes(text)));
    }
    return text;
}

void check_options(const Typed& typed) {
    const KitRequest& request = typed.request;
    if (request.output.empty() && !request.list && request.beat.empty()) {
        refuse("no output given; add -o FILE.zip, -o - for a pipe, or --beat FILE.wav");
    }
    if (request.beat.empty() && !(request.pattern.empty() && request.tempo.empty())) {
        refuse("--pattern and --tempo are of a beat; add --beat FILE.wav");
    }
    if (request.beat == pipe_name) {
        refuse("--beat - is not taken; give the beat a name, such as beat.wav");
    }
    if (request.output != pipe_name) {
        return;
    }
    if (request.json) {
        refuse("-o - and --json both write to standard output; leave out one");
    }
    if (!request.depfile.empty()) {
        refuse("--depfile needs a named output; -o - has none");
    }
    if (!typed.force && !request.dry_run && is_terminal(standard_output)) {
        refuse("-o - would write a ZIP to the terminal; redirect it, or add -f");
    }
}

Status act(Typed& typed) {
    KitRequest& request = typed.request;
    check_options(typed);
    if (request.list && request.kit.word.empty() && request.kit.slots.empty()) {
        write_stdout(known_kits_text());
        return Status::done;
    }
    request.date = date_of(request.date);
    request.version = program_version();
    request.threads = threads_of(typed.jobs);
    request.levels = chosen("export-kit: --levels", typed.levels, level_choices);
    request.format = sample_format_of(typed.bits);
    request.keys = typed.only_keys ? AnsweredKeys::own : AnsweredKeys::all_drums;
    TerminalReporter reporter(typed.quiet);
    export_kits(request, reporter);
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    add_operand(
        app, "KIT", typed->request.kit.word,
        "A kit's name, a kit in JSON (a file, inline or -), whole patches one a line, a ZIP or "
        "folder that export-kit wrote, or a folder of WAV files made by drumgen");
    begin_group(app, "Output");
    add_text(app, "-o,--output", typed->request.output, "FILE",
             "The kit's file, whose ending tells the format, a folder, or - for standard output; "
             "many kits "
             "need a name with {index} or {name}");
    add_text(app, "--beat", typed->request.beat, "FILE",
             "Let the kit play a beat into a sound file, with or without -o; each hit rendered as "
             "it is played");
    add_text(app, "--pattern", typed->request.pattern, "NAME|FILE",
             "What --beat plays: a name that drumgen list patterns tells, or a MIDI file (default "
             "rock)");
    add_text(app, "--tempo", typed->request.tempo, "BPM",
             "How fast, quarters a minute (default: as the pattern is)");
    begin_group(app, "The kit");
    add_texts(app, "--slot", typed->request.kit.slots, "NAME=PATCH",
              "A sound and its name, such as closed_hat=hat/808-closed; may come again, and "
              "takes the place of a slot of that name");
    add_text(app, "--name", typed->request.kit.name, "TEXT", "Title of the kit");
    add_text(
        app, "--velocities", typed->request.kit.velocities, "N",
        "Layers of each slot, 1..16, each rendered at a velocity of its own, darker and quieter "
        "than the one above it (default: as the kit says, or 1)");
    add_text(app, "--round-robins", typed->request.kit.round_robins, "N",
             "Variations of each layer, 1..16, that hits play in turn: other noise, macros moved a "
             "little, the same loudness (default: as the kit says, or 1)");
    add_flag(app, "--only-keys", typed->only_keys,
             "Answer to the keys of its slots alone; otherwise the nearest relative plays for each "
             "other drum of General MIDI, keys 35 to 81, and in each row of Hydrogen's own kits");
    begin_group(app, "Output");
    std::string formats;
    for (const KitFormat* format : kit_formats()) {
        formats += formatted(
            "{}{}: {}{}", formats.empty() ? "" : "; ", format->name, format->summary,
            format->extension.starts_with(".") ? ", " + std::string(format->extension) : "");
    }
    add_names(app, "--format", typed->request.formats,
              formatted("What players load (default: what the name of -o tells): {}. With "
                        "several, -o is a name that each adds its ending to",
                        formats),
              "NAME,...");
    add_text(app, "--bits", typed->bits, "16|24|32f",
             "Bits of a sample, 32f for float (default 24)");
    add_text(app, "--levels", typed->levels, "balanced|as-is",
             "balanced turns sounds down until each is as loud beside the others as drums of its "
             "kind are; as-is leaves each at its own level (default balanced)");
    add_text(app, "--date", typed->request.date, "DATE",
             "Date in kit_info.json: now, or a day such as 2026-11-26 (default: what "
             "SOURCE_DATE_EPOCH says, or none)");
    const auto settings = add_setting_flags(app);
    begin_group(app, "Options");
    add_flag(app, "--clamp", typed->request.kit.clamp,
             "Take a number that is out of range to the nearest limit, and say so");
    add_flag(app, "--describe", typed->request.describe,
             "Put all features into kit_info.json, the spectral ones and the pitch too, which "
             "takes as long as rendering");
    add_flag(app, "--list", typed->request.list,
             "Print what the kit holds and write nothing; without a kit, the names of kits, as "
             "drumgen list kits does");
    add_text(app, "-j,--jobs", typed->jobs, "N",
             "Threads (default: one for each processor); the output is the same for any");
    add_flag(app, "--no-clobber", typed->request.no_clobber, "Never replace a file");
    add_flag(app, "-f,--force", typed->force, "Write a ZIP to a terminal");
    add_flag(app, "--dry-run", typed->request.dry_run, "Check everything and write nothing");
    add_file(app, "--depfile", typed->request.depfile,
             "Write what the kit depends on as a rule for make");
    add_flag(app, "--json", typed->request.json,
             "Print one JSON object on what was written, or one a slot for --list");
    add_flag(app, "-q,--quiet", typed->quiet, "Print nothing but errors");
    add_flag(app, "-v,--verbose", typed->request.verbose, "Print what was written");
    return [typed, settings] {
        typed->request.kit.settings = settings();
        return act(*typed);
    };
}

const Command command{
    "export-kit", "make a kit that samplers load",
    "Makes a kit: a WAV for each slot, kit.sfz for players of SFZ, and kit_info.json, which holds "
    "every patch, so that the kit goes back in: to export-kit, and wherever patches are taken. "
    "Slots lie on the keys that General MIDI gives their names; closed, pedal and open hat cut "
    "each other off.",
    R"(drumgen export-kit 808 -o 808.zip
drumgen export-kit 909 --velocities 4 -o 909.sf2
drumgen export-kit --slot kick=kick/909 --slot snare=snare/rock -o mine.zip
drumgen export-kit mine.zip --list
drumgen export-kit 808 --beat demo.wav --pattern electro)",
    define};

}  // namespace
}  // namespace drumgen::export_kit_command
