#include "document/kit_info_files.h"

#include "base/text.h"
#include "document/json_text.h"
#include "document/kit_json.h"
#include "drumgen/error.h"
#include "param/kit_keys.h"
#include "param/slot_name.h"

namespace drumgen {

std::vector<ListedFile> files_in_kit_info(std::string_view text, const std::string& place) {
    const JsonText parsed = parse_json(text, max_kit_bytes);
    const auto refuse = [&place](const std::string& reason) {
        throw Error(Status::invalid, message(place, "", reason));
    };
    if (!parsed.value || !parsed.problems.empty() || !parsed.value->is_object()) {
        refuse("kit_info.json is damaged");
    }
    std::vector<ListedFile> files;
    const nlohmann::json slots =
        parsed.value->value(std::string(kit_keys::slots), nlohmann::json::object());
    for (const nlohmann::json& slot : slots) {
        const nlohmann::json list =
            slot.is_object() ? slot.value(std::string(kit_keys::files), nlohmann::json::array())
                             : nlohmann::json::array();
        for (const nlohmann::json& file : list) {
            if (!file.is_object() || !file.contains("file") || !file.at("file").is_string()) {
                refuse("kit_info.json lists a file without a name");
            }
            const std::string path = file.at("file").get<std::string>();
            if (const std::string reason = path_problem(path); !reason.empty()) {
                refuse(formatted("kit_info.json lists {}, which {}", in_quotes(path), reason));
            }
            const nlohmann::json sha256 = file.value("sha256", nlohmann::json());
            files.push_back({path, sha256.is_string() ? sha256.get<std::string>() : ""});
        }
    }
    if (files.empty()) {
        refuse("kit_info.json lists no files");
    }
    return files;
}

}  // namespace drumgen
