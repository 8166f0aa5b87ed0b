#include "kit/kit_plan.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "base/math.h"
#include "base/text.h"
#include "base/utf8.h"
#include "explore/mutate.h"
#include "kit/general_midi.h"
#include "param/kit_keys.h"
#include "param/slot_name.h"
#include "param/state.h"
#include "render/post_chain.h"

namespace drumgen {
namespace {

constexpr int hats_choke = 1;

/// On a hat's key, or of an instrument that chokes, under a name that tells nothing else.
bool is_hat(const Slot& slot) {
    const int key = *slot.key;
    return key == closed_hat_key || key == pedal_hat_key || key == open_hat_key ||
           (!slot.patch.instrument->choke_group.empty() && !general_midi_key(slot.name));
}

/// Variation `turn` of a patch for the hits of a cycle, the first the patch itself: another seed,
/// and macros moved by what two hits of one drummer differ; never the tuning.
Patch in_turn(const Patch& patch, std::uint64_t turn) {
    constexpr double amount = 0.03;  // of each macro's range, by ear
    if (turn == 0) {
        return patch;
    }
    Freedom freedom{moving_rows(patch)};
    if (patch.instrument->value_for_pitch != nullptr) {
        freedom.rows[patch.instrument->pitch_row] = false;
    }
    Patch variation = mutated(patch, amount, freedom, patch.seed, turn);
    variation.name = patch.name;
    return variation;
}

/// The patch hit with that part of its own velocity.
Patch hit(Patch patch, double part) {
    if (part < 1) {
        const double velocity = resolve(patch).render.velocity * part;
        Stating stating;
        state_render_number(patch, kit_keys::velocity, velocity, stating);
    }
    return patch;
}

/// The highest velocities of that many layers, which share the range evenly.
std::vector<int> even_velocities(int count) {
    constexpr int top = 127;
    std::vector<int> highest;
    for (int i = 1; i <= count; ++i) {
        highest.push_back((top * i + count / 2) / count);
    }
    return highest;
}

/// Keys that nobody has taken.
class FreeKeys {
public:
    void take(int key) { taken_.insert(key); }
    [[nodiscard]] bool is_free(int key) const { return taken_.count(key) == 0; }

