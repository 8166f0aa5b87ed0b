#include "export/export_kits.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <string_view>
#include <thread>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/math.h"
#include "base/text.h"
#include "batch/batch_request.h"
#include "document/builtin_presets.h"
#include "document/depfile.h"
#include "export/kit_targets.h"
#include "input/preset.h"
#include "kit/beat.h"
#include "kit/hydrogen_rows.h"
#include "kit/kit_format.h"
#include "kit/kit_info.h"
#include "kit/render_kit.h"
#include "measure/summary.h"
#include "midi/midi_file.h"
#include "midi/patterns.h"
#include "param/kit_keys.h"
#include "sound_file/sound_format.h"
#include "system/file.h"
#include "system/output_file.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// The rows of Hydrogen that a voice plays, from 1.
std::vector<int> rows_of(const KitVoice& voice, const std::vector<HydrogenRow>& rows) {
    std::vector<int> numbers;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].voice == &voice) {
            numbers.push_back(static_cast<int>(row) + 1);
        }
    }
    return numbers;
}

/// What a kit holds, a line of JSON for each slot.
std::string list_json(const KitPlan& plan) {
    std::string text;
    const std::vector<HydrogenRow> rows = hydrogen_rows(plan);
    for (const KitVoice& voice : plan.voices) {
        JsonWriter writer;
        writer.begin_object()
            .member("slot", voice.name)
            .member(kit_keys::key, voice.key)
            .member(kit_keys::choke, voice.choke)
            .member(kit_keys::gain_db, voice.gain_db)
            .member(kit_keys::pan, voice.pan)
            .member("instrument", voice.patch.instrument->name)
            .member("seed", voice.patch.seed)
            .member("name", voice.patch.name)
            .list("more_keys", voice.more_keys)
            .list("hydrogen_rows", rows_of(voice, rows));
        text += writer.end().line();
    }
    return text;
}

/// ", and for 41, 43; in Hydrogen row 6": the keys of drums that a voice answers for, and its rows,
/// if there are any.
std::string places_text(const KitVoice& voice, const std::vector<HydrogenRow>& rows) {
    const auto texts = [](const std::vector<int>& numbers) {
        std::vector<std::string> all;
        for (const int number : numbers) {
            all.push_back(std::to_string(number));
        }
        return listed(all);
    };
    const std::vector<int> numbers = rows_of(voice, rows);
    std::string text =
        voice.more_keys.empty() ? "" : formatted(", and for {}", texts(voice.more_keys));
    if (!numbers.empty()) {
        text +=
            formatted("; in Hydrogen {} {}", numbers.size() == 1 ? "row" : "rows", texts(numbers));
    }
    return text;
}

/// Is a kit for Hydrogen among what is asked for?
bool is_for_hydrogen(const KitRequest& request) {
    constexpr std::string_view format = "hydrogen";
    constexpr std::string_view ending = ".h2drumkit";
    return request.output.ends_with(ending) ||
           std::find(request.formats.begin(), request.formats.end(), format) !=
               request.formats.end();
}

/// The same for a reader.
std::string list_text(const KitPlan& plan, bool with_rows) {
    std::string text = plan.name + "\n";
    const std::vector<HydrogenRow> rows =
        with_rows ? hydrogen_rows(plan) : std::vector<HydrogenRow>{};
    std::size_t widest = 0;
    for (const KitVoice& voice : plan.voices) {
        widest = std::max(widest, voice.name.size() + 2);
    }
    for (const KitVoice& voice : plan.voices) {
        text += formatted("{}{}{}{}{}{}\n", padded(voice.name, widest),
                          padded(formatted("{} {}", voice.key, key_name(voice.key)), 9),
                          padded(voice.choke == 0 ? "" : formatted("choke {}", voice.choke), 10),
                          padded(std::string(voice.patch.instrument->name), 8), voice.patch.name,
                          places_text(voice, rows));
    }
    static constexpr int whistle_key = 71;
    const bool answers =
        std::any_of(plan.voices.begin(), plan.voices.end(), [](const KitVoice& voice) {
            return std::find(voice.more_keys.begin(), voice.more_keys.end(), whistle_key) !=
                   voice.more_keys.end();
        });
    if (answers) {
        text +=
            "Whistles, guiros and cuicas (71 to 74, 78, 79) have no relative; what is nearest "
            "plays them.\n";
    }
    return text;
}

