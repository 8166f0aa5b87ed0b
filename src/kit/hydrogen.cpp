#include <algorithm>

#include "kit/hydrogen_rows.h"
#include "kit/kit_format.h"
#include "kit/xml.h"

namespace drumgen {
namespace {

/// Between two MIDI velocities, so that a note lies in one layer alone.
double above(int velocity) {
    return velocity >= top_velocity ? 1 : (velocity + 0.5) / top_velocity;
}

void add_layers(pugi::xml_node instrument, const KitVoice& voice) {
    pugi::xml_node component = instrument.append_child("instrumentComponent");
    add_element(component, "component_id", "0");
    add_element(component, "gain", "1");
    for (const KitLayer& layer : voice.layers) {
        for (const KitSample& sample : layer.cycle) {
            pugi::xml_node node = component.append_child("layer");
            add_element(node, "filename", sample.file);
            add_element(node, "min",
                        decimal(layer.low_velocity == 1 ? 0 : above(layer.low_velocity - 1)));
            add_element(node, "max", decimal(above(layer.high_velocity)));
            // Hydrogen multiplies with the velocity, which the layer has in it already.
            add_element(node, "gain", decimal(top_velocity / layer.high_velocity));
            add_element(node, "pitch", "0");
        }
    }
}

/// The elements stand in the order of Hydrogen's drumkit.xsd.
void add_instrument(pugi::xml_node list, const HydrogenRow& row, std::size_t id) {
    const KitVoice& voice = *row.voice;
    pugi::xml_node node = list.append_child("instrument");
    add_element(node, "id", std::to_string(id));
    add_element(node, "name", row.name);
    add_element(node, "volume", "1");
    add_element(node, "isMuted", "false");
    add_element(node, "isSoloed", "false");
    add_element(node, "pan", decimal(voice.pan));
    add_element(node, "pitchOffset", "0");
    add_element(node, "randomPitchFactor", "0");
    add_element(node, "gain", "1");
    add_element(node, "applyVelocity", "true");
    add_element(node, "filterActive", "false");
    add_element(node, "filterCutoff", "1");
    add_element(node, "filterResonance", "0");
    add_element(node, "Attack", "0");
    add_element(node, "Decay", "0");
    add_element(node, "Sustain", "1");
    add_element(node, "Release", "1000");
    add_element(node, "muteGroup", std::to_string(voice.choke == 0 ? -1 : voice.choke));
    add_element(node, "midiOutChannel", "-1");
    add_element(node, "midiOutNote", std::to_string(row.key));
    add_element(node, "isStopNote", "false");
    const bool has_cycle = voice.layers.front().cycle.size() > 1;
    add_element(node, "sampleSelectionAlgo", has_cycle ? "ROUND_ROBIN" : "VELOCITY");
    add_element(node, "isHihat", "-1");
    add_element(node, "lower_cc", "0");
    add_element(node, "higher_cc", "127");
    for (const char* const effect : {"FX1Level", "FX2Level", "FX3Level", "FX4Level"}) {
        add_element(node, effect, "0");
    }
    add_layers(node, voice);
}

/// The drumkit's description. Source: drumkit.xsd of Hydrogen 1.2.
std::string drumkit_of(const KitPlan& plan, const std::vector<HydrogenRow>& rows) {
    pugi::xml_document document = new_document();
    pugi::xml_node kit = document.append_child("drumkit_info");
    kit.append_attribute("xmlns") = "http://www.hydrogen-music.org/drumkit";
    // Hydrogen names a folder by it.
    std::string name = plan.name;
    std::replace(name.begin(), name.end(), '/', '-');
    add_element(kit, "name", name);
    add_element(kit, "author", "drumgen");
    add_element(kit, "info", "");
    add_element(kit, "license", "");
    add_element(kit, "image", "");
    add_element(kit, "imageLicense", "");
    pugi::xml_node component = kit.append_child("componentList").append_child("drumkitComponent");
    add_element(component, "id", "0");
    add_element(component, "name", "Main");
    add_element(component, "volume", "1");
    pugi::xml_node list = kit.append_child("instrumentList");
    std::size_t id = 0;
    for (const HydrogenRow& row : rows) {
        add_instrument(list, row, id++);
    }
    return text_of(document);
}

/// What each row is, for versions from 1.3 on. Source: data/drumkit_maps of Hydrogen 2.0.
std::string types_of(const std::vector<HydrogenRow>& rows) {
    pugi::xml_document document = new_document();
    pugi::xml_node map = document.append_child("drumkit_map");
    map.append_attribute("xmlns") = "http://www.hydrogen-music.org/drumkit_map";
    add_element(map, "formatVersion", "2");
    for (std::size_t id = 0; id < rows.size(); ++id) {
        if (!rows[id].type.empty()) {
            pugi::xml_node mapping = map.append_child("mapping");
            add_element(mapping, "instrumentID", std::to_string(id));
            add_element(mapping, "type", rows[id].type);
        }
    }
    return text_of(document);
}

std::vector<KitFile> hydrogen_files(const KitPlan& plan, const std::string& info) {
    const std::string folder = plan.stem + "/";
    const std::vector<HydrogenRow> rows = hydrogen_rows(plan);
    std::vector<KitFile> files{{folder + "drumkit.xml", drumkit_of(plan, rows)},
                               {folder + "drumkit.h2map", types_of(rows)},
                               {folder + info_file(info).path(), info}};
    append_wavs(files, plan, folder);
    return files;
}

}  // namespace

extern const KitFormat hydrogen_format;
const KitFormat hydrogen_format{"hydrogen", ".h2drumkit", "drum kit of Hydrogen", KitShape::tar_gz,
                                hydrogen_files};

}  // namespace drumgen
