#include "io/report_json.h"

#include <nlohmann/json.hpp>

#include "io/patch_json.h"
#include "param/state.h"
#include "param/wording.h"

namespace drumgen {
namespace {

std::string_view origin_word(Origin origin) {
    switch (origin) {
        case Origin::given:
            return "given";
        case Origin::preset:
            return "preset";
        case Origin::macro:
            return "macro";
        case Origin::standard:
            break;
    }
    return "default";
}

std::string value_member(const Parameter& row, const std::optional<Value>& value) {
    std::string text = json_quoted(row.id) + ": {\"value\": ";
    if (!value) {
        text += "null";
    } else if (!row.choices.empty()) {
        text += json_quoted(row.choices[static_cast<std::size_t>(value->value)]);
    } else {
        text += number_to_text(value->value);
    }
    const std::string_view unit = unit_symbol(row.unit);
    text += ", \"unit\": " + (unit.empty() ? "null" : json_quoted(unit));
    return text +
           ", \"from\": " + json_quoted(origin_word(value ? value->origin : Origin::standard)) +
           "}";
}

/// The render setting of row `i` as stated, or its default; empty when absent has a meaning.
std::optional<Value> setting(const Values& stated, std::size_t i) {
    const Parameter& row = render_parameters()[i];
    if (i < stated.size() && stated[i]) {
        return stated[i];
    }
    return row.optional ? std::nullopt : std::optional(Value{row.standard, Origin::standard});
}

}  // namespace

std::string json_quoted(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string report_json(const RenderReport& report) {
    const Patch& patch = *report.patch;
    std::string text = "{\"path\": " + (report.path.empty() ? "null" : json_quoted(report.path));
    if (report.measured) {
        text += ", \"sha256\": " + json_quoted(report.measured->sha256);
        text += ", \"frames\": " + std::to_string(report.measured->frames);
        text += ", \"rate_hz\": " + number_to_text(report.measured->rate_hz);
        text += ", \"peak\": " + number_to_text(report.measured->peak);
    }
    text += ", \"patch\": " + patch_to_json(patch) + ", \"values\": {";
    const std::span<const Parameter> rows = patch.instrument->parameters;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        text += value_member(rows[i], report.resolved->params[i]) + ", ";
    }
    const std::span<const Parameter> settings = render_parameters();
    for (std::size_t i = 0; i < settings.size(); ++i) {
        text += i == 0 ? "" : ", ";
        text += value_member(settings[i], setting(patch.render, i));
    }
    text += "}";
    if (!report.description.empty()) {
        text += ", \"description\": " + report.description;
    }
    return text + "}\n";
}

}  // namespace drumgen
