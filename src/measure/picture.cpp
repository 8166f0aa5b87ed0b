#include "measure/picture.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {

#define ROWS "measure/pictures.def"
#define ROW_TYPE PictureFormat
#define ROW_LIST all_picture_formats
#include "base/rows.inc"

std::span<const PictureFormat* const> picture_formats() {
    return all_picture_formats;
}

const PictureFormat& picture_format_of(std::string_view path) {
    const auto formats = picture_formats();
    const std::string_view name = path.substr(path.find_last_of("/\\") + 1);
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos) {
        return *formats.front();
    }
    std::vector<std::string_view> known;
    for (const PictureFormat* format : formats) {
        if (format->extension == name.substr(dot)) {
            return *format;
        }
        known.push_back(format->extension);
    }
    throw Error(Status::invalid, formatted("--plot {}: there is no picture of that ending; "
                                           "known are {}",
                                           in_quotes(path), listed(known)));
}

}  // namespace drumgen
