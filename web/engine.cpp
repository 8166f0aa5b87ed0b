#include "engine.h"

#include <emscripten/emscripten.h>

#include <array>
#include <span>
#include <string>
#include <vector>

#include "answer.h"
#include "archive/sha256.h"
#include "base/bytes.h"
#include "base/choice.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "document/builtin_presets.h"
#include "drumgen/error.h"
#include "drumgen/instrument.h"
#include "drumgen/patch_json.h"
#include "drumgen/render.h"
#include "explore/mutate.h"
#include "explore/row_patterns.h"
#include "explore/sampler.h"
#include "measure/features.h"
#include "measure/features_json.h"
#include "measure/spectrogram.h"
#include "param/note.h"
#include "param/wording.h"
#include "render/post_chain.h"
#include "sound_file/patch_wav.h"
#include "sound_file/sound_check.h"
#include "sound_file/wav.h"

namespace drumgen {
namespace {

constexpr int top_midi_velocity = 127;

void write_row(JsonWriter& writer, const Parameter& row) {
    writer.begin_object()
        .member("id", row.id.view())
        .member("unit", unit_symbol(row.unit))
        .member("is_log", row.curve == Curve::log)
        .member("min", row.allowed.min)
        .member("max", row.allowed.max)
        .member("standard", row.standard)
        .member("is_optional", row.optional)
        .member("layer", row.layer)
        .member("help", row.help)
        .list("choices", row.choices)
        .list("values", row.values)
        .end();
}

void write_rows(JsonWriter& writer, std::string_view key, std::span<const Parameter> rows) {
    writer.key(key).begin_list();
    for (const Parameter& row : rows) {
        write_row(writer, row);
    }
    writer.end();
}

Answer description() {
    JsonWriter writer;
    writer.begin_object().member("sound_version", sound_version).key("instruments").begin_list();
    for (const Instrument* instrument : instruments()) {
        writer.begin_object()
            .member("name", instrument->name)
            .member("summary", instrument->summary);
        write_rows(writer, "parameters", instrument->parameters);
        writer.key("presets").begin_list();
        for (const Preset& preset : builtin_presets()) {
            if (preset.name.starts_with(std::string(instrument->name) + "/")) {
                writer.begin_object()
                    .member("name", preset.name)
                    .member("description", preset.description)
                    .end();
            }
        }
        writer.end().end();
    }
    writer.end();
    write_rows(writer, "settings", render_parameters());
    writer.key("velocity_gain").begin_list();
    for (int velocity = 0; velocity <= top_midi_velocity; ++velocity) {
        writer.value(velocity_gain(static_cast<double>(velocity) / top_midi_velocity));
    }
    writer.end();
    return {writer.end().text()};
}

/// What is told of a sound beside its samples.
enum class Told { samples, features, all };

constexpr std::array told_choices{Choice{"samples", Told::samples},
                                  Choice{"features", Told::features}, Choice{"all", Told::all}};

Answer rendered(const Patch& patch, Told told) {
    Answer made;
    made.sound = render(resolve(patch));
    JsonWriter writer;
    writer.begin_object()
        .member("patch", patch_to_json(patch))
        .member("rate_hz", made.sound.sample_rate_hz)
        .member("frames", made.sound.frames())
        .member("channels", made.sound.channels());
    if (told == Told::all) {
        const Interleaved interleaved(made.sound);
        const StoredSamples stored = quantise(interleaved.frames(), SampleFormat::int24);
        writer.member("sha256", sha256_hex(canonical_bytes(stored)));
    }
    if (told != Told::samples) {
        writer.member_json("features", features_json(measure_features(made.sound)));
    }
    made.text = writer.end().text();
    return made;
}

Answer wav_of(const Patch& patch, const char* bits) {
    const SampleFormat format = chosen("bits", bits, sample_format_choices);
    const Resolved resolved = resolve(patch);
    const Sound sound = render(resolved);
    (void)check_full_scale("patch", sound, format);
    return {"", wav_bytes(patch, resolved, sound, format)};
}

Answer proposed(const char* name, const char* seed, const char* index, std::string_view from) {
    const Instrument& instrument = find_instrument(name);
    const std::uint64_t of_set = seed_of(seed);
    const std::uint64_t place = index_of(index);
    if (from != "typical" && from != "uniform") {
        throw Error(Status::invalid,
                    formatted("from {} is not typical or uniform", in_quotes(from)));
    }
    const Patch patch = from == "typical" ? propose_typical(instrument, of_set, place)
                                          : propose_uniform(instrument, of_set, place);
    return {patch_to_json(patch, {.index = place})};
}

Answer mutation(const Patch& patch, double amount, const char* seed, const char* index,
                const std::string& locked) {
    check_fraction("amount", amount);
    const Freedom freedom = mutation_freedom(patch, {}, words_in(locked));
    return {patch_to_json(mutated(patch, amount, freedom, seed_of(seed), index_of(index)))};
}

Answer tuned(Patch patch, std::string_view note) {
    Stating stating;
    state_note_text(patch, note, stating);
    if (!stating.problems.empty()) {
        throw Error(Status::invalid, stating.problems);
    }
    return {patch_to_json(patch)};
}

Answer morphing(const Patch& from, const Patch& to, double share) {
    if (from.instrument != to.instrument) {
        throw Error(Status::invalid, formatted("a {} and a {} have nothing between them",
                                               from.instrument->name, to.instrument->name));
    }
    return {patch_to_json(between(from, to, share))};
}

Answer patch_in_file(std::span<const std::uint8_t> bytes) {
    std::string text = wav_tags(bytes).patch_json;
    if (text.empty() && (bytes.empty() || bytes.front() != '{')) {
        throw Error(Status::invalid,
                    "the file is no WAV that carries a patch, and no patch in JSON");
    }
    if (text.empty()) {
        text = text_in(bytes);
    }
    return {patch_to_json(patch_of(text))};
}

}  // namespace
}  // namespace drumgen

