#include "kit/layer_sounds.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/math.h"
#include "base/units.h"
#include "kit/levels.h"
#include "param/kit_keys.h"
#include "render/loudness.h"
#include "render/post_chain.h"

namespace drumgen {
namespace {

/// As fine as a gain is told.
double hundredths(double db) {
    return math::nearest(db, 100);
}

std::size_t gain_row() {
    const std::span<const Parameter> rows = render_parameters();
    const auto found = std::find_if(rows.begin(), rows.end(), [](const Parameter& row) {
        return row.id.view() == kit_keys::gain_db;
    });
    return static_cast<std::size_t>(found - rows.begin());
}

/// The gain that a patch states; it states none any more.
double take_gain(Patch& patch) {
    patch.render.resize(render_parameters().size());
    return std::exchange(patch.render[gain_row()], std::nullopt).value_or(Value{}).value;
}

/// How loud a player makes it: a sound of one channel comes out of both sides, each half as loud as
/// one channel is said to be.
double played_lufs(const Sound& sound) {
    return loudness_lufs(sound) - (sound.is_stereo() ? doubled_power_db : 0);
}

/// The loudness that all of a cycle have: that of the quietest, since none is turned up.
double loudness_of(const LayerSounds& layer) {
    return *std::min_element(layer.loudness_lufs.begin(), layer.loudness_lufs.end());
}

}  // namespace

KitLayers layers_of(KitPlan& plan) {
    KitLayers layers;
    for (KitVoice& voice : plan.voices) {
        layers.own_gains_db.push_back(take_gain(voice.patch));
        for (KitLayer& layer : voice.layers) {
            for (KitSample& sample : layer.cycle) {
                (void)take_gain(sample.patch);
            }
            const bool is_loudest = &layer == &voice.layers.back();
            (is_loudest ? layers.loudest : layers.others).push_back({&voice, &layer, is_loudest});
        }
    }
    return layers;
}

void render_layer(LayerSounds& layer) {
    const std::vector<KitSample>& cycle = layer.layer->cycle;
    for (const KitSample& sample : cycle) {
        layer.sounds.push_back(render(resolve(sample.patch)));
        if (layer.is_loudest || cycle.size() > 1) {
            const Sound& sound = layer.sounds.back();
            layer.loudness_lufs.push_back(played_lufs(sound));
        }
    }
}

std::vector<std::string> set_levels(KitPlan& plan, const KitLayers& layers, Levels levels) {
    std::vector<double> loudness;
    for (const LayerSounds& layer : layers.loudest) {
        // A softer hit is meant to be quieter than its kind.
        const double softer =
            velocity_gain(resolve(layer.layer->cycle.front().patch).render.velocity);
        loudness.push_back(loudness_of(layer) - db_from_gain(softer));
    }
    std::vector<std::string> notes;
    const std::vector<double> gains_db = levels_db(plan, loudness, levels, notes);
    for (std::size_t i = 0; i < plan.voices.size(); ++i) {
        const double own_db = levels == Levels::as_is ? layers.own_gains_db[i] : 0;
        plan.voices[i].level_db = std::max(gains_db[i] + own_db, kit_keys::level_range_db.min);
    }
    return notes;
}

void bring_to_level(LayerSounds& layer) {
    KitVoice& voice = *layer.voice;
    std::vector<KitSample>& cycle = layer.layer->cycle;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
        double gain_db = voice.level_db;
        if (cycle.size() > 1) {
            gain_db = hundredths(gain_db + loudness_of(layer) - layer.loudness_lufs[i]);
        }
        if (gain_db < 0) {
            gain_db = std::max(gain_db, kit_keys::level_range_db.min);
            cycle[i].patch.render[gain_row()] = Value{gain_db, Origin::given};
            turn_down(layer.sounds[i], gain_db);
        }
        if (layer.is_loudest && i == 0) {
            voice.loudness_lufs = layer.loudness_lufs[i] + std::min(gain_db, 0.0);
        }
    }
}

}  // namespace drumgen
