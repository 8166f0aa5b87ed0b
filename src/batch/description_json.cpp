#include "batch/description_json.h"

#include <algorithm>

#include "base/json_writer.h"
#include "document/report_json.h"
#include "measure/features_json.h"
#include "measure/summary.h"
#include "param/render_table.h"

namespace drumgen {
namespace {

void write_key(JsonWriter& writer, double pitch_hz) {
    if (pitch_hz <= 0) {
        writer.null();
        return;
    }
    const Key key = key_of(pitch_hz);
    writer.begin_object()
        .member("midi", key.midi)
        .member("name", key_name(key.midi))
        .member("cents", key.cents)
        .end();
}

void write_stereo(JsonWriter& writer, const Sound& sound) {
    if (!sound.is_stereo()) {
        writer.null();
        return;
    }
    const StereoFeatures stereo = measure_stereo(sound);
    const Parameter& width = render_parameters()[render_row_of(&RenderSettings::width)];
    const auto write_channel = [&](const char* key, const Signal& samples) {
        const ChannelLevels channel = measure_channel(samples, sound.sample_rate_hz);
        writer.key(key)
            .begin_object()
            .member("peak", channel.peak)
            .member("true_peak", channel.true_peak)
            .member("rms", channel.rms)
            .member("dc", channel.dc)
            .end();
    };
    writer.begin_object()
        .member(width.id.view(), stereo.width)
        .member("correlation", stereo.correlation)
        .member("balance_db", stereo.balance_db);
    write_channel("left", sound.samples);
    write_channel("right", sound.right);
    writer.end();
}

void write_verdict(JsonWriter& writer, std::span<const Judgement> verdict) {
    const bool passes = std::all_of(verdict.begin(), verdict.end(),
                                    [](const Judgement& one) { return one.passes(); });
    writer.begin_object().member("pass", passes).key("laws").begin_list();
    for (const Judgement& one : verdict) {
        writer.begin_object()
            .member("law", one.law)
            .member("measured", one.measured)
            .member("bound", bound_word(one.bound))
            .member("limit", one.limit)
            .member("pass", one.passes())
            .end();
    }
    writer.end().end();
}

}  // namespace

std::string description_json(const KnownSound& known, const Features& features,
                             std::span<const Judgement> verdict) {
    const Sound& sound = *known.sound;
    JsonWriter writer;
    writer.begin_object().key("path").text_or_null(known.path);
    writer.member("title", known.title)
        .member("rate_hz", sound.sample_rate_hz)
        .member("frames", sound.samples.size())
        .member("channels", known.channels)
        .member_json("features", features_json(features));
    write_stereo(writer.key("stereo"), sound);
    write_key(writer.key("key"), features.f0_hz);
    write_verdict(writer.key("verdict"), verdict);
    writer.member_json("patch", known.patch_json.empty() ? "null" : known.patch_json);
    return writer.end().line();
}

}  // namespace drumgen
