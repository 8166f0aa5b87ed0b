#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/bytes.h"
#include "base/math.h"
#include "base/units.h"
#include "base/utf8.h"
#include "drumgen/error.h"
#include "kit/kit_format.h"
#include "param/slot_name.h"
#include "sound_file/sound_check.h"
#include "sound_file/sound_file.h"

// SoundFont 2.01: RIFF with a list of information, one of sample data, and one of nine tables that
// hold each other by index. Source: "SoundFont Technical Specification", version 2.01, E-mu
// Systems, 1996.

namespace drumgen {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Generators in use, chapter 8.1.2.
enum Generator : std::uint16_t {
    pan = 17,
    release_volume_envelope = 38,
    instrument = 41,
    key_range = 43,
    velocity_range = 44,
    initial_attenuation = 48,
    sample_id = 53,
    sample_modes = 54,
    exclusive_class = 57,
    overriding_root_key = 58,
};

void put_zeros(Bytes& bytes, std::size_t count) {
    bytes.resize(bytes.size() + count);
}

/// A name in a field of 20 bytes, the last one zero; ASCII, as the format has it.
void put_name(Bytes& bytes, std::string_view name) {
    constexpr std::size_t field = 20;
    std::string text;
    for (const Character& character : characters_of(name)) {
        text += character.is_valid && character.code < 0x80 ? character.bytes : "_";
    }
    text.resize(field - 1);
    bytes.insert(bytes.end(), text.begin(), text.end());
    bytes.push_back(0);
}

void put_chunk(Bytes& bytes, std::string_view id, const Bytes& content) {
    bytes.insert(bytes.end(), id.begin(), id.end());
    put_little_endian(bytes, content.size(), 4);
    bytes.insert(bytes.end(), content.begin(), content.end());
    bytes.resize(bytes.size() + content.size() % 2);
}

/// A list is a chunk whose content begins with its name.
void put_list(Bytes& bytes, std::string_view name, Bytes chunks) {
    chunks.insert(chunks.begin(), name.begin(), name.end());
    put_chunk(bytes, "LIST", chunks);
}

/// Samples in 16 bits at full level, and what they are turned down by again.
struct StoredSample {
    std::vector<Bytes> channels;  ///< one, or left and right
    std::size_t count = 0;        ///< frames
    std::uint32_t rate_hz = 0;
    double attenuation_db = 0;

    [[nodiscard]] bool is_stereo() const { return channels.size() > 1; }
};

/// The frames of a channel, scaled.
Bytes frames_of(const Signal& channel, double scale) {
    Bytes frames;
    for (const float x : channel) {
        const auto value =
            static_cast<std::int64_t>(math::floor(static_cast<double>(x) * scale * 32767 + 0.5));
        put_little_endian(
            frames, static_cast<std::uint64_t>(std::clamp<std::int64_t>(value, -32768, 32767)), 2);
    }
    return frames;
}

StoredSample stored(const KitSample& sample) {
    const WavFile wav = decode_wav(sample.wav, sample.file);
    const Sound sound = as_sound(wav.samples, wav.rate_hz);
    const double peak = peak_of(sound);
    // A soft layer would lose half of its bits.
    constexpr double full = 0.95;
    const double scale = peak > 0 ? full / peak : 1;
    StoredSample out;
    out.count = sound.frames();
    out.rate_hz = wav.rate_hz;
    out.attenuation_db = std::max(db_from_gain(scale), 0.0);
    out.channels.push_back(frames_of(sound.samples, scale));
    if (sound.is_stereo()) {
        out.channels.push_back(frames_of(sound.right, scale));
    }
    return out;
}

/// The tables, while they are filled. Each row of a bag tells where its generators and modulators
/// begin.
struct Tables {
    Bytes frames;
    Bytes preset_bags;
    Bytes preset_generators;
    Bytes instruments;
    Bytes bags;
    Bytes modulators;
    Bytes generators;
    Bytes samples;
    std::uint16_t sample_count = 0;

    void generator(Generator what, int value) {
        put_little_endian(generators, what, 2);
        put_little_endian(generators, static_cast<std::uint16_t>(value), 2);
    }
    void range(Generator what, int low, int high) { generator(what, low | high << 8); }
    void begin_bag() {
        put_little_endian(bags, generators.size() / 4, 2);
        put_little_endian(bags, modulators.size() / 10, 2);
    }