    /// The next above the kick's, then below it.
    [[nodiscard]] int next() const {
        constexpr int first = 36;
        constexpr int count = kit_keys::max_key + 1;
        int key = first;
        while (!is_free(key) && key != first - 1) {
            key = (key + 1) % count;
        }
        return key;
    }

private:
    std::set<int> taken_;
};

/// What is stated, then what names tell, then what the instruments' names tell, then what is free.
void give_keys(std::vector<Slot>& slots) {
    FreeKeys keys;
    for (const Slot& slot : slots) {
        if (slot.key) {
            keys.take(*slot.key);
        }
    }
    const auto give = [&](Slot& slot, std::optional<int> key) {
        if (!slot.key && key && keys.is_free(*key)) {
            slot.key = key;
            keys.take(*key);
        }
    };
    for (Slot& slot : slots) {
        give(slot, general_midi_key(slot.name));
    }
    for (Slot& slot : slots) {
        give(slot, general_midi_key_within(slot.name));
    }
    for (Slot& slot : slots) {
        give(slot, general_midi_key(slot.patch.instrument->name));
    }
    for (Slot& slot : slots) {
        give(slot, keys.next());
    }
}

/// Lets the nearest relative of each drum that is missing answer for it.
void answer_all_drums(std::vector<KitVoice>& voices) {
    const auto voice_on = [&voices](int key) {
        return std::find_if(voices.begin(), voices.end(),
                            [key](const KitVoice& voice) { return voice.key == key; });
    };
    for (int key = first_drum_key; key <= last_drum_key; ++key) {
        if (voice_on(key) != voices.end()) {
            continue;
        }
        for (const int relative : relatives_of(key)) {
            if (const auto voice = voice_on(relative); voice != voices.end()) {
                voice->more_keys.push_back(key);
                break;
            }
        }
    }
}

}  // namespace

std::string file_stem(std::string_view name) {
    constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    constexpr std::size_t longest = 64;
    std::string stem;
    for (const Character& character : characters_of(name)) {
        stem += allowed.find(character.bytes) == allowed.npos ? "_" : character.bytes;
    }
    if (stem.empty() || stem.front() == '.' || stem.front() == '-') {
        stem.insert(stem.begin(), '_');
    }
    stem.resize(std::min(stem.size(), longest));
    // Source: Microsoft, "Naming Files, Paths, and Namespaces".
    const std::string device = in_lower_case(stem.substr(0, stem.find('.')));
    constexpr std::array<std::string_view, 4> devices{"con", "prn", "aux", "nul"};
    const bool is_port = device.size() == 4 &&
                         (device.starts_with("com") || device.starts_with("lpt")) &&
                         device.back() >= '0' && device.back() <= '9';
    if (is_port || std::find(devices.begin(), devices.end(), device) != devices.end()) {
        stem.insert(stem.begin(), '_');
    }
    return stem;
}

std::size_t sample_count(const KitPlan& plan) {
    return plan.voices.size() * static_cast<std::size_t>(plan.velocities) *
           static_cast<std::size_t>(plan.round_robins);
}

double gain_in_layer(const KitLayer& layer, int velocity) {
    constexpr double top = 127;
    return velocity_gain(velocity / top) / velocity_gain(layer.high_velocity / top);
}

std::vector<int> keys_of(const KitVoice& voice) {
    std::vector<int> keys{voice.key};
    keys.insert(keys.end(), voice.more_keys.begin(), voice.more_keys.end());
    std::sort(keys.begin(), keys.end());
    return keys;
}

void give_layers(KitVoice& voice, const std::vector<int>& highest, int round_robins) {
    voice.layers.clear();
    int below = 0;
    for (const int velocity : highest) {
        KitLayer layer;
        layer.low_velocity = below + 1;
        layer.high_velocity = velocity;
        below = velocity;
        // Six digits, so that the patch is short.
        const double part =
            static_cast<double>(math::floor(1e6 * layer.high_velocity / top_velocity + 0.5)) / 1e6;
        for (int turn = 0; turn < round_robins; ++turn) {
            const std::string name =
                voice.stem +
                (highest.size() > 1 ? formatted("-v{}", voice.layers.size() + 1) : "") +
                (round_robins > 1 ? formatted("-r{}", turn + 1) : "");
            layer.cycle.push_back(
                {name + ".wav", hit(in_turn(voice.patch, static_cast<std::uint64_t>(turn)), part)});
        }
        voice.layers.push_back(std::move(layer));
    }
}

KitPlan plan_kit(const Kit& kit, SampleFormat format, AnsweredKeys answered) {
    std::vector<Slot> slots = kit.slots;
    std::sort(slots.begin(), slots.end(),
              [](const Slot& left, const Slot& right) { return left.name < right.name; });
    give_keys(slots);
    std::sort(slots.begin(), slots.end(),
              [](const Slot& left, const Slot& right) { return *left.key < *right.key; });
    KitPlan plan;
    plan.name = kit.name;
    plan.stem = file_stem(kit.name);
    plan.format = format;
    plan.velocities = kit.velocities;
    plan.answered = answered;
    plan.round_robins = kit.round_robins;
    std::set<std::string> stems;
    for (Slot& slot : slots) {
        KitVoice voice;
        voice.name = slot.name;
        voice.stem = unique_name(file_stem(slot.name), stems);
        voice.patch = std::move(slot.patch);
        voice.key = *slot.key;
        voice.choke = slot.choke.value_or(is_hat(slot) ? hats_choke : 0);
        voice.gain_db = slot.gain_db;
        voice.pan = slot.pan;
        if (voice.patch.name.empty()) {
            voice.patch.name = voice.name;
        }
        give_layers(voice, even_velocities(kit.velocities), kit.round_robins);
        plan.voices.push_back(std::move(voice));
    }
    if (answered == AnsweredKeys::all_drums) {
        answer_all_drums(plan.voices);
    }
    return plan;
}

}  // namespace drumgen
