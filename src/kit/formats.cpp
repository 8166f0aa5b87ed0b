#include <array>

#include "io/kit_json.h"
#include "kit/kit_format.h"
#include "kit/kit_info.h"

namespace drumgen {

#define FORMAT(name) extern const KitFormat name##_format;
#include "kit/formats.def"
#undef FORMAT

std::span<const KitFormat* const> kit_formats() {
    static const std::array all{
#define FORMAT(name) &name##_format,
#include "kit/formats.def"
#undef FORMAT
    };
    return all;
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
