#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <thread>

#include "batch/batch_request.h"
#include "cli/command.h"
#include "cli/date.h"
#include "cli/kit_arguments.h"
#include "cli/kit_exports.h"
#include "cli/messages.h"
#include "cli/option.h"
#include "cli/progress.h"
#include "cli/sound_options.h"
#include "cli/statement_flags.h"
#include "cli/version.h"
#include "explore/summary.h"
#include "io/file.h"
#include "io/preset.h"
#include "io/report_json.h"
#include "kit/kit_format.h"
#include "kit/kit_info.h"
#include "kit/render_kit.h"
#include "param/kit_keys.h"
#include "param/state.h"
#include "param/wording.h"

namespace drumgen {
namespace {

struct Typed {
    KitArguments kit;
    ExportOptions out;
    std::string bits = "24";
    std::string levels = "balanced";
    std::string date;
    std::string jobs;
    bool force = false;
    bool dry_run = false;
    bool verbose = false;
};

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "export-kit: " + problem);
}

Levels levels_of(const std::string& word) {
    if (word == "balanced") {
        return Levels::balanced;
    }
    if (word == "as-is") {
        return Levels::as_is;
    }
    refuse("--levels " + in_quotes(word) + " is not balanced or as-is");
}

std::string date_of(const Typed& typed) {
    if (typed.date.empty()) {
        return source_date().value_or("");
    }
    if (typed.date == "now") {
        return utc_now();
    }
    if (!is_date(typed.date)) {
        refuse("--date " + in_quotes(typed.date) +
               " is not now, a day such as 2026-11-26, or a second such as 2026-11-26T12:00:00Z");
    }
    return typed.date;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 2, width), ' ');
    return text;
}

/// What a kit holds, a line for each slot.
void print_list(const KitPlan& plan, bool json) {
    std::string text = json ? "" : plan.name + "\n";
    std::size_t widest = 0;
    for (const KitVoice& voice : plan.voices) {
        widest = std::max(widest, voice.name.size() + 2);
    }
    for (const KitVoice& voice : plan.voices) {
        if (json) {
            const auto number = [](std::string_view key, double value) {
                return ", " + json_quoted(key) + ": " + number_to_text(value);
            };
            text += "{\"slot\": " + json_quoted(voice.name) + number(kit_keys::key, voice.key) +
                    number(kit_keys::choke, voice.choke) +
                    number(kit_keys::gain_db, voice.gain_db) + number(kit_keys::pan, voice.pan) +
                    ", \"instrument\": " + json_quoted(voice.patch.instrument->name) +
                    ", \"seed\": " + std::to_string(voice.patch.seed) +
                    ", \"name\": " + json_quoted(voice.patch.name) + "}\n";
            continue;
        }
        text += padded(voice.name, widest) +
                padded(std::to_string(voice.key) + " " + key_name(voice.key), 9) +
                padded(voice.choke == 0 ? "" : "choke " + std::to_string(voice.choke), 10) +
                padded(std::string(voice.patch.instrument->name), 8) + voice.patch.name + "\n";
    }
    write_stdout(text);
}

void check_options(const Typed& typed) {
    if (typed.out.output.empty() && !typed.out.list) {
        refuse("no output given; add -o FILE.zip, or -o - for a pipe");
    }
    if (typed.out.output == pipe_name && typed.out.json) {
        refuse("-o - and --json both write to standard output; leave out one");
    }
    if (typed.out.output == pipe_name && !typed.out.depfile.empty()) {
        refuse("--depfile needs a named output; -o - has none");
    }
    if (typed.out.output == pipe_name && !typed.force && !typed.dry_run &&
        isatty(STDOUT_FILENO) == 1) {
        refuse("-o - would write a ZIP to the terminal; redirect it, or add -f");
    }
}

/// The kits that have a name.
void print_kits() {
    std::string text;
    for (const std::string& name : kit_names()) {
        const std::vector<Preset>& known = builtin_kits();
        const auto kit = std::find_if(known.begin(), known.end(),
                                      [&name](const Preset& one) { return one.name == name; });
        text += kit == known.end() ? name + "\n" : padded(name, 12) + kit->description + "\n";
    }
    write_stdout(text);
}

