#include "page/sound_page.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"
#include "drumgen/patch_json.h"
#include "measure/extremes.h"
#include "measure/heat_image.h"
#include "measure/png.h"
#include "measure/summary.h"
#include "param/patch_keys.h"
#include "param/wording.h"
#include "sound_file/wav.h"

namespace drumgen {
namespace {

#include "page.inc"

constexpr int waveform_columns = 256;
constexpr int waveform_steps = 127;  // from the middle to the highest level that is drawn
constexpr int image_columns = 256;
constexpr int image_rows = 110;

/// Names of parameters and their values, as a reader sees them.
class ValueList {
public:
    explicit ValueList(JsonWriter& writer, std::string_view key) : writer_(writer) {
        writer_.key(key).begin_list();
    }
    ~ValueList() { writer_.end(); }
    ValueList(const ValueList&) = delete;
    ValueList& operator=(const ValueList&) = delete;

    void add(std::string_view name, const std::string& text) {
        writer_.begin_list().value(name).value(text).end();
    }

    /// A value to four digits, which is all that can be heard.
    void add(const Parameter& row, double value) {
        const auto rounded = number_from_text(formatted("{:.4g}", value));
        add(row.id, value_text(row, rounded.value_or(value)));
    }

    /// What is stated of rows.
    void add_stated(std::span<const Parameter> rows, const Values& values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i]) {
                add(rows[i], values[i]->value);
            }
        }
    }

private:
    JsonWriter& writer_;
};

/// What the patch states, and what stands for everything else.
void write_values(JsonWriter& writer, const Patch& patch) {
    {
        ValueList stated(writer, "stated");
        stated.add_stated(patch.instrument->parameters, patch.params);
        stated.add_stated(render_parameters(), patch.render);
        stated.add(patch_keys::seed, std::to_string(patch.seed));
    }
    const Resolved resolved = resolve(patch);
    ValueList others(writer, "others");
    for (std::size_t i = 0; i < resolved.params.size(); ++i) {
        const Parameter& row = patch.instrument->parameters[i];
        if (i >= patch.params.size() || !patch.params[i]) {
            others.add(row, resolved.params[i].value);
        }
    }
}

/// Lowest and highest level of each column, the loudest as high as the panel.
void write_waveform(JsonWriter& writer, const Sound& sound, double peak) {
    writer.key("waveform").begin_list();
    const double scale = peak > 0 ? waveform_steps / peak : 0;
    const auto step_of = [scale](float sample) {
        return std::clamp(static_cast<int>(static_cast<double>(sample) * scale), -waveform_steps,
                          waveform_steps);
    };
    for (const auto& [low, high] : extremes_of(sound, waveform_columns)) {
        writer.begin_list().value(step_of(low)).value(step_of(high)).end();
    }
    writer.end();
}

std::string spectrogram_png(const Sound& sound) {
    return base64(png_bytes(heat_image(
        spectrogram(sound, image_columns, image_rows, picture_low_hz, picture_high_hz))));
}

/// JSON that may stand in a script element, which a "</script>" or "<!--" in a title would end.
std::string for_script(const std::string& json) {
    std::string safe;
    safe.reserve(json.size());
    for (const char letter : json) {
        if (letter == '<') {
            safe += "\\u003c";
        } else {
            safe += letter;
        }
    }
    return safe;
}

}  // namespace

std::string_view page_begin() {
    return page_head;
}

std::string_view page_end() {
    return page_foot;
}

std::string page_sound(const PageSound& shown) {
    const Sound& sound = *shown.sound;
    JsonWriter writer;
    writer.begin_object()
        .member("title", shown.title)
        .member("summary", summary(sound, *shown.features))
        .member("seconds", static_cast<double>(sound.samples.size()) / sound.sample_rate_hz);
    writer.key("patch").text_or_null(shown.patch_json);
    const auto in_element = [&writer] {
        return formatted("<script type=\"application/json\" class=\"sound\">{}</script>\n",
                         for_script(writer.end().text()));
    };
    if (page_has_engine && !shown.patch_json.empty()) {
        return in_element();  // the page makes the rest
    }
    if (shown.patch_json.empty()) {
        writer.key("stated").begin_list().end().key("others").begin_list().end();
    } else {
        PatchReading reading;
        const Patch patch = patch_from_json(shown.patch_json, reading);
        writer.member("file", formatted("{}-{}", patch.instrument->name, patch.seed));
        write_values(writer, patch);
    }
    if (!page_has_engine) {
        const Sound mid = mid_of(sound);
        write_waveform(writer, mid, shown.features->peak);
        writer.member("spectrogram", spectrogram_png(mid));
    }
    writer.member("wav", base64(encode_wav(Interleaved(sound).frames(), SampleFormat::int16,
                                           static_cast<std::uint32_t>(sound.sample_rate_hz), {})));
    return in_element();
}

}  // namespace drumgen
