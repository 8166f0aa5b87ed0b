#include "param/json_schema.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "drumgen/patch.h"
#include "param/patch_keys.h"
#include "param/standard.h"
#include "param/wording.h"

namespace drumgen {

namespace {

using Json = nlohmann::ordered_json;  // keeps the order of the table; its slow look-up is not used

constexpr int indent = 2;  // spaces

/// Whole numbers without a decimal point.
Json number(double value) {
    constexpr double exact = 9007199254740992.0;  // 2^53
    if (value == std::floor(value) && std::fabs(value) < exact) {
        return static_cast<std::int64_t>(value);
    }
    return value;
}

Json key(std::string_view text) {
    return std::string(text);
}

///   standard   what stands when the row is left out; empty where no constant does
Json row_schema(const Parameter& row, std::optional<double> standard) {
    const bool follows_macros = !row.layer.empty() && !standard;
    Json schema;
    schema["description"] =
        std::string(row.help) + (follows_macros ? "; left out, it follows from the macros" : "");
    if (!row.choices.empty()) {
        schema["type"] = "string";
        for (const std::string_view choice : row.choices) {
            schema["enum"].push_back(std::string(choice));
        }
    } else {
        schema["type"] = "number";
        for (const double value : row.values) {
            schema["enum"].push_back(number(value));
        }
        if (row.values.empty()) {
            schema["minimum"] = number(row.allowed.min);
            schema["maximum"] = number(row.allowed.max);
        }
    }
    if (standard) {
        schema["default"] = row.choices.empty()
                                ? number(*standard)
                                : key(row.choices[static_cast<std::size_t>(*standard)]);
    }
    if (row.unit != Unit::none) {
        schema["unit"] = key(unit_symbol(row.unit));  // an annotation; validators pass over it
    }
    return schema;
}

Json object_schema(std::string_view text, std::span<const Parameter> rows,
                   std::span<const std::optional<double>> standards) {
    Json properties = Json::object();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        properties[std::string(rows[i].id)] = row_schema(rows[i], standards[i]);
    }
    return {{"description", text},
            {"type", "object"},
            {"properties", std::move(properties)},
            {"additionalProperties", false}};
}

Json params_schema(const Instrument& instrument) {
    return object_schema(instrument.summary, instrument.parameters, standards_of(instrument));
}

Json seed_schema() {
    return {{"description", patch_keys::seed_help},
            {"type", "integer"},
            {"minimum", 0},
            {"maximum", patch_keys::max_seed},
            {"default", Patch{}.seed}};
}

Json index_schema() {
    return {{"description", patch_keys::index_help},
            {"type", "integer"},
            {"minimum", 0},
            {"maximum", patch_keys::max_index}};
}

Json name_schema() {
    // "not", since ^...$ lets a newline at the end pass in Python
    return {{"description", "Title of the sound, without control characters"},
            {"type", "string"},
            {"maxLength", patch_keys::max_name_length},
            {"not", {{"pattern", R"([\u0000-\u001f\u007f-\u009f])"}}}};
}

Json version_schema() {
    return {{"description", "Sound version of the drumgen that the patch was made with"},
            {"type", "integer"},
            {"minimum", 1},
            {"maximum", patch_keys::max_version},
            {"default", Patch{}.version}};
}

/// The start of every schema.
Json schema_titled(const std::string& title) {
    return {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
}

}  // namespace

std::string instrument_schema(const Instrument& instrument) {
    Json schema = schema_titled("drumgen " + std::string(instrument.name));
    schema.update(params_schema(instrument));
    schema["properties"][std::string(patch_keys::seed)] = seed_schema();
    return schema.dump(indent) + "\n";
}

std::string patch_schema() {
    Json names = Json::array();
    Json definitions = Json::object();
    Json choices = Json::array();
    for (const Instrument* instrument : instruments()) {
        const std::string name(instrument->name);
        names.push_back(name);
        definitions[name] = params_schema(*instrument);
        Json choice;
        choice["if"]["properties"][std::string(patch_keys::instrument)]["const"] = name;
        choice["then"]["properties"][std::string(patch_keys::params)]["$ref"] =
            "#/definitions/" + name;
        choices.push_back(std::move(choice));
    }
    Json properties = Json::object();
    properties[std::string(patch_keys::instrument)] = {
        {"description", "Which drum; it decides which parameters there are"},
        {"type", "string"},
        {"enum", names}};
    properties[std::string(patch_keys::version)] = version_schema();
    properties[std::string(patch_keys::name)] = name_schema();
    properties[std::string(patch_keys::seed)] = seed_schema();
    properties[std::string(patch_keys::index)] = index_schema();
    properties[std::string(patch_keys::params)] = {
        {"description", "What the sound states; all else is derived or standard"},
        {"type", "object"}};
    properties[std::string(patch_keys::render)] =
        object_schema("How the sound is rendered", render_parameters(), render_standards());

    Json schema = schema_titled("drumgen patch");
    schema["type"] = "object";
    schema["required"] = Json::array({std::string(patch_keys::instrument)});
    schema["properties"] = std::move(properties);
    schema["additionalProperties"] = false;
    schema["allOf"] = std::move(choices);
    schema["definitions"] = std::move(definitions);
    return schema.dump(indent) + "\n";
}

}  // namespace drumgen