/// What --json and -v say of a kit that was written.
void tell_of(const Typed& typed, const KitTarget& target, const WrittenKit& written,
             const std::string& info) {
    if (typed.out.json) {
        write_stdout("{\"path\": " + json_quoted(target.path) +
                     ", \"format\": " + json_quoted(target.format->name) +
                     ", \"bytes\": " + std::to_string(written.bytes) +
                     ", \"files\": " + std::to_string(written.files) + ", \"sha256\": " +
                     (written.sha256.empty() ? "null" : json_quoted(written.sha256)) +
                     ", \"kit\": " + on_one_line(info) + "}\n");
    }
    if (typed.verbose && target.path != pipe_name) {
        tell("wrote " + target.path + ", " + std::to_string(written.files) +
             (written.files == 1 ? " file, " : " files, ") + std::to_string(written.bytes) +
             " bytes");
    }
}

void export_one(const Typed& typed, Export& one, Levels levels, unsigned threads,
                const std::string& date) {
    KitPlan& plan = one.plan;
    Progress progress(typed.out.quiet ? 0 : sample_count(plan));
    const auto tenths = [](double number) { return number_to_text(std::round(number * 10) / 10); };
    const auto start = std::chrono::steady_clock::now();
    const KitWatcher watcher{
        [&](const KitSize& size) {
            if (!typed.verbose && !progress.is_shown()) {
                return;
            }
            std::string text = std::to_string(size.files) + " sounds, about " +
                               tenths(static_cast<double>(size.bytes) / 1e6) + " MB";
            if (progress.is_shown()) {
                // One layer of each slot is rendered; the others take as long each.
                const std::chrono::duration<double> taken =
                    std::chrono::steady_clock::now() - start;
                text += " and " + tenths(taken.count() * plan.velocities) + " s";
            }
            tell(text);
        },
        [&progress](double seconds) { progress.step(seconds); }};
    const std::vector<std::string> notes = render_kit(plan, levels, threads, watcher);
    if (!typed.out.quiet) {
        tell(notes);
    }
    const std::string info = kit_info_json(plan, program_version(), date);
    for (const KitTarget& target : one.targets) {
        tell_of(typed, target, write_kit(plan, info, target), info);
    }
}

