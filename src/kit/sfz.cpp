#include <cmath>

#include "base/text.h"
#include "kit/kit_format.h"

namespace drumgen {
namespace {

constexpr double hard_pan = 100;

/// Gain over velocity inside a layer: points between which players draw lines. Velocities 1 and 127
/// are always told, since Polyphone takes a layer for one of fixed gain by them alone, and others
/// have the whole curve from them where a layer ends sooner.
std::string velocity_curve(const KitLayer& layer) {
    constexpr int top = 127;
    constexpr int points_apart = 16;
    const auto point = [](int velocity, double gain) {
        const double thousandths = std::round(gain * 1000) / 1000;
        return formatted(" amp_velcurve_{}={}", velocity, number_to_text(thousandths));
    };
    if (layer.low_velocity == 1 && layer.high_velocity < top) {
        // The softest layer can't be softer than it was rendered: a drum that is hit is heard.
        return point(1, 1) + point(top, 1);
    }
    std::string text = layer.low_velocity > 1 ? point(1, 1) : "";
    for (int velocity = layer.low_velocity; velocity < layer.high_velocity;
         velocity += points_apart) {
        text += point(velocity, gain_in_layer(layer, velocity));
    }
    text += point(layer.high_velocity, 1);
    return text + (layer.high_velocity < top ? point(top, 1) : "");
}

/// One key of a voice with its layers and cycles.
std::string group_of(const KitVoice& voice, int on_key) {
    const std::string key = std::to_string(on_key);
    // No name stands in the text but in a comment, so that nothing of it can be an opcode.
    std::string text = formatted("\n// {}\n<group> key={}", voice.name, key);
    if (voice.pan != 0) {
        text += " pan=" + number_to_text(std::round(voice.pan * hard_pan));
    }
    if (voice.choke != 0) {
        const std::string group = std::to_string(voice.choke);
        text += formatted(" group={} off_by={} off_mode=fast", group, group);
    }
    const std::size_t turns = voice.layers.front().cycle.size();
    if (turns > 1) {
        text += formatted(" seq_length={}", turns);
    }
    text += "\n";
    for (const KitLayer& layer : voice.layers) {
        for (std::size_t turn = 0; turn < turns; ++turn) {
            text += "<region> sample=" + layer.cycle[turn].file;
            if (voice.layers.size() > 1) {
                text += formatted(" lovel={} hivel={}", layer.low_velocity, layer.high_velocity);
            }
            if (turns > 1) {
                text += formatted(" seq_position={}", turn + 1);
            }
            text += velocity_curve(layer) + "\n";
        }
    }
    return text;
}

/// The kit for players of SFZ. Source: the SFZ opcode reference, sfzformat.com.
std::string sfz_of(const KitPlan& plan) {
    // A hit rings out whenever the key is let go of.
    std::string text = formatted("// {}\n<global> loop_mode=one_shot\n", plan.name);
    for (const KitVoice& voice : plan.voices) {
        for (const int key : keys_of(voice)) {
            text += group_of(voice, key);
        }
    }
    return text;
}

std::vector<KitFile> sfz_files(const KitPlan& plan, const std::string& info) {
    std::vector<KitFile> files{info_file(info), {"kit.sfz", sfz_of(plan)}};
    append_wavs(files, plan);
    return files;
}

}  // namespace

extern const KitFormat zip_format;
extern const KitFormat dir_format;

const KitFormat zip_format{"zip", ".zip", "WAVs and kit.sfz in a ZIP", KitShape::zip, sfz_files};
const KitFormat dir_format{"dir", "", "the same in a folder", KitShape::folder, sfz_files};

}  // namespace drumgen
