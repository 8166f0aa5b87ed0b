#include <array>

#include "base/text.h"
#include "document/kit_json.h"
#include "drumgen/error.h"
#include "kit/kit_format.h"
#include "kit/kit_info.h"

namespace drumgen {

#define ROWS "kit/formats.def"
#define ROW_TYPE KitFormat
#define ROW_LIST all_kit_formats
#include "base/rows.inc"

std::span<const KitFormat* const> kit_formats() {
    return all_kit_formats;
}

std::vector<std::string_view> kit_format_names() {
    std::vector<std::string_view> names;
    for (const KitFormat* format : kit_formats()) {
        names.push_back(format->name);
    }
    return names;
}

const KitFormat& find_kit_format(std::string_view flag, std::string_view name) {
    for (const KitFormat* format : kit_formats()) {
        if (format->name == name) {
            return *format;
        }
    }
    const std::vector<std::string_view> names = kit_format_names();
    throw Error(Status::invalid,
                formatted("{} {} is unknown{}", flag, in_quotes(name),
                          did_you_mean(name, names, "; known are " + listed(names))));
}

KitFile info_file(const std::string& info) {
    return {kit_info_path, info};
}

void append_wavs(std::vector<KitFile>& files, const KitPlan& plan, const std::string& folder) {
    for (const KitVoice& voice : plan.voices) {
        for (const KitLayer& layer : voice.layers) {
            for (const KitSample& sample : layer.cycle) {
                files.push_back(KitFile::of(folder + sample.file, sample.wav));
            }
        }
    }
}

}  // namespace drumgen