extern "C" {

using namespace drumgen;  // NOLINT(google-build-using-namespace)

EMSCRIPTEN_KEEPALIVE int drumgen_describe() {
    return answered(description);
}

EMSCRIPTEN_KEEPALIVE int drumgen_render(const char* patch, const char* told) {
    return answered([&] { return rendered(patch_of(patch), chosen("told", told, told_choices)); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_wav(const char* patch, const char* bits) {
    return answered([&] { return wav_of(patch_of(patch), bits); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_propose(const char* instrument, const char* seed,
                                         const char* index, const char* from) {
    return answered([&] { return proposed(instrument, seed, index, from); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_mutate(const char* patch, double amount, const char* seed,
                                        const char* index, const char* locked) {
    return answered([&] { return mutation(patch_of(patch), amount, seed, index, locked); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_morph(const char* from, const char* to, double share) {
    return answered([&] { return morphing(patch_of(from), patch_of(to), share); });
}

EMSCRIPTEN_KEEPALIVE int drumgen_tune(const char* patch, const char* note) {
    return answered([&] { return tuned(patch_of(patch), note); });
}

EMSCRIPTEN_KEEPALIVE const float* drumgen_spectrogram(int columns, int rows) {
    static std::vector<float> levels;
    constexpr double low_hz = 30;
    constexpr double high_hz = 20000;
    levels = spectrogram(mid_of(answer().sound), columns, rows, low_hz, high_hz).level_db;
    return levels.data();
}

EMSCRIPTEN_KEEPALIVE int drumgen_preset(const char* name) {
    return answered([&] { return Answer{patch_to_json(preset_patch(name))}; });
}

EMSCRIPTEN_KEEPALIVE int drumgen_patch(const char* patch) {
    return answered([&] { return Answer{patch_to_json(patch_of(patch))}; });
}

EMSCRIPTEN_KEEPALIVE int drumgen_file(const std::uint8_t* bytes, std::size_t count) {
    return answered([&] { return patch_in_file({bytes, count}); });
}

EMSCRIPTEN_KEEPALIVE const char* drumgen_text() {
    return answer().text.c_str();
}

EMSCRIPTEN_KEEPALIVE const std::uint8_t* drumgen_bytes() {
    return answer().bytes.data();
}

EMSCRIPTEN_KEEPALIVE std::size_t drumgen_byte_count() {
    return answer().bytes.size();
}

EMSCRIPTEN_KEEPALIVE const float* drumgen_samples(int channel) {
    const Sound& sound = answer().sound;
    return channel == 0 ? sound.samples.data() : sound.right.data();
}

EMSCRIPTEN_KEEPALIVE std::size_t drumgen_frame_count() {
    return answer().sound.frames();
}
}
