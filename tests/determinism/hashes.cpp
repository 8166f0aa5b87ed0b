// Prints the hash of the samples of a fixed list of patches, of what is measured of some, of a kit,
// and of patches that match some. Built in many ways, run on many CPUs: every line must be the same. Without libraries, so
// that it can be cross-compiled.
//   hashes [--reverse] [--threads N] [--list]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "archive/sha256.h"
#include "base/random.h"
#include "drumgen/render.h"
#include "dsp/peak_limiter.h"
#include "explore/learned.h"
#include "explore/sampler.h"
#include "kit/layer_sounds.h"
#include "match/loop_drums.h"
#include "match/recognise.h"
#include "match/recording.h"
#include "match/search.h"
#include "match/tempo.h"
#include "measure/features.h"
#include "param/normalise.h"
#include "param/render_table.h"
#include "param/state.h"
#include "render/loudness.h"
#include "render/stereo.h"

using namespace drumgen;

namespace {

constexpr int patches_per_instrument = 60;

/// Renders at every rate, quality and several velocities; every fourth patch sets rows of layers.
Patch listed_patch(const Instrument& instrument, int index) {
    Patch patch = sample_allowed(instrument, 60, static_cast<std::uint64_t>(index));
    Stating stating;
    const char* rates[] = {"48000", "44100", "96000", "88200"};
    state_render_text(patch, "rate", rates[index % 4], stating);
    state_render_text(patch, "quality", index % 5 == 4 ? "draft" : "high", stating);
    state_render_text(patch, "velocity", index % 3 == 2 ? "0.4" : "1", stating);
    if (index % 7 == 6) {
        state_render_text(patch, "duration", "0.5", stating);
    }
    if (index % 4 == 3) {
        for (std::size_t row = 0; row < patch.params.size(); ++row) {
            const Parameter& parameter = instrument.parameters[row];
            const RandomStream stream =
                random_stream(static_cast<std::uint64_t>(index), parameter.id);
            if (parameter.optional && random_uniform(stream, 0) < 0.3) {
                const double value = from_normalised(parameter, random_uniform(stream, 1));
                patch.params[row] = Value{value, Origin::given};
            }
        }
    }
    if (!stating.problems.empty()) {
        std::fprintf(stderr, "hashes: %s\n", stating.problems.front().c_str());
        std::exit(2);
    }
    return patch;
}

std::string name_of(const Instrument& instrument, const std::string& what) {
    return std::string(instrument.name) + "-" + what;
}

const Parameter& find_rate() {
    const std::span<const Parameter> rows = render_parameters();
    return *std::find_if(rows.begin(), rows.end(),
                         [](const Parameter& row) { return row.id.view() == "rate"; });
}

Patch at_rate(const Instrument& instrument, double rate_hz) {
    Patch patch = listed_patch(instrument, static_cast<int>(rate_hz / 1000) % 60);
    Stating stating;
    state_render_number(patch, "rate", rate_hz, stating);
    return patch;
}

std::string hash(const Sound& sound) {
    std::vector<std::uint8_t> bytes;
    for (const Signal* const channel : {&sound.samples, &sound.right}) {
        for (const float sample : *channel) {
            std::uint32_t bits = 0;
            std::memcpy(&bits, &sample, sizeof bits);
            for (int shift = 0; shift < 32; shift += 8) {
                bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
            }
        }
    }
    return sha256_hex(bytes);
}

void append_bits(std::vector<std::uint8_t>& bytes, double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    for (int shift = 0; shift < 64; shift += 8) {
        bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
    }
}

/// What a patch states, so that a new row changes nothing.
void append_patch(std::vector<std::uint8_t>& bytes, const Patch& patch) {
    append_bits(bytes, static_cast<double>(patch.seed));
    const auto append = [&bytes](std::span<const Parameter> rows, const Values& values) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (values[row]) {
                const std::string_view id = rows[row].id.view();
                bytes.insert(bytes.end(), id.begin(), id.end());
                append_bits(bytes, values[row]->value);
            }
        }
    };
    append(patch.instrument->parameters, patch.params);
    append(render_parameters(), patch.render);
}

/// Everything that is measured of some sounds of an instrument, on which levels and proposals rest.
std::string hash_of_measures(const Instrument& instrument) {
    constexpr int sounds = 4;
    std::vector<std::uint8_t> bytes;
    for (int index = 0; index < sounds; ++index) {
        const Sound sound = render(resolve(listed_patch(instrument, index)));
        const Features features = measure_features(sound);
        for (const FeatureRow& row : feature_rows()) {
            append_bits(bytes, features.*row.field);
        }
        for (const double band : features.octave_db) {
            append_bits(bytes, band);
        }
        append_bits(bytes, loudness_lufs(sound.samples, sound.sample_rate_hz));
    }
    return sha256_hex(bytes);
}

