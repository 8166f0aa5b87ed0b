#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// A WAV that a kit_info.json lists.
struct ListedFile {
    std::string path;    ///< in the kit
    std::string sha256;  ///< of its samples; empty when the list tells none
};

/// All WAVs that a kit_info.json lists. Throws Error (invalid).
[[nodiscard]] std::vector<ListedFile> files_in_kit_info(std::string_view text,
                                                        const std::string& place);

}  // namespace drumgen
