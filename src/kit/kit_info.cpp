#include "kit/kit_info.h"

#include "base/math.h"
#include "explore/features_json.h"
#include "io/patch_json.h"
#include "io/report_json.h"
#include "param/kit_keys.h"
#include "param/patch_keys.h"
#include "param/state.h"

namespace drumgen {
namespace {

std::string key(std::string_view name) {
    return json_quoted(name) + ": ";
}

std::string tenths(double value) {
    return number_to_text(static_cast<double>(math::floor(value * 10 + 0.5)) / 10);
}

std::string sample_json(const KitLayer& layer, std::size_t turn) {
    const KitSample& sample = layer.cycle[turn];
    return "{" + key("file") + json_quoted(sample.file) + ", " + key("velocities") + "[" +
           std::to_string(layer.low_velocity) + ", " + std::to_string(layer.high_velocity) + "], " +
           key("round_robin") + std::to_string(turn + 1) + ", " + key("seed") +
           std::to_string(sample.patch.seed) + ", " + key("frames") +
           std::to_string(sample.frames) + ", " + key("rate_hz") + number_to_text(sample.rate_hz) +
           ", " + key("sha256") + json_quoted(sample.sha256) + "}";
}

std::string voice_json(const KitVoice& voice, bool is_described) {
    constexpr const char* next = ",\n      ";
    std::string text = "{\n      " + key(kit_keys::key) + std::to_string(voice.key);
    text += next + key(kit_keys::choke) + std::to_string(voice.choke);
    text += next + key(kit_keys::gain_db) + number_to_text(voice.gain_db);
    text += next + key(kit_keys::pan) + number_to_text(voice.pan);
    text += next + key(kit_keys::level_db) + number_to_text(voice.level_db);
    text += next + key(kit_keys::loudness) + tenths(voice.loudness_lufs);
    text += next + key(kit_keys::patch) + patch_to_json(voice.patch);
    text += next + key(kit_keys::files) + "[";
    const char* separator = "\n        ";
    for (const KitLayer& layer : voice.layers) {
        for (std::size_t turn = 0; turn < layer.cycle.size(); ++turn) {
            text += separator + sample_json(layer, turn);
            separator = ",\n        ";
        }
    }
    return text + "\n      ]" + next + key(kit_keys::features) +
           (is_described ? features_json(voice.features) : levels_and_times_json(voice.features)) +
           "\n    }";
}

}  // namespace

std::string on_one_line(const std::string& info) {
    std::string text;
    for (std::size_t at = 0; at < info.size(); ++at) {
        if (info[at] != '\n') {
            text += info[at];
            continue;
        }
        const char before = text.empty() ? '{' : text.back();
        while (at + 1 < info.size() && (info[at + 1] == ' ' || info[at + 1] == '\n')) {
            ++at;
        }
        const bool is_inside = before == ',' && at + 1 < info.size();
        text += is_inside ? " " : "";
    }
    return text;
}

std::string kit_info_json(const KitPlan& plan, const std::string& version,
                          const std::string& date) {
    std::string text = "{\n  " + key(kit_keys::kit_name) + json_quoted(plan.name) + ",\n  ";
    if (!date.empty()) {
        text += key(kit_keys::date) + json_quoted(date) + ",\n  ";
    }
    text += key(kit_keys::version) + json_quoted(version) + ",\n  ";
    text += key(patch_keys::version) + std::to_string(sound_version) + ",\n  ";
    text += key(kit_keys::velocities) + std::to_string(plan.velocities) + ",\n  ";
    text += key(kit_keys::round_robins) + std::to_string(plan.round_robins) + ",\n  ";
    text += key(kit_keys::slots) + "{";
    const char* separator = "\n    ";
    for (const KitVoice& voice : plan.voices) {
        text += separator + key(voice.name) + voice_json(voice, plan.is_described);
        separator = ",\n    ";
    }
    return text + "\n  }\n}\n";
}

}  // namespace drumgen
