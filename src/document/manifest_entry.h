#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace drumgen {

/// What a manifest says of one sound.
struct ManifestEntry {
    std::uint64_t index = 0;
    std::string path{};            ///< of its file or container; empty: standard output
    std::string file_name{};       ///< of its file, from the manifest's folder; empty: outside it
    std::string member{};          ///< its name in a tar; empty in any other container
    std::string_view container{};  ///< as its option calls it
    std::string_view bits{};       ///< as their option calls them
    std::string patch_json{};      ///< as its file carries it

    // What is known only when it was rendered.
    std::optional<std::uint64_t> offset{};  ///< of its bytes in a container of many
    std::uint64_t bytes = 0;  ///< of its file, or of its frames where they have none of their own
    std::uint64_t frames = 0;
    int channels = 1;
    double rate_hz = 0;
    std::string sha256{};  ///< of the canonical bytes of its samples
};

/// One line of JSON, line feed included.
[[nodiscard]] std::string manifest_line(const ManifestEntry& entry);

/// Takes over from a line what was known only when the sound was rendered.
///   line   without its line feed
///   returns   whether the line lists the sound of the entry
[[nodiscard]] bool take_rendered(ManifestEntry& entry, std::string_view line);

}  // namespace drumgen
