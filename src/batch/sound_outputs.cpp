#include "batch/sound_outputs.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "batch/description_json.h"
#include "drumgen/patch_json.h"
#include "measure/picture.h"
#include "measure/summary.h"
#include "page/sound_page.h"
#include "sound_file/sound_file.h"
#include "system/file.h"

namespace drumgen {
namespace {

void show(const KnownSound& known, const Features& features, const BatchRequest& request,
          SoundOutputs& outputs) {
    (takes_stdout(request) ? outputs.shown : outputs.told) +=
        formatted("{}\n{}{}\n", for_terminal(known.title),
                  text_waveform(*known.sound, *request.show), summary(*known.sound, features));
}

void plot_to(const std::string& path, const std::string& picture, const BatchRequest& request,
             SoundOutputs& outputs) {
    if (path == pipe_name) {
        outputs.told += picture;
        return;
    }
    outputs.plot.emplace(path, bytes_of(picture),
                         request.no_clobber ? Overwrite::no : Overwrite::yes, Durable::yes);
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

bool takes_stdout(const BatchRequest& request) {
    return request.output == pipe_name || request.plot == pipe_name || request.page == pipe_name ||
           request.json || request.describe;
}

bool wants_sound(const BatchRequest& request) {
    return request.describe || request.show || !request.plot.empty() || !request.page.empty();
}

SoundOutputs sound_outputs(const KnownSound& known, const std::string& plot,
                           const BatchRequest& request) {
    const Features features = measure_features(*known.sound);
    SoundOutputs outputs;
    if (request.describe) {
        const std::vector<Judgement> verdict = judge(*known.sound, features, known.length_is_asked);
        (request.json ? outputs.description : outputs.told) =
            description_json(known, features, verdict);
        const bool passes = std::all_of(verdict.begin(), verdict.end(),
                                        [](const Judgement& one) { return one.passes(); });
        outputs.status = passes ? Status::done : Status::different;
    }
    if (request.show) {
        show(known, features, request, outputs);
    }
    if (!plot.empty()) {
        const PictureFormat& format = picture_format_of(plot);
        plot_to(plot, format.draw(*known.sound, features, known.title), request, outputs);
    }
    if (!request.page.empty()) {
        outputs.page = page_sound({known.sound, &features, known.title, known.patch_json});
    }
    return outputs;
}

SoundOutputs sound_outputs(const GivenSound& given, const std::string& plot,
                           const BatchRequest& request) {
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
    SoundOutputs outputs = sound_outputs(known, plot, request);
    outputs.notes.insert(outputs.notes.end(), file.notes.begin(), file.notes.end());
    if (file.channels > 2) {
        outputs.notes.push_back(
            formatted("{}: has {} channels; the first one is measured", place, file.channels));
    }
    return outputs;
}

}  // namespace drumgen
