#include <emscripten/emscripten.h>

#include <optional>
#include <span>
#include <string_view>

#include "answer.h"
#include "archive/tar_gz.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "document/builtin_presets.h"
#include "document/kit_json.h"
#include "document/kit_of_lines.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "engine.h"
#include "kit/beat.h"
#include "kit/kit_format.h"
#include "kit/kit_info.h"
#include "kit/musical_key.h"
#include "kit/propose_kit.h"
#include "kit/render_kit.h"
#include "midi/midi_file.h"
#include "midi/patterns.h"
#include "param/kit_keys.h"

namespace drumgen {
namespace {

/// A kit of its name, of JSON as a kit's file, kit_info.json, or the lines of patches.
Kit kit_of(const std::string& text) {
    KitReading reading;
    reading.place = "kit";
    reading.patch_of = preset_patch;
    const Preset* const known = named(builtin_kits(), text);
    const std::string json = known != nullptr ? known->json : text;
    Kit kit =
        is_patch_lines(json) ? kit_of_patch_lines(json, reading) : kit_from_json(json, reading);
    if (kit.name.empty()) {
        kit.name = known != nullptr ? known->name : "kit";
    }
    for (Slot& slot : kit.slots) {
        slot.patch.index.reset();
    }
    return kit;
}

Answer told_kit(const std::string& text) {
    const Kit kit = kit_of(text);
    const KitPlan plan = plan_kit(kit, SampleFormat::int24);
    JsonWriter writer;
    writer.begin_object()
        .member(kit_keys::name, plan.name)
        .member(kit_keys::velocities, plan.velocities)
        .member(kit_keys::round_robins, plan.round_robins)
        .key(kit_keys::slots)
        .begin_list();
    for (const KitVoice& voice : plan.voices) {
        writer.begin_object()
            .member(kit_keys::name, voice.name)
            .member(kit_keys::key, voice.key)
            .member(kit_keys::choke, voice.choke)
            .member(kit_keys::gain_db, voice.gain_db)
            .member(kit_keys::pan, voice.pan)
            .member(kit_keys::patch, patch_to_json(voice.patch))
            .list("more_keys", voice.more_keys)
            .end();
    }
    return {writer.end().end().text()};
}

Answer kit_levels(const std::string& text, std::string_view levels) {
    KitPlan plan = plan_kit(kit_of(text), SampleFormat::int24);
    KitLayers layers = layers_of(plan);
    for (LayerSounds& layer : layers.loudest) {
        render_layer(layer);
    }
    JsonWriter writer;
    writer.begin_object()
        .list("notes", set_levels(plan, layers, chosen("levels", levels, level_choices)))
        .key("level_db")
        .begin_list();
    for (const KitVoice& voice : plan.voices) {
        writer.value(voice.level_db);
    }
    return {writer.end().end().text()};
}

Answer exported(const std::string& text, std::string_view format_name, std::string_view bits,
                std::string_view levels) {
    const KitFormat& format = find_kit_format("format", format_name);
    KitPlan plan = plan_kit(kit_of(text), chosen("bits", bits, sample_format_choices));
    const std::vector<std::string> notes = render_kit(plan, chosen("levels", levels, level_choices),
                                                      1, {[](const KitSize&) {}, [](double) {}});
    Answer kit;
    JsonWriter writer;
    writer.begin_object()
        .list("notes", notes)
        .member("name", plan.stem + std::string(format.extension))
        .member("is_zip", format.shape == KitShape::zip || format.shape == KitShape::folder);
    const std::vector<KitFile> files =
        format.files(plan, kit_info_json(plan, DRUMGEN_VERSION, "", true) + "\n");
    if (format.shape == KitShape::tar_gz) {
        kit.files.emplace_back("", make_tar_gz(files));
    } else {
        for (const KitFile& file : files) {
            kit.files.emplace_back(file.path(),
                                   std::vector(file.bytes().begin(), file.bytes().end()));
        }
    }
    kit.text = writer.end().text();
    return kit;
}

std::string song_json(const MidiSong& song) {
    JsonWriter writer;
    writer.begin_object()
        .member("bpm", song.bpm)
        .member("beats", song.beats)
        .member("name", song.name)
        .key("notes")
        .begin_list();
    for (const MidiNote& note : song.notes) {
        writer.begin_list().value(note.beat).value(note.key).value(note.velocity).end();
    }
    return writer.end().end().text();
}

Answer formats_and_patterns() {
    JsonWriter writer;
    writer.begin_object().key("formats").begin_list();
    for (const KitFormat* format : kit_formats()) {
        writer.begin_object().member("name", format->name).member("summary", format->summary).end();
    }
    writer.end().key("kits").begin_list();
    for (const Preset& kit : builtin_kits()) {
        writer.begin_object().member("name", kit.name).member("description", kit.description).end();
    }
    writer.end().key("patterns").begin_object();
    for (const Pattern& pattern : patterns()) {
        writer.member_json(pattern.name, song_json(pattern.song));
    }
    return {writer.end().end().text()};
}

Answer beat(const std::string& text, std::span<const std::uint8_t> midi, std::string_view bits,
            std::string_view levels) {
    const SampleFormat format = chosen("bits", bits, sample_format_choices);
    const KitPlan plan = plan_kit(kit_of(text), format);
    std::vector<std::string> notes;
    Answer made;
    made.sound = play_beat(plan, midi_song(midi, "pattern"),
                           chosen("levels", levels, level_choices), 1, notes);
    WavTags tags;
    tags.title = plan.name;
    const Interleaved interleaved(made.sound);
    made.bytes = encode_wav(interleaved.frames(), format,
                            static_cast<std::uint32_t>(made.sound.sample_rate_hz), tags);
    made.text = listed(notes, "\n");
    return made;
}

Answer proposed_kit(const std::string& seed, const std::string& index, const std::string& key,
                    double tempo_bpm) {
    const std::optional<MusicalKey> in_key = wished_key("key", key);
    if (!(tempo_bpm >= kit_tempo_bpm.min && tempo_bpm <= kit_tempo_bpm.max)) {
        throw Error(Status::invalid, formatted("tempo is not a number from {} to {} beats a minute",
                                               number_to_text(kit_tempo_bpm.min),
                                               number_to_text(kit_tempo_bpm.max)));
    }
    return {proposed_kit_json(propose_kit(in_key, tempo_bpm, seed_of(seed), index_of(index)))};
}

MidiSong song_of(std::span<const double> notes, double bpm, double beats, const std::string& name) {
    if (!(bpm >= lowest_bpm && bpm <= highest_bpm)) {
        throw Error(Status::invalid,
                    formatted("tempo is not a number from {} to {}", number_to_text(lowest_bpm),
                              number_to_text(highest_bpm)));
    }
    MidiSong song{bpm, beats, name, {}};
    for (std::size_t k = 0; k + 2 < notes.size(); k += 3) {
        song.notes.push_back(
            {notes[k], static_cast<int>(notes[k + 1]), static_cast<int>(notes[k + 2])});
    }
    return song;
}

}  // namespace
}  // namespace drumgen

