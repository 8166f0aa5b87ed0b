#include <cmath>

#include "kit/kit_format.h"
#include "param/state.h"

namespace drumgen {
namespace {

constexpr double full_pan = 100;

/// One key with its layers and cycles.
std::string group_of(const KitVoice& voice) {
    const std::string key = std::to_string(voice.key);
    // No name stands in the text but in a comment, so that nothing of it can be an opcode.
    std::string text = "\n// " + voice.name + "\n<group> key=" + key;
    if (voice.pan != 0) {
        text += " pan=" + number_to_text(std::round(voice.pan * full_pan));
    }
    if (voice.choke != 0) {
        const std::string group = std::to_string(voice.choke);
        text += " group=" + group + " off_by=" + group + " off_mode=fast";
    }
    text += "\n";
    for (const KitSample& sample : voice.samples) {
        text += "<region> sample=" + sample.file;
        if (voice.samples.size() > 1) {
            text += " lovel=" + std::to_string(sample.low_velocity) +
                    " hivel=" + std::to_string(sample.high_velocity);
        }
        text += "\n";
    }
    return text;
}

}  // namespace

KitFile sfz_file(const KitPlan& plan) {
    // A hit rings out whenever the key is let go of.
    std::string text = "// " + plan.name + "\n<global> loop_mode=one_shot\n";
    for (const KitVoice& voice : plan.voices) {
        text += group_of(voice);
    }
    return {"kit.sfz", {text.begin(), text.end()}};
}

}  // namespace drumgen
