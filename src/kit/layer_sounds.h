#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/choice.h"
#include "drumgen/render.h"
#include "kit/kit_plan.h"

namespace drumgen {

/// How a kit's slots are brought to their levels.
enum class Levels {
    balanced,  ///< by loudness, each to the target of its kind
    as_is,     ///< each as its patch has it, with the gains that the slots ask for
};

/// The same as options call them.
inline constexpr std::array level_choices{Choice{"balanced", Levels::balanced},
                                          Choice{"as-is", Levels::as_is}};

/// One layer of a kit on its way from patches to sounds of the right level. No library has a part
/// in it.
struct LayerSounds {
    KitVoice* voice = nullptr;
    KitLayer* layer = nullptr;
    bool is_loudest = false;  ///< of its voice
    std::vector<Sound> sounds{};
    std::vector<double> loudness_lufs{};  ///< of each, before it is turned down
};

/// All layers of a plan: the loudest of each voice, in the order of the voices, then all others.
/// The gains that the patches state are taken out of them.
///   own_gains_db   out: of each voice
struct KitLayers {
    std::vector<LayerSounds> loudest{};
    std::vector<LayerSounds> others{};
    std::vector<double> own_gains_db{};
};
[[nodiscard]] KitLayers layers_of(KitPlan& plan);

/// Renders a layer, and measures it where its loudness counts.
void render_layer(LayerSounds& layer);

/// Decides from the loudest layers what each voice is turned down by.
///   returns   notes for the user
[[nodiscard]] std::vector<std::string> set_levels(KitPlan& plan, const KitLayers& layers,
                                                  Levels levels);

/// Turns a rendered layer down to its level; its patches say so then.
void bring_to_level(LayerSounds& layer);

}  // namespace drumgen
