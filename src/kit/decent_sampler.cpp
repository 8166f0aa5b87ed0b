#include "base/math.h"
#include "base/text.h"
#include "base/units.h"
#include "kit/kit_format.h"
#include "kit/xml.h"

namespace drumgen {
namespace {

/// What a layer's samples are raised by, since the player turns them down by the velocity that they
/// have in them already.
std::string volume_of(const KitLayer& layer) {
    const double db = db_from_gain(top_velocity / layer.high_velocity);
    return decimal(math::nearest(db, 100)) + "dB";
}

void add_sample(pugi::xml_node group, int key, const KitLayer& layer, std::size_t turn) {
    pugi::xml_node node = group.append_child("sample");
    node.append_attribute("path") = layer.cycle[turn].file.c_str();
    for (const char* const bound : {"rootNote", "loNote", "hiNote"}) {
        node.append_attribute(bound) = key;
    }
    node.append_attribute("loVel") = layer.low_velocity;
    node.append_attribute("hiVel") = layer.high_velocity;
    node.append_attribute("volume") = volume_of(layer).c_str();
    if (layer.cycle.size() > 1) {
        node.append_attribute("seqPosition") = static_cast<unsigned>(turn + 1);
    }
}

void add_group(pugi::xml_node groups, const KitVoice& voice) {
    pugi::xml_node group = groups.append_child("group");
    group.append_attribute("name") = voice.name.c_str();
    if (voice.pan != 0) {
        constexpr double full_pan = 100;
        group.append_attribute("pan") = decimal(voice.pan * full_pan).c_str();
    }
    if (voice.choke != 0) {
        const std::string tag = formatted("choke{}", voice.choke);
        group.append_attribute("tags") = tag.c_str();
        group.append_attribute("silencedByTags") = tag.c_str();
        group.append_attribute("silencingMode") = "fast";
    }
    const std::size_t turns = voice.layers.front().cycle.size();
    if (turns > 1) {
        group.append_attribute("seqMode") = "round_robin";
        group.append_attribute("seqLength") = static_cast<unsigned>(turns);
    }
    for (const KitLayer& layer : voice.layers) {
        for (std::size_t turn = 0; turn < turns; ++turn) {
            for (const int key : keys_of(voice)) {
                add_sample(group, key, layer, turn);
            }
        }
    }
}

/// The instrument. Source: "The DecentSampler File Format", decentsampler-developers-guide.
std::string preset_of(const KitPlan& plan) {
    pugi::xml_document document = new_document();
    pugi::xml_node root = document.append_child("DecentSampler");
    root.append_attribute("minVersion") = "1.0.0";
    pugi::xml_node groups = root.append_child("groups");
    groups.append_attribute("ampVelTrack") = "1";
    // Without an envelope a hit rings out whenever the key is let go of.
    groups.append_attribute("ampEnvEnabled") = "false";
    for (const KitVoice& voice : plan.voices) {
        add_group(groups, voice);
    }
    return text_of(document);
}

std::vector<KitFile> decent_sampler_files(const KitPlan& plan, const std::string& info) {
    std::vector<KitFile> files{info_file(info), {plan.stem + ".dspreset", preset_of(plan)}};
    append_wavs(files, plan);
    return files;
}

}  // namespace

extern const KitFormat decent_sampler_format;
const KitFormat decent_sampler_format{"decentsampler", ".dslibrary", "library of DecentSampler",
                                      KitShape::zip, decent_sampler_files};

}  // namespace drumgen
