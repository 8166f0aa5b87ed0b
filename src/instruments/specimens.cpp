#include "drumgen/specimens.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

namespace drumgen {
namespace {

/// A setting of the whole sound that is not stated.
constexpr double absent = std::numeric_limits<double>::infinity();

constexpr std::size_t most_values = 24;

/// A specimen as the tables have it.
struct SpecimenRow {
    std::string_view kit;
    std::string_view drum;
    std::uint64_t seed;
    double spread;
    double weight;
    std::array<double, most_values> values;  ///< one for each name of the table
};

/// The specimens of an instrument; the names are those of its macros and of render settings.
struct SpecimenTable {
    std::string_view instrument;
    std::span<const std::string_view> names;
    std::span<const SpecimenRow> rows;
};

#include "instruments/specimens/all.inc"

std::size_t row_named(std::span<const Parameter> rows, std::string_view name) {
    return static_cast<std::size_t>(
        std::find_if(rows.begin(), rows.end(),
                     [name](const Parameter& row) { return row.id.view() == name; }) -
        rows.begin());
}

std::vector<Specimen> specimens_in(const SpecimenTable& table, const Instrument& instrument) {
    std::vector<Specimen> specimens;
    for (const SpecimenRow& row : table.rows) {
        specimens.push_back({row.kit, row.drum, empty_patch(instrument), row.spread, row.weight});
        specimens.back().patch.seed = row.seed;
    }
    const std::span<const Parameter> params = instrument.parameters;
    const std::span<const Parameter> settings = render_parameters();
    for (std::size_t k = 0; k < table.names.size(); ++k) {
        const std::size_t param = row_named(params, table.names[k]);
        const std::size_t setting = row_named(settings, table.names[k]);
        for (std::size_t i = 0; i < specimens.size(); ++i) {
            Patch& patch = specimens[i].patch;
            const double value = table.rows[i].values[k];
            // A name that the instrument has no more is passed over, until the table is made again.
            if (param < params.size()) {
                patch.params[param] = Value{value, Origin::given};
            } else if (setting < settings.size() && value != absent) {
                patch.render[setting] = Value{value, Origin::given};
            }
        }
    }
    return specimens;
}

}  // namespace

std::span<const Specimen> specimens_of(const Instrument& instrument) {
    static const std::map<const Instrument*, std::vector<Specimen>> all = [] {
        std::map<const Instrument*, std::vector<Specimen>> made;
        for (const SpecimenTable& table : specimen_tables) {
            if (const Instrument* const one = instrument_named(table.instrument)) {
                made[one] = specimens_in(table, *one);
            }
        }
        return made;
    }();
    const auto found = all.find(&instrument);
    return found == all.end() ? std::span<const Specimen>() : found->second;
}

}  // namespace drumgen
