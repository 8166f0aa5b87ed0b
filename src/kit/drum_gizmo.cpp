#include <algorithm>
#include <array>

#include "base/text.h"
#include "kit/kit_format.h"
#include "kit/xml.h"

namespace drumgen {
namespace {

constexpr std::array channels{"left", "right"};
constexpr const char* version = "2.0";

/// Where an instrument's own description is.
std::string path_of(const KitVoice& voice) {
    return formatted("instruments/{}.xml", voice.stem);
}

std::string instrument_of(const KitVoice& voice) {
    pugi::xml_document document = new_document();
    pugi::xml_node root = document.append_child("instrument");
    root.append_attribute("version") = version;
    root.append_attribute("name") = voice.name.c_str();
    pugi::xml_node samples = root.append_child("samples");
    for (const KitLayer& layer : voice.layers) {
        for (const KitSample& sample : layer.cycle) {
            pugi::xml_node node = samples.append_child("sample");
            node.append_attribute("name") = sample.file.c_str();
            // DrumGizmo plays the hit whose power is nearest to the velocity's, as it is.
            node.append_attribute("power") = decimal(layer.high_velocity / top_velocity).c_str();
            int number = 1;
            for (const char* const channel : channels) {
                pugi::xml_node file = node.append_child("audiofile");
                file.append_attribute("channel") = channel;
                file.append_attribute("file") = ("../" + sample.file).c_str();
                file.append_attribute("filechannel") = std::min(number++, sample.channels);
            }
        }
    }
    return text_of(document);
}

/// The kit. Source: DrumGizmo's file format documentation, version 2.0.
std::string drumgizmo_kit_of(const KitPlan& plan) {
    pugi::xml_document document = new_document();
    pugi::xml_node root = document.append_child("drumkit");
    root.append_attribute("version") = version;
    root.append_attribute("name") = plan.name.c_str();
    root.append_attribute("samplerate") =
        decimal(plan.voices.front().layers.front().cycle.front().rate_hz).c_str();
    pugi::xml_node metadata = root.append_child("metadata");
    add_element(metadata, "title", plan.name);
    pugi::xml_node list = root.append_child("channels");
    for (const char* const channel : channels) {
        list.append_child("channel").append_attribute("name") = channel;
    }
    pugi::xml_node instruments = root.append_child("instruments");
    for (const KitVoice& voice : plan.voices) {
        pugi::xml_node node = instruments.append_child("instrument");
        node.append_attribute("name") = voice.name.c_str();
        node.append_attribute("file") = path_of(voice).c_str();
        if (voice.choke != 0) {
            node.append_attribute("group") = (formatted("choke{}", voice.choke)).c_str();
        }
        for (const char* const channel : channels) {
            pugi::xml_node map = node.append_child("channelmap");
            map.append_attribute("in") = channel;
            map.append_attribute("out") = channel;
            map.append_attribute("main") = "true";
        }
    }
    return text_of(document);
}

std::string midimap_of(const KitPlan& plan) {
    pugi::xml_document document = new_document();
    pugi::xml_node root = document.append_child("midimap");
    for (const KitVoice& voice : plan.voices) {
        for (const int key : keys_of(voice)) {
            pugi::xml_node map = root.append_child("map");
            map.append_attribute("note") = key;
            map.append_attribute("instr") = voice.name.c_str();
        }
    }
    return text_of(document);
}

std::vector<KitFile> drum_gizmo_files(const KitPlan& plan, const std::string& info) {
    std::vector<KitFile> files{info_file(info),
                               {"drumkit.xml", drumgizmo_kit_of(plan)},
                               {"midimap.xml", midimap_of(plan)}};
    for (const KitVoice& voice : plan.voices) {
        files.emplace_back(path_of(voice), instrument_of(voice));
    }
    append_wavs(files, plan);
    return files;
}

}  // namespace

extern const KitFormat drum_gizmo_format;
const KitFormat drum_gizmo_format{"drumgizmo", "-drumgizmo", "drum kit of DrumGizmo, a folder",
                                  KitShape::folder, drum_gizmo_files};

}  // namespace drumgen
