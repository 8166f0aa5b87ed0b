#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/kit_file.h"
#include "kit/kit_plan.h"

namespace drumgen {

/// What the files of a format are put into.
enum class KitShape {
    file,    ///< there is only one
    zip,     ///< a ZIP archive
    tar_gz,  ///< a gzipped TAR archive
    folder,
};

/// One format that players load. A new one is one new file that defines it, and one line in
/// formats.def.
struct KitFormat {
    std::string_view name;       ///< for --format
    std::string_view extension;  ///< of its file; what a folder's name ends in beside other formats
    std::string_view summary;    ///< a few words
    KitShape shape = KitShape::zip;

    /// The files of a rendered kit. A plan that is not rendered has the same paths.
    ///   info   what kit_info.json holds
    std::vector<KitFile> (*files)(const KitPlan& plan, const std::string& info) = nullptr;
};

/// All formats, in the order of formats.def; the first is the usual one.
[[nodiscard]] std::span<const KitFormat* const> kit_formats();

/// Their names.
[[nodiscard]] std::vector<std::string_view> kit_format_names();

/// The one of that name. Throws Error (invalid) that begins with `flag`.
[[nodiscard]] const KitFormat& find_kit_format(std::string_view flag, std::string_view name);

/// kit_info.json.
[[nodiscard]] KitFile info_file(const std::string& info);

/// The WAVs of all slots, below a folder, "" or "samples/".
void append_wavs(std::vector<KitFile>& files, const KitPlan& plan, const std::string& folder = "");

}  // namespace drumgen
