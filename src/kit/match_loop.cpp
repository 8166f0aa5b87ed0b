#include "kit/match_loop.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/math.h"
#include "base/text.h"
#include "base/units.h"
#include "drumgen/kit.h"
#include "drumgen/patch_json.h"
#include "input/patch_arguments.h"
#include "kit/kit_plan.h"
#include "kit/levels.h"
#include "kit/loop_names.h"
#include "match/difference_words.h"
#include "match/loop_drums.h"
#include "match/tempo.h"
#include "midi/midi_file.h"
#include "param/kit_keys.h"
#include "render/loudness.h"
#include "render/post_chain.h"
#include "session/match_hit.h"
#include "session/recording_file.h"
#include "system/file.h"
#include "system/output_file.h"
#include "system/output_registry.h"

namespace drumgen {
namespace {

constexpr std::string_view midi_ending = ".mid";
constexpr std::string_view lines_ending = ".jsonl";

/// A drum of a loop as a slot of a kit.
struct LoopSlot {
    LoopDrum drum;
    std::string name;
    int key = 0;
    Match match{};
    double gain_db = 0;  ///< of the slot beside what a kit gives it
};

/// One stroke of the groove.
struct GrooveNote {
    double at_s = 0;
    std::size_t hit = 0;  ///< from 0
    const LoopSlot* slot = nullptr;
    int velocity = 0;
    double level_db = 0;  ///< below the drum's loudest
};

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

/// The velocity at which the engine is that much softer than at its hardest.
int velocity_at(double level_db) {
    int nearest = 1;
    double least = 1e9;
    for (int velocity = 1; velocity <= static_cast<int>(top_velocity); ++velocity) {
        const double away = db_from_gain(velocity_gain(velocity / top_velocity)) - level_db;
        if ((away < 0 ? -away : away) < least) {
            least = away < 0 ? -away : away;
            nearest = velocity;
        }
    }
    return nearest;
}

/// The keys that an exported kit gives these slots.
void give_keys(std::vector<LoopSlot>& slots) {
    Kit kit;
    for (const LoopSlot& slot : slots) {
        Patch patch;
        patch.instrument = slot.drum.instrument;
        kit.slots.push_back({slot.name, patch});
    }
    for (const KitVoice& voice : plan_kit(kit, SampleFormat::int24).voices) {
        const auto slot = std::find_if(slots.begin(), slots.end(), [&voice](const LoopSlot& one) {
            return one.name == voice.name;
        });
        slot->key = voice.key;
    }
}

/// Decides how loud each slot is beside what a kit would make it, so that all are as they are in
/// the loop. The loudest has nothing added.
void give_levels(std::vector<LoopSlot>& slots) {
    double most = -1000;
    for (LoopSlot& slot : slots) {
        const Sound sound = mid_of(render(resolve(slot.match.patch)));
        const double length_s = static_cast<double>(sound.samples.size()) / sound.sample_rate_hz;
        const HitTable table = table_of_hit(sound, {.length_s = length_s});
        const double in_loop_db = slot.drum.top_db - stroke_level_db(table);
        const double in_kit_db = target_lu(slot.key) - loudness_lufs(sound);
        slot.gain_db = in_loop_db - in_kit_db;
        most = std::max(most, slot.gain_db);
    }
    for (LoopSlot& slot : slots) {
        slot.gain_db =
            std::max(math::nearest(slot.gain_db - most, 10), kit_keys::gain_range_db.min);
    }
}

std::vector<GrooveNote> groove_of(const Recording& recording, const std::vector<LoopSlot>& slots) {
    std::vector<GrooveNote> notes;
    for (const LoopSlot& slot : slots) {
        for (const DrumStroke& stroke : slot.drum.strokes) {
            const double level_db = stroke.level_db - slot.drum.top_db;
            notes.push_back({recording.hits[stroke.hit].at_s, stroke.hit, &slot,
                             velocity_at(level_db), level_db});
        }
    }
    std::sort(notes.begin(), notes.end(), [](const GrooveNote& a, const GrooveNote& b) {
        return std::pair(a.hit, a.slot->key) < std::pair(b.hit, b.slot->key);
    });
    return notes;
}

Tempo tempo_of_loop(const Recording& recording, const std::vector<GrooveNote>& notes) {
    std::vector<double> at_s;
    std::vector<double> weight;
    for (const GrooveNote& note : notes) {
        if (!at_s.empty() && note.at_s == at_s.back()) {
            weight.back() += velocity_gain(note.velocity / top_velocity);
        } else {
            at_s.push_back(note.at_s);
            weight.push_back(velocity_gain(note.velocity / top_velocity));
        }
    }
    const double length_s =
        static_cast<double>(recording.sound.samples.size()) / recording.sound.sample_rate_hz;
    return tempo_of(at_s, weight, length_s);
}

double thousandths(double x) {
    return math::nearest(x, 1000);
}

std::string midi_groove(const Recording& recording, const std::vector<GrooveNote>& notes,
                        const Tempo& tempo, const std::string& name) {
    const double beats_per_s = tempo.bpm / 60;
    MidiSong song{tempo.bpm, 0, name, {}};
    const double length_s =
        static_cast<double>(recording.sound.samples.size()) / recording.sound.sample_rate_hz;
    song.beats = length_s * beats_per_s;
    for (const GrooveNote& note : notes) {
        song.notes.push_back({note.at_s * beats_per_s, note.slot->key, note.velocity});
    }
    return midi_file(song);
}

std::string groove_lines(const std::vector<GrooveNote>& notes, const Tempo& tempo) {
    JsonWriter head;
    std::string lines = head.begin_object()
                            .member("bpm", thousandths(tempo.bpm))
                            .member("uncertainty", thousandths(tempo.uncertainty))
                            .end()
                            .text() +
                        "\n";
    for (const GrooveNote& note : notes) {
        JsonWriter writer;
        lines += writer.begin_object()
                     .member("hit", note.hit + 1)
                     .member("at_s", thousandths(note.at_s))
                     .member("beat", thousandths(note.at_s * tempo.bpm / 60))
                     .member("slot", note.slot->name)
                     .member(kit_keys::key, note.slot->key)
                     .member(kit_keys::velocity, note.velocity)
                     .member("level_db", thousandths(note.level_db))
                     .end()
                     .text() +
                 "\n";
    }
    return lines;
}

std::vector<LoopSlot> slots_of_loop(const Recording& recording) {
    std::vector<LoopSlot> slots;
    std::vector<LoopDrum> drums = drums_of_loop(recording.sound, recording.hits);
    const std::vector<std::string> names = loop_drum_names(drums);
    for (std::size_t k = 0; k < drums.size(); ++k) {
        slots.push_back({std::move(drums[k]), names[k]});
    }
    give_keys(slots);
    std::sort(slots.begin(), slots.end(),
              [](const LoopSlot& a, const LoopSlot& b) { return a.key < b.key; });
    return slots;
}

std::string line_of(const LoopSlot& slot) {
    std::vector<std::size_t> hits;
    for (const DrumStroke& stroke : slot.drum.strokes) {
        hits.push_back(stroke.hit + 1);
    }
    PatchTold told;
    told.distance_db = math::nearest(slot.match.difference.level_db, 100);
    told.differs = difference_words(slot.drum.table, slot.match.table);
    told.gain_db = slot.gain_db;
    told.hit = slot.drum.cleanest + 1;
    told.hits = std::move(hits);
    return patch_to_json(slot.match.patch, told) + "\n";
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
    if (recording.hits.size() > max_loop_hits) {
        refuse_loop(message(input_place(word), "",
                            formatted("has {} hits, more than {}; cut it into parts, or lower "
                                      "--sensitivity",
                                      recording.hits.size(), max_loop_hits)));
    }
    std::vector<LoopSlot> slots = slots_of_loop(recording);
    reporter.begin(slots.size());
    std::string lines;
    for (LoopSlot& slot : slots) {
        slot.match = match_hit(recording, recording.hits[slot.drum.cleanest], slot.drum.table,
                               *slot.drum.instrument, request.match, request.match.jobs)
                         .front();
        slot.match.patch.name = slot.name;
        reporter.step(0);
    }
    reporter.end();
    give_levels(slots);
    for (const LoopSlot& slot : slots) {
        lines += line_of(slot);
    }
    const std::vector<GrooveNote> groove = groove_of(recording, slots);
    Tempo tempo = recording.hits.size() > 1 ? tempo_of_loop(recording, groove) : Tempo{120, 0};
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
                ? midi_groove(recording, groove, tempo, recording_name(word, 1))
                : groove_lines(groove, tempo);
        write_file(request.groove, bytes_of(text), Overwrite::yes);
    }
    write_stdout(lines);
    return Status::done;
}

}  // namespace drumgen