/// The typical drums that are proposed first: the specimens and the draws round them.
std::string hash_of_typical(const Instrument& instrument) {
    std::vector<std::uint8_t> bytes;
    for (std::uint64_t index = 0; index < 1000; ++index) {
        const Patch patch = propose_typical(instrument, 60, index);
        append_patch(bytes, patch);
    }
    return sha256_hex(bytes);
}

/// What is proposed to somebody who has rated 120 sounds of an instrument.
std::string hash_of_proposals(const Instrument& instrument) {
    const Patch base = empty_patch(instrument);
    const TasteSpace space(base, {moving_rows(base), true});
    std::vector<Patch> heard;
    for (std::uint64_t index = 0; index < 120; ++index) {
        heard.push_back(propose_uniform(instrument, 60, index));
    }
    std::vector<Label> labels;
    for (const Patch& patch : heard) {
        const std::vector<double> place = space.place_of(patch);
        labels.push_back({&patch, place[0] < 0.5 && place[1] > 0.3});
    }
    const Taste taste(space, labels);
    std::vector<std::uint8_t> bytes;
    for (const double explore : {0.0, 0.33}) {
        for (const LearnedPatch& one : learned_patches(space, taste, {20, 60, explore, {}})) {
            for (const auto& value : one.patch.params) {
                append_bits(bytes, value ? value->value : 0);
            }
            append_bits(bytes, one.opinion.score);
            append_bits(bytes, one.opinion.uncertainty);
        }
    }
    return sha256_hex(bytes);
}

/// The patches that match a sound of an instrument.
std::string hash_of_matches(const Instrument& instrument) {
    Patch patch = listed_patch(instrument, 0);
    const Sound sound = render(resolve(patch));
    std::vector<std::uint8_t> bytes;
    const HitTable wanted = table_of_hit(sound, find_hits(sound).at(0));
    MatchWish wish;
    wish.base = empty_patch(instrument);
    wish.freedom.params = moving_rows(wish.base);
    wish.freedom.render.assign(render_parameters().size(), false);
    wish.freedom.render[render_row_of(&RenderSettings::transient_db)] = true;
    wish.evaluations = 200;
    for (const Match& match : search_matches(wanted, wish)) {
        append_bits(bytes, match.difference.total());
        append_patch(bytes, match.patch);
        for (const Instrument* like : instruments_like(match.table)) {
            append_bits(bytes, static_cast<double>(like->name.size()));
        }
    }
    return sha256_hex(bytes);
}

/// Hits, drums and tempo of a loop.
std::string hash_of_loop() {
    Sound loop{Signal(96000 * 2, 0.0F), 48000};
    const std::span<const Instrument* const> all = instruments();
    for (std::size_t step = 0; step < 16; ++step) {
        const Sound hit = render(resolve(listed_patch(*all[step * step % 5 % all.size()], 0)));
        const std::size_t first = 500 + step * 11800;
        for (std::size_t k = 0; k < hit.samples.size() && first + k < loop.samples.size(); ++k) {
            loop.samples[first + k] += 0.5F * hit.samples[k];
        }
    }
    std::vector<std::uint8_t> bytes;
    const std::vector<Hit> hits = find_hits(loop);
    std::vector<double> at_s;
    for (const Hit& hit : hits) {
        append_bits(bytes, hit.at_s);
        append_bits(bytes, hit.peak_db);
        at_s.push_back(hit.at_s);
    }
    for (const LoopDrum& drum : drums_of_loop(loop, hits)) {
        append_bits(bytes, static_cast<double>(drum.instrument->name.size()));
        append_bits(bytes, static_cast<double>(drum.cleanest));
        append_bits(bytes, drum.pitch);
        append_bits(bytes, drum.fall_db.value_or(0));
        for (const DrumStroke& stroke : drum.strokes) {
            append_bits(bytes, static_cast<double>(stroke.hit));
            append_bits(bytes, stroke.level_db);
        }
    }
    const Tempo tempo = tempo_of(at_s, std::vector<double>(at_s.size(), 1.0), 4);
    append_bits(bytes, tempo.bpm);
    append_bits(bytes, tempo.uncertainty);
    return sha256_hex(bytes);
}

/// A sound with every effect.
Sound with_effects(const Instrument& instrument) {
    Patch patch = listed_patch(instrument, 1);
    Stating stating;
    state_render_text(patch, "transient_db", "-5", stating);
    state_render_text(patch, "drive_db", "6", stating);
    state_render_text(patch, "tilt_db", "3", stating);
    state_render_text(patch, "low_cut", "60", stating);
    return render(resolve(patch));
}

/// Two channels: hard, soft at another rate, with every effect.
std::vector<Sound> wide_sounds(const Instrument& instrument) {
    std::vector<Sound> sounds;
    for (const int index : {0, 5}) {
        Patch patch = listed_patch(instrument, index);
        Stating stating;
        state_render_text(patch, "width", "0.8", stating);
        sounds.push_back(render(resolve(patch)));
    }
    Resolved patch = resolve(listed_patch(instrument, 1));
    patch.render.width = 1;
    patch.render.style = Style::aggro;
    sounds.push_back(render(patch));
    return sounds;
}

