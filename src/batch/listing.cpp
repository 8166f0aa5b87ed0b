#include "batch/listing.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "batch/destination.h"
#include "drumgen/error.h"
#include "system/file_system.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// The name of a file from the folder of another one; empty when it lies outside that.
std::string name_from_folder_of(const std::string& other, const std::string& path) {
    std::string name = path_from(absolute_path(folder_of(other)), absolute_path(path));
    return name.starts_with("..") ? "" : name;
}

}  // namespace

std::string member_of(const OutputName& name) {
    const std::string digits = std::to_string(name.index);
    return std::string(6 - std::min<std::size_t>(digits.size(), 6), '0') + digits;
}

ManifestEntry listing_of(const OutputName& name, const std::string& path,
                         std::string_view patch_json, const BatchRequest& request) {
    ManifestEntry entry;
    entry.index = name.index;
    entry.path = path == pipe_name ? "" : path;
    if (request.container == Container::files && !entry.path.empty()) {
        entry.file_name = name_from_folder_of(request.manifest, entry.path);
    }
    entry.member = request.container == Container::tar ? member_of(name) + ".wav" : "";
    entry.container = word_of(request.container, *request.file_format);
    entry.bits = word_of(sample_format_choices, request.format);
    entry.patch_json = patch_json;
    return entry;
}

bool is_whole(const std::string& line, ManifestEntry entry, const std::string& place,
              const BatchRequest& request) {
    if (!take_rendered(entry, line)) {
        throw Error(
            Status::invalid,
            formatted("{} lists another sound than {} asks for; leave out --resume to begin anew",
                      request.manifest, place));
    }
    const std::optional<FileStatus> status = file_system().status(entry.path);
    if (!status || !status->is_regular()) {
        return false;
    }
    return request.container == Container::files
               ? status->size == entry.bytes
               : status->size >= entry.offset.value_or(0) + entry.bytes;
}

}  // namespace drumgen
