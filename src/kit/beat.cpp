#include "kit/beat.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/math.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "kit/render_kit.h"
#include "measure/features.h"

namespace drumgen {
namespace {

constexpr double most_seconds = 600;
constexpr std::size_t most_notes = 50000;
constexpr double fade_s = 0.006;  ///< of what is cut off, as players of SFZ do it
constexpr double ceiling = 0.95;  ///< of the true peak

/// Which voice plays each key.
std::map<int, std::size_t> voices_by_key(const KitPlan& kit) {
    std::map<int, std::size_t> voices;
    for (std::size_t v = 0; v < kit.voices.size(); ++v) {
        for (const int key : keys_of(kit.voices[v])) {
            voices.emplace(key, v);
        }
    }
    return voices;
}

/// One hit on its way into the mix.
struct BeatHit {
    std::size_t first = 0;  ///< frame
    std::size_t voice = 0;
    const Sound* sound = nullptr;
    std::size_t end = 0;  ///< frame at which it has faded out, or its own end
};

/// What a voice at a place in the room gives to each side; the middle gives both all.
std::array<float, 2> gains_at(double pan) {
    const double cycles = (pan + 1) / 8;
    constexpr double root = 1.4142135623730951;
    return {static_cast<float>(root * math::cos_cycles(cycles)),
            static_cast<float>(root * math::sin_cycles(cycles))};
}

/// Where each hit ends when others of its choke group come.
void cut_off(std::vector<BeatHit>& hits, const KitPlan& kit, std::size_t fade) {
    for (std::size_t n = 0; n < hits.size(); ++n) {
        const int choke = kit.voices[hits[n].voice].choke;
        for (std::size_t behind = n + 1; choke != 0 && behind < hits.size(); ++behind) {
            if (hits[behind].first > hits[n].first &&
                kit.voices[hits[behind].voice].choke == choke) {
                hits[n].end = std::min(hits[n].end, hits[behind].first + fade);
                break;
            }
        }
    }
}

void mix(const BeatHit& hit, const KitVoice& voice, std::size_t fade, Sound& out) {
    const std::size_t own_end = hit.first + hit.sound->frames();
    const bool is_cut = hit.end < own_end;
    const std::array<float, 2> gains = gains_at(voice.pan);
    const Signal& left = hit.sound->samples;
    const Signal& right = hit.sound->is_stereo() ? hit.sound->right : left;
    for (std::size_t at = hit.first; at < hit.end; ++at) {
        const std::size_t left_over = hit.end - at;
        const float fading = is_cut && left_over < fade
                                 ? static_cast<float>(left_over) / static_cast<float>(fade)
                                 : 1.0F;
        const std::size_t k = at - hit.first;
        if (out.right.empty()) {
            out.samples[at] += fading * left[k];
        } else {
            out.samples[at] += fading * gains[0] * left[k];
            out.right[at] += fading * gains[1] * right[k];
        }
    }
}

void limit_peak(Sound& sound) {
    const double peak = measure_levels_and_times(sound).true_peak;
    if (peak > ceiling) {
        const auto gain = static_cast<float>(ceiling / peak);
        for (Signal* channel : {&sound.samples, &sound.right}) {
            for (float& sample : *channel) {
                sample *= gain;
            }
        }
    }
}

[[noreturn]] void refuse_beat(const std::string& problem) {
    throw Error(Status::invalid, "--beat: " + problem);
}

/// The hits of a song, and the layers of each voice that they need.
class BeatPlan {
public:
    BeatPlan(const KitPlan& kit, const MidiSong& song) : plan_(kit), song_(song) {
        const std::map<int, std::size_t> voices = voices_by_key(plan_);
        std::vector<std::set<int>> velocities(plan_.voices.size(),
                                              {static_cast<int>(top_velocity)});
        for (const MidiNote& note : song_.notes) {
            const auto voice = voices.find(note.key);
            if (voice == voices.end()) {
                ++left_out_;
                continue;
            }
            velocities[voice->second].insert(note.velocity);
            notes_.emplace_back(note, voice->second);
        }
        for (std::size_t v = 0; v < plan_.voices.size(); ++v) {
            give_layers(plan_.voices[v], {velocities[v].begin(), velocities[v].end()},
                        plan_.round_robins);
        }
        layers_ = layers_of(plan_);
    }

