#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "archive/zip_archive.h"
#include "kit/kit_format.h"
#include "kit/kit_plan.h"
#include "system/output_file.h"

namespace drumgen {

/// Where a kit goes, in one format.
struct KitTarget {
    std::string path;  ///< "-": standard output
    const KitFormat* format = nullptr;
    Overwrite overwrite = Overwrite::yes;
    bool is_hashed = false;  ///< the archive's SHA-256 is asked for
};

/// Every path that the kit will be written to; none for standard output.
[[nodiscard]] std::vector<std::string> output_paths(const KitPlan& plan, const KitTarget& target);

/// What was written.
struct WrittenKit {
    std::size_t files = 0;
    std::uint64_t bytes = 0;
    std::string sha256{};  ///< of the archive; empty for a folder or when nobody asks
};

/// Writes a rendered kit. Throws Error (failed).
///   info   what kit_info_json tells
[[nodiscard]] WrittenKit write_kit(const KitPlan& plan, const std::string& info,
                                   const KitTarget& target);

/// Writes files into a folder, which is made when it is not there; what else lies in it stays. All
/// of them are complete before the first gets its name. Throws Error (failed).
void write_folder(const std::string& path, std::span<const KitFile> files, Overwrite overwrite);

}  // namespace drumgen
