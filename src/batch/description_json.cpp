#include "batch/description_json.h"

#include <algorithm>
#include <cmath>

#include "explore/features_json.h"
#include "explore/summary.h"
#include "io/report_json.h"
#include "param/state.h"

namespace drumgen {
namespace {

std::string number(double value) {
    return std::isfinite(value) ? number_to_text(value) : "null";
}

std::string text_or_null(const std::string& text) {
    return text.empty() ? "null" : json_quoted(text);
}

std::string key_json(double pitch_hz) {
    if (pitch_hz <= 0) {
        return "null";
    }
    const Key key = key_of(pitch_hz);
    return "{\"midi\": " + std::to_string(key.midi) +
           ", \"name\": " + json_quoted(key_name(key.midi)) +
           ", \"cents\": " + std::to_string(key.cents) + "}";
}

std::string verdict_json(std::span<const Judgement> verdict) {
    const bool passes = std::all_of(verdict.begin(), verdict.end(),
                                    [](const Judgement& one) { return one.passes(); });
    std::string text = std::string("{\"pass\": ") + (passes ? "true" : "false") + ", \"laws\": [";
    const char* separator = "";
    for (const Judgement& one : verdict) {
        text += separator + ("{\"law\": " + json_quoted(one.law)) +
                ", \"measured\": " + number(one.measured) +
                ", \"bound\": " + json_quoted(bound_word(one.bound)) +
                ", \"limit\": " + number(one.limit) +
                ", \"pass\": " + (one.passes() ? "true}" : "false}");
        separator = ", ";
    }
    return text + "]}";
}

}  // namespace

std::string description_json(const KnownSound& known, const Features& features,
                             std::span<const Judgement> verdict) {
    const Sound& sound = *known.sound;
    return "{\"path\": " + text_or_null(known.path) + ", \"title\": " + json_quoted(known.title) +
           ", \"rate_hz\": " + number(sound.sample_rate_hz) +
           ", \"frames\": " + std::to_string(sound.samples.size()) +
           ", \"channels\": " + std::to_string(known.channels) +
           ", \"features\": " + features_json(features) + ", \"key\": " + key_json(features.f0_hz) +
           ", \"verdict\": " + verdict_json(verdict) +
           ", \"patch\": " + (known.patch_json.empty() ? "null" : known.patch_json) + "}\n";
}

}  // namespace drumgen
