#pragma once

#include <span>
#include <string>
#include <string_view>

#include "drumgen/render.h"
#include "measure/features.h"

namespace drumgen {

/// One kind of picture of a sound. A new one is one new file that defines it, and one line in
/// pictures.def.
struct PictureFormat {
    std::string_view extension;  ///< of its file, such as ".svg"
    std::string_view summary;    ///< a few words

    /// The bytes of its file. The same sound gives the same bytes.
    ///   features   of that sound
    ///   title      any text
    std::string (*draw)(const Sound& sound, const Features& features, const std::string& title);
};

/// All of them, in the order of pictures.def; the first is the usual one.
[[nodiscard]] std::span<const PictureFormat* const> picture_formats();

/// The one that a file's extension tells, or the usual one for a name that has none. Throws Error
/// (invalid) for another extension.
[[nodiscard]] const PictureFormat& picture_format_of(std::string_view path);

}  // namespace drumgen
