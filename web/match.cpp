#include <emscripten/emscripten.h>

#include <string_view>

#include "answer.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "drumgen/instrument.h"
#include "drumgen/patch_json.h"
#include "engine.h"
#include "kit/groove.h"
#include "kit/loop_kit.h"
#include "match/hit_line.h"
#include "match/match_hit.h"
#include "match/recognise.h"
#include "match/recording.h"
#include "sound_file/sound_file.h"

// Told while a match is looked for: sounds that were tried, and the nearest, when there is a nearer one.
EM_JS(void, tell_page, (double tried, const char* patch, double distance_db), {
    if (Module.told) {
        Module.told({tried : tried, patch : UTF8ToString(patch), distance_db : distance_db});
    }
});

namespace drumgen {
namespace {

/// What was recorded last, and what messages call it.
struct Recorded {
    Recording recording;
    std::string name;
};

Recorded& recorded() {
    static Recorded last;
    return last;
}

const Recording& last_recording() {
    if (recorded().recording.hits.empty()) {
        throw Error(Status::invalid, "there is no recording");
    }
    return recorded().recording;
}

Answer take(const Sound& sound, double sensitivity, const std::string& name) {
    check_fraction("sensitivity", sensitivity);
    if (sound.frames() > max_recording_frames) {
        throw Error(Status::invalid, message(name, "",
                                             formatted("has {} frames, at most {} are read",
                                                       sound.frames(), max_recording_frames)));
    }
    recorded() = {};
    std::vector<std::string> notes;
    recorded() = {recording_of(sound, sensitivity, name, notes), name};
    const Recording& recording = recorded().recording;
    JsonWriter writer;
    writer.begin_object()
        .member("rate_hz", recording.sound.sample_rate_hz)
        .member("frames", recording.sound.frames())
        .list("notes", notes)
        .key("hits")
        .begin_list();
    for (std::size_t k = 0; k < recording.hits.size(); ++k) {
        writer.begin_object();
        write_hit(writer, recording, k);
        writer.end();
    }
    return {writer.end().end().text()};
}

/// Tells the page how many were tried, and each nearer match.
MatchWatcher page_watcher() {
    return [nearest = 1e9](std::size_t tried, const Match& best) mutable {
        const double total = best.difference.total();
        const bool is_nearer = total < nearest;
        nearest = is_nearer ? total : nearest;
        const std::string patch = is_nearer ? patch_to_json(best.patch) : "";
        tell_page(static_cast<double>(tried), patch.c_str(), best.difference.level_db);
    };
}

MatchOptions options_of(int effort, const std::string& locks) {
    constexpr int least = 100;
    constexpr int most = 1'000'000;
    if (effort < least || effort > most) {
        throw Error(Status::invalid,
                    formatted("effort {} is not from {} to {}", effort, least, most));
    }
    MatchOptions options;
    options.evaluations = static_cast<std::size_t>(effort);
    options.lock = words_in(locks);
    options.watch = page_watcher();
    return options;
}

Answer matched(int number, std::string_view wanted_instrument, const MatchOptions& options) {
    const Recording& recording = last_recording();
    if (number < 1 || static_cast<std::size_t>(number) > recording.hits.size()) {
        throw Error(Status::invalid,
                    formatted("hit {} is not from 1 to {}", number, recording.hits.size()));
    }
    const Hit& hit = recording.hits[static_cast<std::size_t>(number) - 1];
    const HitTable wanted = table_of_hit(recording.sound, hit);
    const Instrument& instrument = wanted_instrument.empty()
                                       ? instrument_of(wanted, recorded().name)
                                       : find_instrument(wanted_instrument);
    const Match match = match_hit(recording, hit, wanted, instrument, options).front();
    return {patch_to_json(match.patch, told_of(wanted, match))};
}

Answer loop_kit(const MatchOptions& options) {
    const Recording& recording = last_recording();
    std::vector<LoopSlot> slots = loop_slots(recording, recorded().name);
    for (LoopSlot& slot : slots) {
        match_slot(recording, slot, options);
        tell_page(0, patch_to_json(slot.match.patch).c_str(), slot.match.difference.level_db);
    }
    give_levels(slots);
    Answer loop;
    for (const LoopSlot& slot : slots) {
        loop.text += loop_slot_json(slot) + "\n";
    }
    const std::vector<GrooveNote> groove = groove_of(recording, slots);
    const Tempo tempo = tempo_of_loop(recording, groove);
    const std::string song = midi_file(groove_song(recording, groove, tempo, recorded().name));
    loop.bytes.assign(song.begin(), song.end());
    return loop;
}

}  // namespace
}  // namespace drumgen

extern "C" {

using namespace drumgen;  // NOLINT(google-build-using-namespace)

EMSCRIPTEN_KEEPALIVE int drumgen_recording(const float* left, const float* right,
                                           std::size_t frames, double rate_hz, double sensitivity,
                                           const char* name) {
    return answered([&] {
        Sound sound;
        sound.samples.assign(left, left + frames);
        if (right != nullptr) {
            sound.right.assign(right, right + frames);
        }
        sound.sample_rate_hz = rate_hz;
        return take(sound, sensitivity, name);
    });
}

EMSCRIPTEN_KEEPALIVE int drumgen_recording_file(const std::uint8_t* bytes, std::size_t count,
                                                double sensitivity, const char* name) {
    return answered([&] {
        const SoundFile file =
            read_sound({bytes, count}, name, Channels::both_or_mean, max_recording_frames);
        return take(file.sound, sensitivity, name);
    });
}

EMSCRIPTEN_KEEPALIVE int drumgen_match(int hit, const char* instrument, int effort,
                                       const char* locks) {
    return answered([&] { return matched(hit, instrument, options_of(effort, locks)); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_loop(int effort) {
    return answered([&] { return loop_kit(options_of(effort, "")); });
}
}
