#include "input/known_presets.h"

#include <algorithm>

#include "base/text.h"
#include "document/builtin_presets.h"
#include "drumgen/render.h"
#include "input/preset.h"
#include "render/loudness.h"

namespace drumgen {
namespace {

/// A preset's name, how loud it is, and what it is for.
std::string line_of(const Preset& preset) {
    const Sound sound = render(resolve(find_preset(preset.name).value()));
    const double lufs = loudness_lufs(sound);
    const std::string loudness = fixed(lufs, 1);
    return formatted("{}{:>6} LUFS  {}", padded(preset.name, 22), loudness, preset.description);
}

}  // namespace

std::string known_presets_text(const std::vector<std::string>& wanted) {
    std::string text;
    for (const std::string& name : preset_names()) {
        const bool is_wanted = wanted.empty() || std::count(wanted.begin(), wanted.end(),
                                                            name.substr(0, name.find('/'))) > 0;
        if (!is_wanted) {
            continue;
        }
        const Preset* const preset = named(builtin_presets(), name);
        text += (preset == nullptr ? name : line_of(*preset)) + "\n";
    }
    return text;
}

}  // namespace drumgen
