#include "kit/groove.h"

#include <algorithm>
#include <utility>

#include "base/json_writer.h"
#include "base/math.h"
#include "base/units.h"
#include "kit/kit_plan.h"
#include "param/kit_keys.h"
#include "render/post_chain.h"

namespace drumgen {
namespace {

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

double seconds_of(const Recording& loop) {
    return static_cast<double>(loop.sound.samples.size()) / loop.sound.sample_rate_hz;
}

double thousandths(double x) {
    return math::nearest(x, 1000);
}

}  // namespace

std::vector<GrooveNote> groove_of(const Recording& loop, const std::vector<LoopSlot>& slots) {
    std::vector<GrooveNote> notes;
    for (const LoopSlot& slot : slots) {
        for (const DrumStroke& stroke : slot.drum.strokes) {
            const double level_db = stroke.level_db - slot.drum.top_db;
            notes.push_back(
                {loop.hits[stroke.hit].at_s, stroke.hit, &slot, velocity_at(level_db), level_db});
        }
    }
    std::sort(notes.begin(), notes.end(), [](const GrooveNote& a, const GrooveNote& b) {
        return std::pair(a.hit, a.slot->key) < std::pair(b.hit, b.slot->key);
    });
    return notes;
}

Tempo tempo_of_loop(const Recording& loop, const std::vector<GrooveNote>& notes) {
    if (loop.hits.size() < 2) {
        return {120, 0};
    }
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
    return tempo_of(at_s, weight, seconds_of(loop));
}

MidiSong groove_song(const Recording& loop, const std::vector<GrooveNote>& notes,
                     const Tempo& tempo, const std::string& name) {
    const double beats_per_s = tempo.bpm / 60;
    MidiSong song{tempo.bpm, seconds_of(loop) * beats_per_s, name, {}};
    for (const GrooveNote& note : notes) {
        song.notes.push_back({note.at_s * beats_per_s, note.slot->key, note.velocity});
    }
    return song;
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

}  // namespace drumgen
