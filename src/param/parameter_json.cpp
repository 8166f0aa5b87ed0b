#include <nlohmann/json.hpp>

#include "drumgen/patch.h"
#include "param/reference.h"
#include "param/standard.h"
#include "param/wording.h"

namespace drumgen {

namespace {

using Json = nlohmann::ordered_json;  // keeps the order of the columns

Json row_json(const Parameter& row, std::optional<double> standard) {
    Json json;
    json["id"] = std::string(row.id);
    json["unit"] = unit_symbol(row.unit);
    json["curve"] = row.curve == Curve::log ? "log" : "linear";
    json["allowed"] = {row.allowed.min, row.allowed.max};
    json["default"] = standard ? Json(*standard) : Json();
    json["propose"] = {row.propose.min, row.propose.max};
    json["layer"] = row.layer;
    json["values"] = Json::array();
    for (const double value : row.values) {
        json["values"].push_back(value);
    }
    json["choices"] = Json::array();
    for (const std::string_view choice : row.choices) {
        json["choices"].push_back(choice);
    }
    json["help"] = row.help;
    return json;
}

Json table_json(std::span<const Parameter> rows, std::span<const std::optional<double>> standards) {
    Json table = Json::array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        table.push_back(row_json(rows[i], standards[i]));
    }
    return table;
}

}  // namespace

std::string parameter_json(const Instrument& instrument) {
    Json json;
    json["instrument"] = instrument.name;
    json["summary"] = instrument.summary;
    json["layers"] = Json::array();
    for (const std::string_view layer : instrument.layers) {
        json["layers"].push_back(layer);
    }
    json["parameters"] = table_json(instrument.parameters, standards_of(instrument));
    json["render"] = table_json(render_parameters(), render_standards());
    return json.dump(2) + "\n";
}

}  // namespace drumgen
