#include "input/preset.h"

#include <algorithm>

#include "base/bytes.h"
#include "document/kit_json.h"
#include "drumgen/patch_json.h"
#include "system/environment.h"
#include "system/file.h"
#include "system/path.h"

namespace drumgen {

namespace {

constexpr std::string_view extension = ".json";

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

/// Where the user's presets are, in the order of search.
std::vector<std::string> preset_directories() {
    std::vector<std::string> directories =
        paths_in(environment_variable("DRUMGEN_PRESET_PATH").value_or(""));
    std::erase(directories, "");
    if (const std::string data = data_folder(); !data.empty()) {
        directories.push_back(path_below(data, "drumgen/presets"));
    }
    return directories;
}

/// Adds the names of the presets below a directory; none of what can't be read.
///   prefix   of names in it: what it is called from the first one, with its slash
void add_names_below(const std::string& directory, const std::string& prefix, int depth,
                     std::vector<std::string>& names) {
    constexpr int deepest = 4;  // levels; a name has one or two
    const auto found = file_system().names_in(directory).value_or(std::vector<std::string>());
    for (const std::string& file : found) {
        const std::string path = path_below(directory, file);
        const std::optional<FileStatus> status = file_system().link_status(path);
        if (status && status->is_folder() && depth < deepest) {
            add_names_below(path, prefix + file + "/", depth + 1, names);
        } else if (file.ends_with(extension) && is_regular_file(path)) {
            std::string name = prefix + file.substr(0, file.size() - extension.size());
            if (is_preset_name(name)) {
                names.push_back(std::move(name));
            }
        }
    }
}

/// The user's own file of that name, if there is one.
std::optional<std::string> users_file(std::string_view name) {
    if (!is_preset_name(name)) {
        return std::nullopt;
    }
    for (const std::string& directory : preset_directories()) {
        std::string path = path_below(directory, std::string(name) + std::string(extension));
        if (is_regular_file(path)) {
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
    std::vector<std::string> own;
    for (const std::string& directory : preset_directories()) {
        add_names_below(directory, "", 0, own);
    }
    for (const std::string& name : own) {
        const bool is_kit = name.starts_with(kits_folder);
        if (is_kit == wants_kits) {
            names.push_back(name.substr(is_kit ? kits_folder.size() : 0));
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace

std::optional<std::string> preset_file(std::string_view name) {
    return named(builtin_presets(), name) != nullptr ? std::nullopt : users_file(name);
}

std::optional<Patch> find_preset(std::string_view name) {
    if (name.starts_with(kits_folder)) {
        return std::nullopt;
    }
    if (const Preset* const preset = named(builtin_presets(), name)) {
        return patch_of_preset(name, preset->json, "preset " + preset->name);
    }
    if (const std::optional<std::string> path = users_file(name)) {
        const std::vector<std::uint8_t> bytes = read_file(*path, max_patch_bytes);
        return patch_of_preset(name, text_in(bytes), *path);
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
        return KitPreset{std::string(text_in(bytes)), *path, *path};
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