/// What few sounds need: peaks that are limited, two channels that are made narrower.
Sound limited_sound() {
    Patch patch = listed_patch(*instruments().front(), 0);
    Sound sound = render(resolve(patch));
    limit_peaks(sound.samples, 0.2F);
    MidSide both{sound.samples, sound.samples};
    std::reverse(both.side.begin(), both.side.end());
    narrow(both, 0.3);
    return {both.mid, sound.sample_rate_hz, both.side};
}

/// The entries of a kit with a slot for each instrument.
void print_kit() {
    Kit kit;
    kit.velocities = 3;
    kit.round_robins = 2;
    for (const Instrument* instrument : instruments()) {
        Slot slot;
        slot.name = instrument->name;
        slot.patch = listed_patch(*instrument, 0);
        kit.slots.push_back(slot);
    }
    KitPlan plan = plan_kit(kit, SampleFormat::int24);
    KitLayers layers = layers_of(plan);
    for (LayerSounds& layer : layers.loudest) {
        render_layer(layer);
    }
    (void)set_levels(plan, layers, Levels::balanced);
    for (std::vector<LayerSounds>* const some : {&layers.loudest, &layers.others}) {
        for (LayerSounds& layer : *some) {
            if (layer.sounds.empty()) {
                render_layer(layer);
            }
            bring_to_level(layer);
            for (std::size_t i = 0; i < layer.sounds.size(); ++i) {
                std::printf("kit-%s %s\n", layer.layer->cycle[i].file.c_str(),
                            hash(layer.sounds[i]).c_str());
            }
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    bool reverse = false;
    std::size_t threads = 1;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--reverse") == 0) {
            reverse = true;
        } else if (std::strcmp(argv[i], "--threads") == 0 && i + 1 < argc) {
            threads = static_cast<std::size_t>(std::atoi(argv[++i]));
        } else {
            std::fprintf(stderr, "usage: hashes [--reverse] [--threads N]\n");
            return 2;
        }
    }
    std::vector<std::string> names;
    std::vector<Patch> patches;
    for (const Instrument* instrument : instruments()) {
        for (int index = 0; index < patches_per_instrument; ++index) {
            names.push_back(name_of(*instrument, (index < 10 ? "0" : "") + std::to_string(index)));
            patches.push_back(listed_patch(*instrument, index));
        }
    }
    for (const Instrument* instrument : instruments()) {
        for (const double rate : find_rate().values) {
            // The others are among those above.
            if (rate < 44100 || rate > 96000) {
                names.push_back(
                    name_of(*instrument, std::to_string(static_cast<int>(rate)) + "-Hz"));
                patches.push_back(at_rate(*instrument, rate));
            }
        }
    }
    std::vector<std::string> hashes(patches.size());
    const auto work = [&](std::size_t first) {
        for (std::size_t k = first; k < patches.size(); k += threads) {
            const std::size_t at = reverse ? patches.size() - 1 - k : k;
            hashes[at] = hash(render(resolve(patches[at])));
        }
    };
    std::vector<std::thread> others;
    for (std::size_t thread = 1; thread < threads; ++thread) {
        others.emplace_back(work, thread);
    }
    work(0);
    for (std::thread& other : others) {
        other.join();
    }
    for (std::size_t k = 0; k < patches.size(); ++k) {
        std::printf("%s %s\n", names[k].c_str(), hashes[k].c_str());
    }
    for (const Instrument* instrument : instruments()) {
        std::printf("%s-measures %s\n", std::string(instrument->name).c_str(),
                    hash_of_measures(*instrument).c_str());
    }
    for (const Instrument* instrument : instruments()) {
        std::printf("%s-proposals %s\n", std::string(instrument->name).c_str(),
                    hash_of_proposals(*instrument).c_str());
    }
    for (const Instrument* instrument : instruments()) {
        std::printf("%s %s\n", name_of(*instrument, "typical").c_str(),
                    hash_of_typical(*instrument).c_str());
    }
    print_kit();
    for (const Instrument* instrument : instruments()) {
        std::printf("%s %s\n", name_of(*instrument, "effects").c_str(),
                    hash(with_effects(*instrument)).c_str());
    }
    for (const Instrument* instrument : instruments()) {
        int number = 0;
        for (const Sound& sound : wide_sounds(*instrument)) {
            std::printf("%s-wide-%d %s\n", std::string(instrument->name).c_str(), number++,
                        hash(sound).c_str());
        }
    }
    // A tone, noise and both tell of all.
    constexpr std::size_t matched = 3;
    for (const Instrument* instrument : instruments().first(matched)) {
        std::printf("%s %s\n", name_of(*instrument, "matches").c_str(),
                    hash_of_matches(*instrument).c_str());
    }
    std::printf("loop %s\n", hash_of_loop().c_str());
    std::printf("limited %s\n", hash(limited_sound()).c_str());
    return 0;
}