    /// In place of a modulator that every player has by itself.
    ///   source   controller and curve, chapter 8.2
    void modulator(int source, Generator target, int amount) {
        put_little_endian(modulators, static_cast<std::uint64_t>(source), 2);
        put_little_endian(modulators, target, 2);
        put_little_endian(modulators, static_cast<std::uint16_t>(amount), 2);
        put_little_endian(modulators, 0, 2);  // no second source
        put_little_endian(modulators, 0, 2);  // linear
    }
};

/// What a sample is, chapter 7.10.
enum SampleKind : std::uint16_t { mono_sample = 1, right_sample = 2, left_sample = 4 };

/// Samples are parted by silence, which players read when they interpolate.
///   linked   index of the other channel's sample; of one channel 0
void add_sample(Tables& tables, const std::string& name, const Bytes& frames,
                const StoredSample& data, SampleKind kind, std::size_t linked) {
    constexpr std::size_t silent_frames = 46;
    const std::size_t start = tables.frames.size() / 2;
    const std::size_t end = start + data.count;
    tables.frames.insert(tables.frames.end(), frames.begin(), frames.end());
    tables.frames.resize(tables.frames.size() + 2 * silent_frames);
    put_name(tables.samples, name);
    for (const std::size_t place : {start, end, start, end}) {
        put_little_endian(tables.samples, place, 4);  // the loop is not used
    }
    put_little_endian(tables.samples, data.rate_hz, 4);
    put_little_endian(tables.samples, 60, 1);  // its key, overridden by the zone
    put_little_endian(tables.samples, 0, 1);   // no correction
    put_little_endian(tables.samples, linked, 2);
    put_little_endian(tables.samples, kind, 2);
    ++tables.sample_count;
}

/// Gain over velocity inside a layer: the curve that players have, 40 log10(127 / velocity) dB,
/// flattened until it falls as far from the top of the layer to its bottom as the engine's does.
struct VelocityCurve {
    double share = 0;      ///< of that curve
    double at_top_db = 0;  ///< what it takes away at the top of the layer
};

VelocityCurve velocity_curve(const KitLayer& layer, double attenuation_db) {
    const double fall_db = -db_from_gain(gain_in_layer(layer, layer.low_velocity));
    const double range_db =
        2 * db_from_gain(static_cast<double>(layer.high_velocity) / layer.low_velocity);
    const double top_db = 2 * db_from_gain(top_velocity / layer.high_velocity);
    VelocityCurve curve;
    curve.share = range_db > 0 ? fall_db / range_db : 0;
    if (top_db > 0) {
        // There is no gain above 1 that could give more back.
        curve.share = std::min(curve.share, attenuation_db / top_db);
    }
    curve.at_top_db = curve.share * top_db;
    return curve;
}

/// Where a sample is played.
struct Zone {
    int key = 0;
    double pan_place = 0;  ///< -1..1
    double attenuation_db = 0;
    std::size_t sample = 0;
};

void add_zone(Tables& tables, const KitVoice& voice, const KitLayer& layer, const Zone& zone) {
    constexpr int from_velocity = 0x0502;         // concave, falling
    constexpr int from_velocity_linear = 0x0102;  // falling
    constexpr auto filter_cutoff = static_cast<Generator>(8);
    constexpr double full_curve = 960;       // centibels, of a player's own modulator
    constexpr double attenuation_unit = 25;  // a dB: centibels, of which E-mu's chips took 0.4
    constexpr int most_attenuation = 1440;
    constexpr int release_timecents = 5186;  // 20 s: a hit rings out when its key is let go of
    constexpr double full_pan = 500;
    const VelocityCurve curve = velocity_curve(layer, zone.attenuation_db);
    const double fixed = attenuation_unit * (zone.attenuation_db - curve.at_top_db);
    tables.begin_bag();
    tables.range(key_range, zone.key, zone.key);
    tables.range(velocity_range, layer.low_velocity, layer.high_velocity);
    tables.generator(pan, static_cast<int>(math::floor(zone.pan_place * full_pan + 0.5)));
    tables.generator(release_volume_envelope, release_timecents);
    tables.generator(initial_attenuation,
                     std::clamp(static_cast<int>(math::floor(fixed + 0.5)), 0, most_attenuation));
    tables.generator(sample_modes, 0);
    if (voice.choke != 0) {
        tables.generator(exclusive_class, voice.choke);
    }
    tables.generator(overriding_root_key, zone.key);
    tables.generator(sample_id, static_cast<int>(zone.sample));
    tables.modulator(from_velocity, initial_attenuation,
                     static_cast<int>(math::floor(curve.share * full_curve + 0.5)));
    // The layers have the timbre of their velocities; no filter takes from it.
    tables.modulator(from_velocity_linear, filter_cutoff, 0);
}

void add_voice(Tables& tables, const KitVoice& voice) {
    const std::size_t index = tables.instruments.size() / 22;
    put_name(tables.instruments, voice.name);
    put_little_endian(tables.instruments, tables.bags.size() / 4, 2);
    put_little_endian(tables.preset_bags, tables.preset_generators.size() / 4, 2);
    put_little_endian(tables.preset_bags, 0, 2);
    put_little_endian(tables.preset_generators, instrument, 2);
    put_little_endian(tables.preset_generators, index, 2);
    for (const KitLayer& layer : voice.layers) {
        // The format knows no hits in turn.
        const KitSample& sample = layer.cycle.front();
        const StoredSample data = stored(sample);
        const std::string name = sample.file.substr(0, sample.file.rfind('.'));
        const std::size_t first = tables.sample_count;
        std::vector<Zone> zones;
        if (data.is_stereo()) {
            // Each channel has a side of its own, where a player has it 3 dB louder than in the middle.
            const double db = data.attenuation_db + doubled_power_db;
            zones = {{0, 2 * std::max(voice.pan, 0.0) - 1, db, first},
                     {0, 1 + 2 * std::min(voice.pan, 0.0), db, first + 1}};
            add_sample(tables, name + "L", data.channels[0], data, left_sample, first + 1);
            add_sample(tables, name + "R", data.channels[1], data, right_sample, first);
        } else {
            zones = {{0, voice.pan, data.attenuation_db, first}};
            add_sample(tables, name, data.channels.front(), data, mono_sample, 0);
        }
        for (const int key : keys_of(voice)) {
            for (Zone zone : zones) {
                zone.key = key;
                add_zone(tables, voice, layer, zone);
            }
        }
    }
}

/// Closes each table with the record that ends it.
void end(Tables& tables) {
    put_name(tables.instruments, "EOI");
    put_little_endian(tables.instruments, tables.bags.size() / 4, 2);
    tables.begin_bag();
    put_little_endian(tables.preset_bags, tables.preset_generators.size() / 4, 2);
    put_little_endian(tables.preset_bags, 0, 2);
    put_little_endian(tables.preset_generators, 0, 4);
    put_little_endian(tables.generators, 0, 4);
    put_zeros(tables.modulators, 10);
    put_name(tables.samples, "EOS");
    put_zeros(tables.samples, 26);
}

Bytes preset_headers(const KitPlan& plan, std::size_t zones) {
    constexpr int percussion_bank = 128;
    Bytes headers;
    put_name(headers, plan.name);
    put_little_endian(headers, 0, 2);  // preset
    put_little_endian(headers, percussion_bank, 2);
    put_little_endian(headers, 0, 2);  // first bag
    put_zeros(headers, 12);
    put_name(headers, "EOP");
    put_little_endian(headers, 0, 4);
    put_little_endian(headers, zones, 2);
    put_zeros(headers, 12);
    return headers;
}

Bytes information(const KitPlan& plan) {
    const auto text = [](std::string_view words) {
        constexpr std::size_t most = 255;
        Bytes bytes(words.begin(),
                    words.begin() + static_cast<std::ptrdiff_t>(std::min(words.size(), most)));
        bytes.resize(bytes.size() + 2 - bytes.size() % 2);  // ends with a zero, even
        return bytes;
    };
    Bytes list;
    put_chunk(list, "ifil", {2, 0, 1, 0});
    put_chunk(list, "isng", text("EMU8000"));
    put_chunk(list, "INAM", text(plan.name.empty() ? "kit" : plan.name));
    put_chunk(list, "ISFT", text("drumgen"));
    return list;
}

Bytes sound_font_of(const KitPlan& plan) {
    Tables tables;
    for (const KitVoice& voice : plan.voices) {
        add_voice(tables, voice);
    }
    end(tables);
    Bytes data;
    put_chunk(data, "smpl", tables.frames);
    Bytes articulation;
    put_chunk(articulation, "phdr", preset_headers(plan, plan.voices.size()));
    put_chunk(articulation, "pbag", tables.preset_bags);
    put_chunk(articulation, "pmod", Bytes(10));  // none but the record that ends them
    put_chunk(articulation, "pgen", tables.preset_generators);
    put_chunk(articulation, "inst", tables.instruments);
    put_chunk(articulation, "ibag", tables.bags);
    put_chunk(articulation, "imod", tables.modulators);
    put_chunk(articulation, "igen", tables.generators);
    put_chunk(articulation, "shdr", tables.samples);
    Bytes lists{'s', 'f', 'b', 'k'};
    put_list(lists, "INFO", information(plan));
    put_list(lists, "sdta", std::move(data));
    put_list(lists, "pdta", std::move(articulation));
    Bytes file;
    put_chunk(file, "RIFF", lists);
    return file;
}

std::vector<KitFile> sound_font_files(const KitPlan& plan, const std::string&) {
    return {{plan.stem + ".sf2", sound_font_of(plan)}};
}

}  // namespace

extern const KitFormat sound_font_format;
const KitFormat sound_font_format{"sf2", ".sf2",
                                  "SoundFont 2, 16 bits, the first hit of each cycle",
                                  KitShape::file, sound_font_files};

}  // namespace drumgen
