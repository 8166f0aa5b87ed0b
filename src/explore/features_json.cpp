#include "explore/features_json.h"

#include <cmath>

#include "param/state.h"

namespace drumgen {
namespace {

std::string number(double value) {
    return std::isfinite(value) ? number_to_text(value) : "null";
}

}  // namespace

std::string features_json(const Features& features) {
    std::string text = "{";
    for (const FeatureRow& row : feature_rows()) {
        text += "\"" + std::string(row.id) + "\": " + number(features.*row.field) + ", ";
    }
    text += "\"octave_db\": {";
    for (std::size_t band = 0; band < octave_hz.size(); ++band) {
        text += (band == 0 ? "\"" : ", \"") + number_to_text(octave_hz[band]) +
                "\": " + number(features.octave_db[band]);
    }
    return text + "}}";
}

}  // namespace drumgen
