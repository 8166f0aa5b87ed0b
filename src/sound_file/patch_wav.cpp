#include "sound_file/patch_wav.h"

#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "drumgen/wav_file.h"
#include "sound_file/root_note.h"

namespace drumgen {
namespace {

/// States what is left to defaults, which another version may change.
Patch fully_stated(Patch patch) {
    const std::span<const Parameter> rows = render_parameters();
    patch.render.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!patch.render[i] && !rows[i].optional) {
            patch.render[i] = Value{rows[i].standard, Origin::standard};
        }
    }
    return patch;
}

}  // namespace

std::optional<double> pitch_of(const Resolved& resolved) {
    if (resolved.instrument->pitch_hz == nullptr) {
        return std::nullopt;
    }
    std::vector<double> values;
    for (const Value& value : resolved.params) {
        values.push_back(value.value);
    }
    return resolved.instrument->pitch_hz(values);
}

WavTags tags_of(const Patch& patch, const Resolved& resolved) {
    WavTags tags;
    tags.patch_json = patch_to_json(fully_stated(patch));
    tags.title =
        !patch.name.empty() ? patch.name : formatted("{} {}", patch.instrument->name, patch.seed);
    if (const std::optional<double> pitch_hz = pitch_of(resolved)) {
        set_root_note(tags, *pitch_hz);
    }
    return tags;
}

std::vector<std::uint8_t> wav_bytes(const Patch& patch, const Resolved& resolved,
                                    const Sound& sound, SampleFormat format) {
    return encode_wav(Interleaved(sound).frames(), format,
                      static_cast<std::uint32_t>(sound.sample_rate_hz), tags_of(patch, resolved));
}

std::vector<std::uint8_t> wav_file(const Patch& patch) {
    const Resolved resolved = resolve(patch);
    return wav_bytes(patch, resolved, render(resolved), SampleFormat::int24);
}

}  // namespace drumgen
