#include "kit/kit_info.h"

#include "base/json_writer.h"
#include "base/math.h"
#include "document/report_json.h"
#include "drumgen/patch_json.h"
#include "measure/features_json.h"
#include "param/kit_keys.h"
#include "param/patch_keys.h"

namespace drumgen {
namespace {

double tenths(double value) {
    return math::nearest(value, 10);
}

void write_sample(JsonWriter& writer, const KitLayer& layer, std::size_t turn) {
    const KitSample& sample = layer.cycle[turn];
    writer.begin_object().member("file", sample.file).key("velocities").begin_list();
    writer.value(layer.low_velocity).value(layer.high_velocity).end();
    writer.member("round_robin", turn + 1)
        .member("seed", sample.patch.seed)
        .member("frames", sample.frames)
        .member("channels", sample.channels)
        .member("rate_hz", sample.rate_hz)
        .member("sha256", sample.sha256)
        .end();
}

void write_voice(JsonWriter& writer, const KitVoice& voice, bool is_described) {
    writer.begin_object()
        .lines()
        .member(kit_keys::key, voice.key)
        .member(kit_keys::choke, voice.choke)
        .member(kit_keys::gain_db, voice.gain_db)
        .member(kit_keys::pan, voice.pan)
        .member(kit_keys::level_db, voice.level_db)
        .member(kit_keys::loudness, tenths(voice.loudness_lufs))
        .member_json(kit_keys::patch, patch_to_json(voice.patch))
        .key(kit_keys::files)
        .begin_list()
        .lines();
    for (const KitLayer& layer : voice.layers) {
        for (std::size_t turn = 0; turn < layer.cycle.size(); ++turn) {
            write_sample(writer, layer, turn);
        }
    }
    writer.end()
        .member_json(kit_keys::features, is_described ? features_json(voice.features)
                                                      : levels_and_times_json(voice.features))
        .end();
}

}  // namespace

std::string kit_info_json(const KitPlan& plan, const std::string& version, const std::string& date,
                          bool has_lines) {
    JsonWriter writer(has_lines);
    writer.begin_object().lines().member(kit_keys::kit_name, plan.name);
    if (!date.empty()) {
        writer.member(kit_keys::date, date);
    }
    writer.member(kit_keys::version, version)
        .member(patch_keys::version, sound_version)
        .member(kit_keys::velocities, plan.velocities)
        .member(kit_keys::round_robins, plan.round_robins)
        .key(kit_keys::slots)
        .begin_object()
        .lines();
    for (const KitVoice& voice : plan.voices) {
        write_voice(writer.key(voice.name), voice, plan.is_described);
    }
    return writer.end().end().text();
}

}  // namespace drumgen