/// What is told of a kit that was written.
void tell_of(const KitRequest& request, const KitPlan& plan, const KitTarget& target,
             const WrittenKit& written, Reporter& reporter) {
    if (request.json) {
        JsonWriter writer;
        writer.begin_object()
            .member("path", target.path)
            .member("format", target.format->name)
            .member("bytes", written.bytes)
            .member("files", written.files)
            .key("sha256")
            .text_or_null(written.sha256);
        writer.member_json("kit", kit_info_json(plan, request.version, request.date, false));
        write_stdout(writer.end().line());
    }
    if (request.verbose && target.path != pipe_name) {
        reporter.note(formatted("wrote {}, {} {}, {} bytes", target.path, written.files,
                                written.files == 1 ? "file" : "files", written.bytes));
    }
}

void export_one(const KitRequest& request, Export& one, Reporter& reporter) {
    KitPlan& plan = one.plan;
    reporter.begin(sample_count(plan));
    const auto tenths = [](double number) { return number_to_text(std::round(number * 10) / 10); };
    const auto start = std::chrono::steady_clock::now();
    const KitWatcher watcher{
        [&](const KitSize& size) {
            if (!request.verbose && !reporter.is_watched()) {
                return;
            }
            std::string text = formatted("{} sounds, about {} MB", size.files,
                                         tenths(static_cast<double>(size.bytes) / 1e6));
            if (reporter.is_watched()) {
                // One layer of each slot is rendered; the others take as long each.
                const std::chrono::duration<double> taken =
                    std::chrono::steady_clock::now() - start;
                text += formatted(" and {} s", tenths(taken.count() * plan.velocities));
            }
            reporter.note(text);
        },
        [&reporter](double seconds) { reporter.step(seconds); }};
    for (const std::string& note : render_kit(plan, request.levels, request.threads, watcher)) {
        reporter.note(note);
    }
    const std::string info = kit_info_json(plan, request.version, request.date, true) + "\n";
    for (const KitTarget& target : one.targets) {
        tell_of(request, plan, target, write_kit(plan, info, target), reporter);
    }
}

/// The song of a pattern's name, or of a MIDI file. Throws Error.
MidiSong beat_song(const std::string& word) {
    std::vector<std::string_view> names;
    for (const Pattern& pattern : patterns()) {
        if (pattern.name == word) {
            return pattern.song;
        }
        names.push_back(pattern.name);
    }
    constexpr std::string_view ending = ".mid";
    if (!word.ends_with(ending) && word.find('/') == word.npos) {
        throw Error(Status::invalid, formatted("--pattern {} is unknown{}", in_quotes(word),
                                               did_you_mean(word, names,
                                                            "; known are " + listed(names) +
                                                                ", or name a MIDI file, *.mid")));
    }
    return midi_song(read_file(word, max_midi_bytes), word);
}

/// A beat that a kit will play.
struct Beat {
    MidiSong song;
    const SoundFormat* format = nullptr;
};