    [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }
    [[nodiscard]] bool is_silent() const noexcept { return notes_.empty(); }

    void render(Levels levels, unsigned threads, std::vector<std::string>& notes) {
        render_some(layers_.loudest, threads);
        for (const std::string& note : set_levels(plan_, layers_, levels)) {
            notes.push_back(note);
        }
        render_some(layers_.others, threads);
        for (std::vector<LayerSounds>* layers : {&layers_.loudest, &layers_.others}) {
            for (LayerSounds& layer : *layers) {
                bring_to_level(layer);
                sounds_[{layer.voice, layer.layer->high_velocity}] = &layer.sounds;
            }
        }
    }

    [[nodiscard]] Sound mixed() const {
        const Sound& some = sounds_.begin()->second->front();
        Sound out{{}, some.sample_rate_hz, {}};
        const double rate = out.sample_rate_hz;
        const double seconds_per_beat = 60 / song_.bpm;
        const auto fade = static_cast<std::size_t>(fade_s * rate);
        std::vector<std::size_t> turns(plan_.voices.size(), 0);
        std::vector<BeatHit> hits;
        bool is_stereo = false;
        auto length = static_cast<std::size_t>(song_.beats * seconds_per_beat * rate);
        for (const auto& [note, v] : notes_) {
            const KitVoice& voice = plan_.voices[v];
            const std::vector<Sound>& cycle = *sounds_.at({&voice, note.velocity});
            const Sound& sound = cycle[turns[v]++ % cycle.size()];
            if (sound.sample_rate_hz != rate) {
                refuse_beat("its sounds have several rates; add --rate 48000");
            }
            const auto first =
                static_cast<std::size_t>(math::floor(note.beat * seconds_per_beat * rate + 0.5));
            hits.push_back({first, v, &sound, first + sound.frames()});
            is_stereo |= sound.is_stereo() || voice.pan != 0;
        }
        cut_off(hits, plan_, fade);
        for (const BeatHit& hit : hits) {
            length = std::max(length, hit.end);
        }
        out.samples.assign(length, 0.0F);
        out.right.assign(is_stereo ? length : 0, 0.0F);
        for (const BeatHit& hit : hits) {
            mix(hit, plan_.voices[hit.voice], fade, out);
        }
        return out;
    }

private:
    static void render_some(std::vector<LayerSounds>& layers, unsigned threads) {
        if (!render_layers(layers, threads, max_kit_sound_bytes / sizeof(float))) {
            refuse_beat(
                formatted("the sounds that play it take more than {} MiB; ask for fewer "
                          "--round-robins, or a shorter --duration",
                          max_kit_sound_bytes >> 20));
        }
    }

    KitPlan plan_;
    const MidiSong& song_;
    std::vector<std::pair<MidiNote, std::size_t>> notes_;
    std::size_t left_out_ = 0;
    KitLayers layers_;
    std::map<std::pair<const KitVoice*, int>, const std::vector<Sound>*> sounds_;
};

}  // namespace

Sound play_beat(const KitPlan& kit, const MidiSong& song, Levels levels, unsigned threads,
                std::vector<std::string>& notes) {
    if (song.beats * 60 / song.bpm > most_seconds) {
        refuse_beat(formatted("the pattern is {} s long, at most {} s are played",
                              fixed(song.beats * 60 / song.bpm, 0), number_to_text(most_seconds)));
    }
    if (song.notes.size() > most_notes) {
        refuse_beat(formatted("the pattern has {} notes, at most {} are played", song.notes.size(),
                              most_notes));
    }
    BeatPlan plan(kit, song);
    if (plan.is_silent()) {
        refuse_beat("no note of the pattern is on a key of the kit");
    }
    if (plan.left_out() > 0) {
        notes.push_back(formatted("--beat: {} of {} notes are on keys without a drum",
                                  plan.left_out(), song.notes.size()));
    }
    plan.render(levels, threads, notes);
    Sound sound = plan.mixed();
    limit_peak(sound);
    return sound;
}

}  // namespace drumgen
