#include "explore/features_json.h"

#include <cmath>

#include "param/state.h"

namespace drumgen {
namespace {

std::string number(double value) {
    return std::isfinite(value) ? number_to_text(value) : "null";
}

std::string rows_json(const Features& features, bool with_spectral) {
    std::string text = "{";
    for (const FeatureRow& row : feature_rows()) {
        if (with_spectral || !row.is_spectral) {
            text += text.size() > 1 ? ", " : "";
            text += "\"" + std::string(row.id) + "\": " + number(features.*row.field);
        }
    }
    return text;
}

}  // namespace

std::string features_json(const Features& features) {
    std::string text = rows_json(features, true) + ", \"octave_db\": {";
    for (std::size_t band = 0; band < octave_hz.size(); ++band) {
        text += (band == 0 ? "\"" : ", \"") + number_to_text(octave_hz[band]) +
                "\": " + number(features.octave_db[band]);
    }
    return text + "}}";
}

std::string levels_and_times_json(const Features& features) {
    return rows_json(features, false) + "}";
}

}  // namespace drumgen
