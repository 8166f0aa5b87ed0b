#include "document/report_json.h"

#include "base/json_writer.h"
#include "drumgen/patch_json.h"
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

void write_value(JsonWriter& writer, const Parameter& row, const std::optional<Value>& value) {
    writer.key(row.id).begin_object().key("value");
    if (value && !row.choices.empty()) {
        writer.value(row.choices[static_cast<std::size_t>(value->value)]);
    } else if (value) {
        writer.value(value->value);
    } else {
        writer.null();
    }
    writer.key("unit").text_or_null(unit_symbol(row.unit));
    writer.member("from", origin_word(value ? value->origin : Origin::standard)).end();
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

std::string report_json(const RenderReport& report) {
    const Patch& patch = *report.patch;
    JsonWriter writer;
    writer.begin_object().key("path").text_or_null(report.path);
    if (report.measured) {
        writer.member("sha256", report.measured->sha256)
            .member("frames", report.measured->frames)
            .member("channels", report.measured->channels)
            .member("rate_hz", report.measured->rate_hz)
            .member("peak", report.measured->peak);
    }
    writer.member_json("patch", patch_to_json(patch)).key("values").begin_object();
    const std::span<const Parameter> rows = patch.instrument->parameters;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        write_value(writer, rows[i], report.resolved->params[i]);
    }
    const std::span<const Parameter> settings = render_parameters();
    for (std::size_t i = 0; i < settings.size(); ++i) {
        write_value(writer, settings[i], setting(patch.render, i));
    }
    writer.end();
    if (!report.description.empty()) {
        writer.member_json("description", report.description);
    }
    return writer.end().line();
}

}  // namespace drumgen
