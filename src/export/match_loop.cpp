#include "export/match_loop.h"

#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "input/patch_arguments.h"
#include "kit/groove.h"
#include "kit/loop_kit.h"
#include "midi/midi_file.h"
#include "session/recording_file.h"
#include "system/file.h"
#include "system/output_file.h"
#include "system/output_registry.h"

namespace drumgen {
namespace {

constexpr std::string_view midi_ending = ".mid";
constexpr std::string_view lines_ending = ".jsonl";

[[noreturn]] void refuse_loop(const std::string& problem) {
    throw Error(Status::invalid, problem);
}

void check_groove(const LoopRequest& request) {
    const std::string& path = request.groove;
    if (path.empty()) {
        return;
    }
    if (!path.ends_with(midi_ending) && !path.ends_with(lines_ending)) {
        refuse_loop(formatted("--groove {} is no name of a groove; end it with {} or {}",
                              in_quotes(path), midi_ending, lines_ending));
    }
    OutputRegistry registry;
    registry.reads(request.match.words.front());
    registry.plan({"--groove", path});
    registry.check();
    if (const std::string problem = target_problem(path, Overwrite::yes); !problem.empty()) {
        throw Error(Status::failed, problem);
    }
}

}  // namespace

Status match_loop(const LoopRequest& request, Reporter& reporter) {
    if (request.match.words.size() != 1) {
        refuse_loop(request.match.words.empty()
                        ? "match: of which recording? Name a sound file, or - for standard input"
                        : "--all-hits takes one recording; give them one after the other");
    }
    check_groove(request);
    const std::string& word = request.match.words.front();
    std::vector<std::string> notes;
    const Recording recording = read_recording(word, request.match.sensitivity, notes);
    for (const std::string& note : notes) {
        reporter.note(note);
    }
    std::vector<LoopSlot> slots = loop_slots(recording, input_place(word));
    reporter.begin(slots.size());
    std::string lines;
    MatchOptions options = request.match.options;
    options.threads = request.match.jobs;
    for (LoopSlot& slot : slots) {
        match_slot(recording, slot, options);
        reporter.step(0);
    }
    reporter.end();
    give_levels(slots);
    for (const LoopSlot& slot : slots) {
        lines += loop_slot_json(slot) + "\n";
    }
    const std::vector<GrooveNote> groove = groove_of(recording, slots);
    Tempo tempo = tempo_of_loop(recording, groove);
    std::string told = formatted("{}: {} {}, {} {}", input_place(word), slots.size(),
                                 slots.size() == 1 ? "drum" : "drums", recording.hits.size(),
                                 recording.hits.size() == 1 ? "hit" : "hits");
    if (request.bpm) {
        tempo = {*request.bpm, 0};
    } else if (recording.hits.size() > 1) {
        told += formatted(", {} BPM (give or take {}; --bpm says another)", fixed(tempo.bpm, 2),
                          fixed(tempo.uncertainty, 2));
    }
    reporter.note(told);
    if (!request.groove.empty()) {
        const std::string text =
            request.groove.ends_with(midi_ending)
                ? midi_file(groove_song(recording, groove, tempo, recording_name(word, 1)))
                : groove_lines(groove, tempo);
        write_file(request.groove, bytes_of(text), Overwrite::yes);
    }
    write_stdout(lines);
    return Status::done;
}

}  // namespace drumgen
