#include "measure/picture.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {

#define PICTURE(name) extern const PictureFormat name##_picture;
#include "measure/pictures.def"
#undef PICTURE

std::span<const PictureFormat* const> picture_formats() {
    static const std::array all{
#define PICTURE(name) &name##_picture,
#include "measure/pictures.def"
#undef PICTURE
    };
    return all;
}

const PictureFormat& picture_format_of(std::string_view path) {
    const auto formats = picture_formats();
    const std::string_view name = path.substr(path.rfind('/') + 1);
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
