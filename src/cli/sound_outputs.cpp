#include "cli/sound_outputs.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "cli/description_json.h"
#include "cli/messages.h"
#include "explore/picture.h"
#include "explore/summary.h"
#include "explore/text_picture.h"
#include "io/file.h"
#include "io/patch_json.h"
#include "io/sound_wav.h"

namespace drumgen {
namespace {

/// Does the user's locale say UTF-8? As the C library decides it, without loading one.
bool has_utf8() {
    for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            std::string locale(value);
            std::transform(locale.begin(), locale.end(), locale.begin(), [](char c) {
                return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            });
            return locale.find("UTF-8") != locale.npos || locale.find("UTF8") != locale.npos;
        }
    }
    return false;
}

int columns_of(int stream) {
    constexpr int usual = 80;
    winsize size{};
    const bool is_known = ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return is_known ? std::clamp<int>(size.ws_col, 20, 240) : usual;
}

void show(const KnownSound& known, const Features& features, const RenderOptions& options,
          SoundOutputs& outputs) {
    const bool is_taken = options.output == pipe_name || options.plot == pipe_name ||
                          options.json || options.describe;
    TextPicture picture;
    picture.columns = columns_of(is_taken ? STDERR_FILENO : STDOUT_FILENO);
    picture.has_unicode = has_utf8();
    (is_taken ? outputs.shown : outputs.told) += for_terminal(known.title) + "\n" +
                                                 text_waveform(*known.sound, picture) +
                                                 summary(features) + "\n";
}

void plot_to(const std::string& path, const std::string& svg, const RenderOptions& options,
             SoundOutputs& outputs) {
    if (path == pipe_name) {
        outputs.told += svg;
        return;
    }
    outputs.plot.emplace(path,
                         std::span(reinterpret_cast<const std::uint8_t*>(svg.data()), svg.size()),
                         options.no_clobber ? Overwrite::no : Overwrite::yes, Durable::yes);
}

/// Did the patch that a WAV carries ask for a length? One that can't be read asked for nothing.
bool asks_for_length(const std::string& patch_json) {
    if (patch_json.empty()) {
        return false;
    }
    try {
        PatchReading reading;
        return resolve(patch_from_json(patch_json, reading)).render.duration_s.has_value();
    } catch (const Error&) {
        return false;
    }
}

/// The patch in a WAV as JSON that may stand in another line of JSON; empty when it is none.
std::string checked_patch(const std::string& patch_json) {
    try {
        PatchReading reading;
        return patch_json.empty() ? "" : patch_to_json(patch_from_json(patch_json, reading));
    } catch (const Error&) {
        return "";
    }
}

}  // namespace

bool wants_sound(const RenderOptions& options) {
    return options.describe || options.show || !options.plot.empty();
}

SoundOutputs sound_outputs(const KnownSound& known, const std::string& plot,
                           const RenderOptions& options) {
    const Features features = measure_features(*known.sound);
    SoundOutputs outputs;
    if (options.describe) {
        const std::vector<Judgement> verdict = judge(*known.sound, features, known.length_is_asked);
        (options.json ? outputs.description : outputs.told) =
            description_json(known, features, verdict);
        const bool passes = std::all_of(verdict.begin(), verdict.end(),
                                        [](const Judgement& one) { return one.passes(); });
        outputs.status = passes ? Status::done : Status::different;
    }
    if (options.show) {
        show(known, features, options, outputs);
    }
    if (!plot.empty()) {
        plot_to(plot, picture_svg(*known.sound, features, known.title), options, outputs);
    }
    return outputs;
}

SoundOutputs sound_outputs(const GivenSound& given, const std::string& plot,
                           const RenderOptions& options) {
    const bool is_standard = given.path == pipe_name;
    const std::string place = is_standard ? "standard input" : given.path;
    const SoundFile file =
        read_sound(is_standard ? given.bytes : read_file(given.path, max_input_bytes), place);
    KnownSound known;
    known.sound = &file.sound;
    known.path = is_standard ? "" : given.path;
    known.title = place;
    known.patch_json = checked_patch(file.patch_json);
    known.channels = file.channels;
    known.length_is_asked = asks_for_length(file.patch_json);
    SoundOutputs outputs = sound_outputs(known, plot, options);
    if (file.channels > 1) {
        outputs.notes.push_back(place + ": has " + std::to_string(file.channels) +
                                " channels; the first one is measured");
    }
    return outputs;
}

}  // namespace drumgen
