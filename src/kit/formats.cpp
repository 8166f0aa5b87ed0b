#include <array>

#include "document/kit_json.h"
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
