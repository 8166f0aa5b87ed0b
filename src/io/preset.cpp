#include "io/preset.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/text.h"
#include "drumgen/error.h"
#include "io/file.h"
#include "io/json_text.h"
#include "io/kit_json.h"
#include "io/patch_object.h"

namespace drumgen {

namespace {

constexpr std::string_view description_key = "description";
constexpr std::string_view extension = ".json";
constexpr std::string_view kits_folder = "kits/";

struct EmbeddedFile {
    std::string_view name;
    std::string_view json;
};

/// Letters, digits, '.', '_', '-', in parts separated by '/', none of them starting with a dot. So
/// a name can't leave its directory.
bool is_preset_name(std::string_view name) {
    constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";
    constexpr std::size_t longest = 128;  // bytes
    return !name.empty() && name.size() <= longest &&
           name.find_first_not_of(allowed) == name.npos && name.front() != '/' &&
           name.front() != '.' && name.back() != '/' && name.find("//") == name.npos &&
           name.find("/.") == name.npos;
}

/// The instrument that the first part of a name is, if any.
const Instrument* instrument_of(std::string_view name) {
    return instrument_named(name.substr(0, name.find('/')));
}

/// Where the user's presets are, in the order of search.
std::vector<std::filesystem::path> preset_directories() {
    const auto variable = [](const char* name) {
        const char* const value = std::getenv(name);
        return std::string(value == nullptr ? "" : value);
    };
    std::vector<std::filesystem::path> directories;
    const std::string list = variable("DRUMGEN_PRESET_PATH");
    for (std::size_t start = 0; start < list.size();) {
        const std::size_t end = std::min(list.find(':', start), list.size());
        if (end > start) {
            directories.emplace_back(list.substr(start, end - start));
        }
        start = end + 1;
    }
    std::filesystem::path data = variable("XDG_DATA_HOME");
    if (!data.is_absolute()) {  // the XDG base directory specification: ignore what is relative
        const std::filesystem::path home = variable("HOME");
        data = home.empty() ? home : home / ".local" / "share";
    }
    if (!data.empty()) {
        directories.push_back(data / "drumgen" / "presets");
    }
    return directories;
}

Patch read_preset(std::string_view name, std::string_view text, const std::string& place) {
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

std::string description_of(std::string_view text) {
    const JsonText document = parse_json(text);
    if (!document.value || !document.value->is_object()) {
        return "";
    }
    const auto found = document.value->find(description_key);
    return found != document.value->end() && found->is_string() ? found->get<std::string>() : "";
}

/// Names of the presets below a directory; empty when it can't be read.
std::vector<std::string> names_below(const std::filesystem::path& directory) {
    constexpr int deepest = 4;  // levels; a name has one or two
    std::vector<std::string> names;
    std::error_code error;
    using Iterator = std::filesystem::recursive_directory_iterator;
    const auto options = std::filesystem::directory_options::skip_permission_denied;
    for (Iterator at(directory, options, error), end; !error && at != end; at.increment(error)) {
        if (at.depth() >= deepest) {
            at.disable_recursion_pending();
        }
        std::error_code unreadable;
        if (at->path().extension() == extension && at->is_regular_file(unreadable)) {
            const auto relative = at->path().lexically_relative(directory);
            std::string name = relative.parent_path() / relative.stem();
            if (is_preset_name(name)) {
                names.push_back(std::move(name));
            }
        }
    }
    return names;
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

/// The user's own file of that name, if there is one.
std::optional<std::string> users_file(std::string_view name) {
    if (!is_preset_name(name)) {
        return std::nullopt;
    }
    for (const std::filesystem::path& directory : preset_directories()) {
        std::string path = directory / (std::string(name) + std::string(extension));
        std::error_code error;
        if (std::filesystem::is_regular_file(path, error)) {
            return path;
        }
    }
    return std::nullopt;
}

/// Built-in names and those of the user's directories, of sounds or of kits.
std::vector<std::string> all_names(const std::vector<Preset>& builtin, bool wants_kits) {
    std::vector<std::string> names;
    for (const Preset& preset : builtin) {
        names.push_back(preset.name);
    }
    for (const std::filesystem::path& directory : preset_directories()) {
        for (const std::string& name : names_below(directory)) {
            const bool is_kit = name.starts_with(kits_folder);
            if (is_kit == wants_kits) {
                names.push_back(name.substr(is_kit ? kits_folder.size() : 0));
            }
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace

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

std::optional<std::string> preset_file(std::string_view name) {
    return named(builtin_presets(), name) != nullptr ? std::nullopt : users_file(name);
}

std::optional<Patch> find_preset(std::string_view name) {
    if (name.starts_with(kits_folder)) {
        return std::nullopt;
    }
    if (const Preset* const preset = named(builtin_presets(), name)) {
        return read_preset(name, preset->json, "preset " + preset->name);
    }
    if (const std::optional<std::string> path = users_file(name)) {
        const std::vector<std::uint8_t> bytes = read_file(*path, max_patch_bytes);
        return read_preset(name, std::string(bytes.begin(), bytes.end()), *path);
    }
    return std::nullopt;
}

std::optional<KitPreset> find_kit(std::string_view name) {
    if (name.starts_with(kits_folder)) {
        name.remove_prefix(kits_folder.size());
    }
    if (const Preset* const kit = named(builtin_kits(), name)) {
        return KitPreset{kit->json, "kit " + kit->name, ""};
    }
    if (const auto path = users_file(std::string(kits_folder) + std::string(name))) {
        const std::vector<std::uint8_t> bytes = read_file(*path, max_kit_bytes);
        return KitPreset{std::string(bytes.begin(), bytes.end()), *path, *path};
    }
    return std::nullopt;
}

std::vector<std::string> kit_names() {
    return all_names(builtin_kits(), true);
}

std::vector<std::string> preset_names() {
    return all_names(builtin_presets(), false);
}

}  // namespace drumgen
