#include "measure/features_json.h"

#include "base/json_writer.h"
#include "base/text.h"

namespace drumgen {
namespace {

/// Begins an object, with the features that are numbers.
void write_rows(JsonWriter& writer, const Features& features, bool with_spectral) {
    writer.begin_object();
    for (const FeatureRow& row : feature_rows()) {
        if (with_spectral || !row.is_spectral) {
            writer.member(row.id, features.*row.field);
        }
    }
}

}  // namespace

std::string features_json(const Features& features) {
    JsonWriter writer;
    write_rows(writer, features, true);
    writer.key("octave_db").begin_object();
    for (std::size_t band = 0; band < octave_hz.size(); ++band) {
        writer.member(number_to_text(octave_hz[band]), features.octave_db[band]);
    }
    return writer.end().end().text();
}

std::string levels_and_times_json(const Features& features) {
    JsonWriter writer;
    write_rows(writer, features, false);
    return writer.end().text();
}

}  // namespace drumgen
