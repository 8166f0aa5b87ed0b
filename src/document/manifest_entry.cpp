#include "document/manifest_entry.h"

#include "base/json_writer.h"
#include "document/json_text.h"

namespace drumgen {
namespace {

constexpr const char* offset_key = "offset";
constexpr const char* bytes_key = "bytes";
constexpr const char* frames_key = "frames";
constexpr const char* channels_key = "channels";
constexpr const char* rate_key = "rate_hz";
constexpr const char* hash_key = "sha256";

}  // namespace

std::string manifest_line(const ManifestEntry& entry) {
    JsonWriter writer;
    writer.begin_object().member("index", entry.index).key("path").text_or_null(entry.path);
    // As the audio folders of Hugging Face's datasets call it.
    if (!entry.file_name.empty()) {
        writer.member("file_name", entry.file_name);
    }
    if (!entry.member.empty()) {
        writer.member("member", entry.member);
    }
    writer.member("container", entry.container).member("bits", entry.bits);
    if (entry.offset) {
        writer.member(offset_key, *entry.offset);
    }
    return writer.member(bytes_key, entry.bytes)
        .member(frames_key, entry.frames)
        .member(channels_key, entry.channels)
        .member(rate_key, entry.rate_hz)
        .member(hash_key, entry.sha256)
        .member_json("patch", entry.patch_json)
        .end()
        .line();
}

bool take_rendered(ManifestEntry& entry, std::string_view line) {
    const JsonText parsed = parse_json(line);
    if (!parsed.value || !parsed.value->is_object()) {
        return false;
    }
    const nlohmann::json& told = *parsed.value;
    const auto number = [&told](const char* key) {
        const auto found = told.find(key);
        return found == told.end() ? std::nullopt : whole_number(*found);
    };
    entry.offset = number(offset_key);
    entry.bytes = number(bytes_key).value_or(0);
    entry.frames = number(frames_key).value_or(0);
    entry.channels = static_cast<int>(number(channels_key).value_or(0));
    entry.rate_hz = static_cast<double>(number(rate_key).value_or(0));
    if (const auto hash = told.find(hash_key); hash != told.end() && hash->is_string()) {
        entry.sha256 = hash->get<std::string>();
    }
    return manifest_line(entry) == std::string(line) + "\n";
}

}  // namespace drumgen
