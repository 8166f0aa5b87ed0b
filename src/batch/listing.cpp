#include "batch/listing.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/error.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "io/report_json.h"

namespace drumgen {
namespace {

std::string_view format_word(SampleFormat format) {
    switch (format) {
        case SampleFormat::int16:
            return "16";
        case SampleFormat::int24:
            return "24";
        case SampleFormat::float32:
            break;
    }
    return "32f";
}

std::string_view container_word(Container container) {
    switch (container) {
        case Container::files:
            return "wav";
        case Container::tar:
            return "tar";
        case Container::raw:
            break;
    }
    return "raw";
}

/// The number behind a key of a line of a manifest.
std::optional<std::uint64_t> number_in(std::string_view line, std::string_view key) {
    const std::size_t at = line.find(key);
    std::uint64_t number = 0;
    if (at == std::string_view::npos ||
        std::from_chars(line.data() + at + key.size(), line.data() + line.size(), number).ec !=
            std::errc{}) {
        return std::nullopt;
    }
    return number;
}

constexpr std::string_view offset_key = "\"offset\": ";
constexpr std::string_view bytes_key = "\"bytes\": ";
constexpr std::string_view patch_key = "\"patch\": ";

}  // namespace

std::string member_of(const OutputName& name) {
    const std::string digits = std::to_string(name.index);
    return std::string(6 - std::min<std::size_t>(digits.size(), 6), '0') + digits;
}

ManifestEntry listing_of(const OutputName& name, const std::string& path,
                         std::string_view patch_json, const BatchRequest& request) {
    ManifestEntry entry;
    entry.head = fmt::format("{{\"index\": {}, \"path\": {}, ", name.index,
                             path == pipe_name ? "null" : json_quoted(path));
    if (request.container == Container::tar) {
        entry.head += fmt::format("\"member\": \"{}.wav\", ", member_of(name));
    }
    entry.head += fmt::format("\"container\": {}, \"bits\": {}, ",
                              json_quoted(container_word(request.container)),
                              json_quoted(format_word(request.format)));
    entry.tail = fmt::format("{}{}}}", patch_key, patch_json);
    return entry;
}

void finish_listing(ManifestEntry& entry, std::size_t bytes, std::size_t frames, double rate_hz,
                    std::string_view sha256) {
    entry.tail = fmt::format("{}{}, \"frames\": {}, \"rate_hz\": {}, \"sha256\": \"{}\", {}",
                             bytes_key, bytes, frames, number_to_text(rate_hz), sha256, entry.tail);
}

bool is_whole(const std::string& line, const ManifestEntry& entry, const std::string& path,
              const std::string& place, const BatchRequest& request) {
    if (!line.starts_with(entry.head) || !line.ends_with(entry.tail)) {
        throw Error(
            Status::invalid,
            fmt::format("{} lists another sound than {} asks for; leave out --resume to begin anew",
                        request.manifest, place));
    }
    const auto bytes = number_in(line, bytes_key);
    struct stat status {};
    if (!bytes || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    return request.container == Container::files
               ? size == *bytes
               : size >= number_in(line, offset_key).value_or(0) + *bytes;
}

}  // namespace drumgen
