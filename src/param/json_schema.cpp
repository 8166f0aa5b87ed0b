#include "param/json_schema.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "drumgen/patch.h"
#include "param/kit_keys.h"
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

/// The parameters of each instrument, for references.
Json params_definitions() {
    Json definitions = Json::object();
    for (const Instrument* instrument : instruments()) {
        definitions[std::string(instrument->name)] = params_schema(*instrument);
    }
    return definitions;
}

/// A patch in the full form; the instrument decides which of the definitions holds.
Json patch_object() {
    Json names = Json::array();
    Json choices = Json::array();
    for (const Instrument* instrument : instruments()) {
        const std::string name(instrument->name);
        names.push_back(name);
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
    properties[std::string(patch_keys::score)] = {
        {"description", "Probability that it is liked, of a learned proposal; told, not read"}};
    properties[std::string(patch_keys::uncertainty)] = {
        {"description", "How far the score's grounds may be off, 0..1; told, not read"}};
    properties[std::string(patch_keys::distance)] = {
        {"description",
         "How far the sound is from the recording that it matches, dB; told, not read"}};
    properties[std::string(patch_keys::differs)] = {
        {"description", "What differs most from that recording, in words; told, not read"}};
    properties[std::string(kit_keys::gain_db)] = {
        {"description", "Louder or quieter than a kit of such lines would have it"}};
    properties[std::string(patch_keys::hit)] = {
        {"description", "Hit of a loop that it matches, from 1; told, not read"}};
    properties[std::string(patch_keys::hits)] = {
        {"description", "Hits of a loop that it stands for, from 1; told, not read"}};
    properties[std::string(patch_keys::params)] = {
        {"description", "What the sound states; all else is derived or standard"},
        {"type", "object"}};
    properties[std::string(patch_keys::render)] =
        object_schema("How the sound is rendered", render_parameters(), render_standards());
    Json schema;
    schema["type"] = "object";
    schema["required"] = Json::array({std::string(patch_keys::instrument)});
    schema["properties"] = std::move(properties);
    schema["additionalProperties"] = false;
    schema["allOf"] = std::move(choices);
    return schema;
}

Json number_schema(std::string_view help, Range range, double standard) {
    return {{"description", help},
            {"type", "number"},
            {"minimum", number(range.min)},
            {"maximum", number(range.max)},
            {"default", number(standard)}};
}

Json kit_number_schema(std::string_view help) {
    return {
        {"description", help}, {"type", "integer"}, {"minimum", 0}, {"maximum", kit_keys::max_key}};
}

Json layers_schema(std::string_view help) {
    return {{"description", help},
            {"type", "integer"},
            {"minimum", 1},
            {"maximum", kit_keys::max_layers},
            {"default", 1}};
}

/// What stands in a slot beside its patch.
Json slot_settings() {
    Json settings = Json::object();
    settings[std::string(kit_keys::key)] = kit_number_schema(kit_keys::key_help);
    settings[std::string(kit_keys::choke)] = kit_number_schema(kit_keys::choke_help);
    settings[std::string(kit_keys::gain_db)] =
        number_schema(kit_keys::gain_help, kit_keys::gain_range_db, 0);
    settings[std::string(kit_keys::pan)] =
        number_schema(kit_keys::pan_help, kit_keys::pan_range, 0);
    settings[std::string(kit_keys::velocity)] =
        number_schema(kit_keys::velocity_help, {0, 1}, RenderSettings{}.velocity);
    return settings;
}

/// A slot: the text of a patch; a patch with settings around it; or one with settings inside, where
/// the slot's name may tell the instrument.
Json slot_schema() {
    Json word;
    word["type"] = "string";
    Json around;
    around["type"] = "object";
    around["required"] = Json::array({std::string(kit_keys::patch)});
    around["properties"] = slot_settings();
    around["properties"][std::string(kit_keys::patch)] = {
        {"description", kit_keys::patch_help},
        {"anyOf", Json::array({Json{{"type", "string"}}, Json{{"$ref", "#/definitions/patch"}}})}};
    for (const auto& [name, help] :
         {std::pair{kit_keys::level_db, "What the WAV was turned down by"},
          std::pair{kit_keys::loudness, "Of the loudest 400 ms of the WAV; told, not read"},
          std::pair{kit_keys::files, "The slot's WAVs; told, not read"},
          std::pair{kit_keys::features, "What was measured; told, not read"}}) {
        around["properties"][std::string(name)] = {{"description", help}};
    }
    around["additionalProperties"] = false;
    Json inside;
    inside["type"] = "object";
    inside["not"]["required"] = Json::array({std::string(kit_keys::patch)});
    inside["properties"] = slot_settings();
    for (const std::string_view name : {patch_keys::params, patch_keys::render}) {
        inside["properties"][std::string(name)]["type"] = "object";
    }
    inside["properties"][std::string(patch_keys::seed)] = seed_schema();
    inside["additionalProperties"]["type"] = Json::array({"number", "string"});
    return {{"anyOf", Json::array({word, around, inside})}};
}

Json kit_name_schema() {
    Json schema = name_schema();
    schema["description"] = kit_keys::name_help;
    schema["maxLength"] = kit_keys::max_title_length;
    return schema;
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
    Json schema = schema_titled("drumgen patch");
    schema.update(patch_object());
    schema["definitions"] = params_definitions();
    return schema.dump(indent) + "\n";
}

std::string kit_schema() {
    Json schema = schema_titled("drumgen kit");
    schema["type"] = "object";
    schema["required"] = Json::array({key(kit_keys::slots)});
    schema["properties"] = {
        {key(kit_keys::name), kit_name_schema()},
        {key(kit_keys::kit_name), kit_name_schema()},
        {key(kit_keys::description), {{"description", "A line on it, for a reader"}}},
        {key(kit_keys::index), index_schema()},
        {key(kit_keys::fit),
         {{"description", "How well its sounds fit each other; told, not read"}}},
        {key(kit_keys::date), {{"description", "When it was made, in ISO 8601"}}},
        {key(kit_keys::version), {{"description", "Version of the drumgen that wrote it"}}},
        {key(patch_keys::version), version_schema()},
        {key(kit_keys::velocities), layers_schema(kit_keys::velocities_help)},
        {key(kit_keys::round_robins), layers_schema(kit_keys::round_robins_help)},
        {key(kit_keys::slots),
         {{"description", kit_keys::slots_help},
          {"type", "object"},
          {"minProperties", 1},
          {"maxProperties", kit_keys::max_slots},
          {"propertyNames",
           {{"minLength", 1},
            {"maxLength", kit_keys::max_name_length},
            {"not", {{"pattern", R"(^[. ]|[/\\\u0000-\u001f\u007f-\u009f]| $)"}}}}},
          {"additionalProperties", {{"$ref", "#/definitions/slot"}}}}},
    };
    schema["additionalProperties"] = false;
    Json definitions = params_definitions();
    definitions["patch"] = patch_object();
    definitions["slot"] = slot_schema();
    schema["definitions"] = std::move(definitions);
    return schema.dump(indent) + "\n";
}

}  // namespace drumgen