/// Throws Error, before anything is rendered.
Beat beat_of(const KitRequest& request, std::size_t kits) {
    Beat beat;
    const std::string ending = file_name_of(request.beat).substr(stem_of(request.beat).size());
    beat.format = sound_format_of_ending(ending);
    if (beat.format == nullptr) {
        throw Error(Status::invalid,
                    formatted("--beat {} is no name of a sound file; end it with .wav or .flac",
                              in_quotes(request.beat)));
    }
    if (kits > 1) {
        throw Error(Status::invalid,
                    formatted("--beat is played by one kit, and {} are given", kits));
    }
    constexpr const char* usual_pattern = "rock";
    beat.song = beat_song(request.pattern.empty() ? usual_pattern : request.pattern);
    if (!request.tempo.empty()) {
        const std::optional<double> bpm = number_from_text(request.tempo);
        if (!bpm || *bpm < lowest_bpm || *bpm > highest_bpm) {
            throw Error(
                Status::invalid,
                formatted("--tempo {} is not a number from {} to {}", in_quotes(request.tempo),
                          number_to_text(lowest_bpm), number_to_text(highest_bpm)));
        }
        beat.song.bpm = *bpm;
    }
    return beat;
}

void write_beat(const KitRequest& request, const KitPlan& plan, const Beat& beat,
                Reporter& reporter) {
    std::vector<std::string> notes;
    const Sound sound = play_beat(plan, beat.song, request.levels, request.threads, notes);
    for (const std::string& note : notes) {
        reporter.note(note);
    }
    WavTags tags;
    tags.title = plan.name;
    const Interleaved interleaved(sound);
    const std::vector<std::uint8_t> bytes =
        encode_sound(*beat.format, interleaved.frames(), samples_in(*beat.format, request.format),
                     static_cast<std::uint32_t>(sound.sample_rate_hz), tags);
    write_file(request.beat, bytes, request.no_clobber ? Overwrite::no : Overwrite::yes);
    if (request.verbose) {
        reporter.note(
            formatted("wrote {}, {} s at {} BPM", request.beat,
                      fixed(static_cast<double>(sound.frames()) / sound.sample_rate_hz, 1),
                      number_to_text(math::nearest(beat.song.bpm, 100))));
    }
}

/// Writes what the outputs depend on, for make.
void write_depfile(const KitRequest& request, std::vector<std::string> inputs,
                   const std::vector<std::string>& outputs) {
    std::erase(inputs, pipe_name);
    const std::string rule = depfile_text(outputs, inputs);
    write_file(request.depfile, bytes_of(rule),
               request.no_clobber ? Overwrite::no : Overwrite::yes);
}

}  // namespace

void export_kits(const KitRequest& request, Reporter& reporter) {
    const GivenKits given = take_kits(request.kit);
    std::vector<Export> exports = planned(request, given.kits);
    for (const std::string& note : given.notes) {
        reporter.note(note);
    }
    if (request.list) {
        for (const Export& one : exports) {
            write_stdout(request.json ? list_json(one.plan)
                                      : list_text(one.plan, is_for_hydrogen(request)));
        }
        return;
    }
    std::optional<Beat> beat;
    if (!request.beat.empty()) {
        beat = beat_of(request, exports.size());
    }
    const KitOutputs outputs = check_outputs(request, given, exports);
    if (outputs.is_input_replaced) {
        reporter.note(given.path + " is written again onto itself");
    }
    if (request.dry_run) {
        return;
    }
    if (beat) {
        write_beat(request, exports.front().plan, *beat, reporter);
    }
    if (request.output.empty()) {
        return;
    }
    const std::vector<KitTarget>& first = exports.front().targets;
    const bool has_zip = std::any_of(first.begin(), first.end(), [](const KitTarget& target) {
        return target.format->shape == KitShape::zip;
    });
    const std::jthread preparation = has_zip ? prepare_zip() : std::jthread();
    for (Export& one : exports) {
        export_one(request, one, reporter);
        one.plan = {};  // its sounds take memory
    }
    if (!request.depfile.empty()) {
        write_depfile(request, given.files, outputs.paths);
    }
}

std::string known_kits_text() {
    std::string text;
    for (const std::string& name : kit_names()) {
        const Preset* const kit = named(builtin_kits(), name);
        text +=
            kit == nullptr ? name + "\n" : formatted("{}{}\n", padded(name, 12), kit->description);
    }
    return text;
}

}  // namespace drumgen
