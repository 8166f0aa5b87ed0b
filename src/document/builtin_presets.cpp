#include "document/builtin_presets.h"

#include <algorithm>

#include "base/text.h"
#include "document/json_text.h"
#include "document/patch_object.h"
#include "drumgen/error.h"

namespace drumgen {
namespace {

constexpr std::string_view description_key = "description";

struct EmbeddedFile {
    std::string_view name;
    std::string_view json;
};

/// The instrument that the first part of a name is, if any.
const Instrument* instrument_of(std::string_view name) {
    return instrument_named(name.substr(0, name.find('/')));
}

std::string description_of(std::string_view text) {
    const JsonText document = parse_json(text);
    if (!document.value || !document.value->is_object()) {
        return "";
    }
    const auto found = document.value->find(description_key);
    return found != document.value->end() && found->is_string() ? found->get<std::string>() : "";
}

/// The presets of the binary: the sounds, or the kits without the folder in their names.
std::vector<Preset> embedded_presets(bool wants_kits) {
    // Rows of {name, json}, sorted by name; made by cmake/embed_presets.cmake.
    static const std::vector<EmbeddedFile> files{
#include "presets.inc"
    };
    std::vector<Preset> all;
    all.reserve(files.size());
    for (const auto& [name, text] : files) {
        const bool is_kit = name.starts_with(kits_folder);
        if (is_kit == wants_kits) {
            all.push_back({std::string(name.substr(is_kit ? kits_folder.size() : 0)),
                           description_of(text), std::string(text)});
        }
    }
    return all;
}

}  // namespace

Patch patch_of_preset(std::string_view name, std::string_view text, const std::string& place) {
    JsonText document = parse_json(text);
    std::vector<std::string> problems;
    for (const std::string& problem : document.problems) {
        problems.push_back(message(place, "", problem));
    }
    Patch patch;
    if (document.value) {
        if (document.value->is_object()) {
            document.value->erase(std::string(description_key));
        }
        PatchReading reading{place, instrument_of(name), Origin::preset, false, {}};
        patch = patch_from_object(*document.value, reading, problems);
    }
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
    if (patch.name.empty()) {
        patch.name = name;
    }
    return patch;
}

const Preset* named(const std::vector<Preset>& presets, std::string_view name) {
    const auto found = std::find_if(presets.begin(), presets.end(),
                                    [name](const Preset& preset) { return preset.name == name; });
    return found == presets.end() ? nullptr : &*found;
}

const std::vector<Preset>& builtin_presets() {
    static const std::vector<Preset> presets = embedded_presets(false);
    return presets;
}

const std::vector<Preset>& builtin_kits() {
    static const std::vector<Preset> kits = embedded_presets(true);
    return kits;
}

}  // namespace drumgen