extern "C" {

using namespace drumgen;  // NOLINT(google-build-using-namespace)

EMSCRIPTEN_KEEPALIVE int drumgen_kits() {
    return answered(formats_and_patterns);
}

EMSCRIPTEN_KEEPALIVE int drumgen_kit(const char* kit) {
    return answered([&] { return told_kit(kit); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_propose_kit(const char* seed, const char* index, const char* key,
                                             double tempo_bpm) {
    return answered([&] { return proposed_kit(seed, index, key, tempo_bpm); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_kit_levels(const char* kit, const char* levels) {
    return answered([&] { return kit_levels(kit, levels); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_export_kit(const char* kit, const char* format, const char* bits,
                                            const char* levels) {
    return answered([&] { return exported(kit, format, bits, levels); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_beat(const char* kit, const std::uint8_t* midi, std::size_t count,
                                      const char* bits, const char* levels) {
    return answered([&] { return beat(kit, {midi, count}, bits, levels); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_song(const std::uint8_t* midi, std::size_t count) {
    return answered([&] { return Answer{song_json(midi_song({midi, count}, "file"))}; });
}

EMSCRIPTEN_KEEPALIVE int drumgen_midi(const double* notes, std::size_t count, double bpm,
                                      double beats, const char* name) {
    return answered([&] {
        const std::string file = midi_file(song_of({notes, 3 * count}, bpm, beats, name));
        return Answer{"", {file.begin(), file.end()}};
    });
}

EMSCRIPTEN_KEEPALIVE std::size_t drumgen_file_count() {
    return answer().files.size();
}

EMSCRIPTEN_KEEPALIVE const char* drumgen_file_path(std::size_t file) {
    return answer().files[file].path().c_str();
}

EMSCRIPTEN_KEEPALIVE const std::uint8_t* drumgen_file_bytes(std::size_t file) {
    return answer().files[file].bytes().data();
}

EMSCRIPTEN_KEEPALIVE std::size_t drumgen_file_size(std::size_t file) {
    return answer().files[file].bytes().size();
}
}
