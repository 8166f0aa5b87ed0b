#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/zip_archive.h"
#include "document/kit_json.h"

namespace drumgen {

/// Largest archive of a kit that is read.
inline constexpr std::size_t max_archive_bytes = std::size_t{1} << 30;

/// Is a file of that name an archive of a kit, by its ending?
[[nodiscard]] bool is_archive_name(std::string_view path);

/// The kit of an archive that export-kit wrote, by its kit_info.json. Throws Error (invalid).
[[nodiscard]] Kit kit_in(const ZipReader& archive, KitReading& reading);

/// Is that a folder that export-kit wrote?
[[nodiscard]] bool is_kit_folder(const std::string& path);

/// The kit of such a folder, or of one with WAVs made by drumgen, each a slot of its name.
///   files   out: what was read
/// Throws Error (invalid) with all problems.
[[nodiscard]] Kit kit_in_folder(const std::string& path, KitReading& reading,
                                std::vector<std::string>& files);

/// A WAV in a kit, with what kit_info.json says of it.
struct KitWav {
    std::string path;  ///< in the kit
    std::string sha256;
    std::vector<std::uint8_t> bytes;
};

/// All WAVs that a kit's kit_info.json lists. Throws Error (invalid) when one is missing.
[[nodiscard]] std::vector<KitWav> wavs_of(const ZipReader& archive, const std::string& place);
[[nodiscard]] std::vector<KitWav> wavs_of_folder(const std::string& path);

}  // namespace drumgen