Status act(Typed& typed) {
    check_options(typed);
    if (typed.out.list && typed.kit.word.empty() && typed.kit.slots.empty()) {
        print_kits();
        return Status::done;
    }
    const std::string date = date_of(typed);
    const unsigned threads = threads_of(typed.jobs);
    const Levels levels = levels_of(typed.levels);
    typed.out.format = sample_format_of(typed.bits);
    const GivenKits given = take_kits(typed.kit);
    std::vector<Export> exports = planned(typed.out, given.kits);
    if (!typed.out.quiet) {
        tell(given.notes);
    }
    if (typed.out.list) {
        for (const Export& one : exports) {
            print_list(one.plan, typed.out.json);
        }
        return Status::done;
    }
    const std::vector<std::string> outputs = check_outputs(typed.out, given, exports);
    if (typed.dry_run) {
        return Status::done;
    }
    const std::vector<KitTarget>& first = exports.front().targets;
    const bool has_zip = std::any_of(first.begin(), first.end(), [](const KitTarget& target) {
        return target.format->shape == KitShape::zip;
    });
    const std::jthread preparation = has_zip ? prepare_zip() : std::jthread();
    for (Export& one : exports) {
        export_one(typed, one, levels, threads, date);
        one.plan = {};  // its sounds take memory
    }
    if (!typed.out.depfile.empty()) {
        write_depfile(typed.out, given, outputs);
    }
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    app.add_option("KIT", typed->kit.word,
                   "A kit's name, a kit in JSON (a file, inline or -), a ZIP or folder that "
                   "export-kit wrote, or "
                   "a folder of WAV files made by drumgen")
        ->type_name("");
    add_text(app, "-o,--output", typed->out.output, "FILE",
             "The kit's file, whose ending tells the format, a folder, or - for standard output; "
             "many kits "
             "need a name with {index} or {name}");
    app.add_option("--slot", typed->kit.slots,
                   "A sound and its name, such as closed_hat=hat/808-closed; may come again, and "
                   "takes the place of a slot of that name")
        ->type_name("NAME=PATCH")
        ->allow_extra_args(false);
    add_text(app, "--name", typed->kit.name, "TEXT", "Title of the kit");
    add_text(
        app, "--velocities", typed->kit.velocities, "N",
        "Layers of each slot, 1..16, each rendered at a velocity of its own, darker and quieter "
        "than the one above it (default: as the kit says, or 1)");
    add_text(app, "--round-robins", typed->kit.round_robins, "N",
             "Variations of each layer, 1..16, that hits play in turn: other noise, macros moved a "
             "little, the same loudness (default: as the kit says, or 1)");
    std::string formats;
    for (const KitFormat* format : kit_formats()) {
        formats +=
            (formats.empty() ? "" : "; ") + std::string(format->name) + ": " +
            std::string(format->summary) +
            (format->extension.starts_with(".") ? ", " + std::string(format->extension) : "");
    }
    app.add_option("--format", typed->out.formats,
                   "What players load (default: what the name of -o tells): " + formats +
                       ". With several, -o is a name that each adds its ending to")
        ->type_name("NAME,...")
        ->delimiter(',')
        ->allow_extra_args(false);
    add_text(app, "--bits", typed->bits, "16|24|32f",
             "Bits of a sample, 32f for float (default 24)");
    add_text(app, "--levels", typed->levels, "balanced|as-is",
             "balanced turns sounds down until each is as loud beside the others as drums of its "
             "kind are; as-is leaves each at its own level (default balanced)");
    add_text(app, "--date", typed->date, "DATE",
             "Date in kit_info.json: now, or a day such as 2026-11-26 (default: what "
             "SOURCE_DATE_EPOCH says, or none)");
    const auto settings = add_setting_flags(app);
    app.add_flag("--clamp", typed->kit.clamp,
                 "Take a number that is out of range to the nearest limit, and say so");
    app.add_flag("--describe", typed->out.describe,
                 "Put all features into kit_info.json, the spectral ones and the pitch too, which "
                 "takes as long as rendering");
    app.add_flag("--list", typed->out.list,
                 "Print what the kit holds and write nothing; without a kit, the names of kits");
    add_text(app, "-j,--jobs", typed->jobs, "N",
             "Threads (default: one for each processor); the output is the same for any");
    app.add_flag("-n,--no-clobber", typed->out.no_clobber, "Never replace a file");
    app.add_flag("-f,--force", typed->force, "Write a ZIP to a terminal");
    app.add_flag("--dry-run", typed->dry_run, "Check everything and write nothing");
    add_text(app, "--depfile", typed->out.depfile, "FILE",
             "Write what the kit depends on as a rule for make");
    app.add_flag("--json", typed->out.json,
                 "Print one JSON object on what was written, or one a slot for --list");
    app.add_flag("-q,--quiet", typed->out.quiet, "Print nothing but errors");
    app.add_flag("-v,--verbose", typed->verbose, "Print what was written");
    app.footer("Example: drumgen export-kit 808 -o 808.zip");
    return [typed, settings] {
        typed->kit.settings = settings();
        return act(*typed);
    };
}

const Command command{
    "export-kit", "make a kit that samplers load",
    "Makes a kit: a WAV for each slot, kit.sfz for players of SFZ, and kit_info.json, which holds "
    "every patch, so that the kit goes back in: to export-kit, and wherever patches are taken. "
    "Slots lie on the keys that General MIDI gives their names; closed, pedal and open hat cut "
    "each other off.",
    define};

}  // namespace
}  // namespace drumgen
