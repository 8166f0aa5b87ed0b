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

/// A name that the instrument has no more is passed over, until the table is made again.
void state(Patch& patch, std::string_view name, double value) {
    const std::span<const Parameter> params = patch.instrument->parameters;
    if (const std::size_t row = row_named(params, name); row < params.size()) {
        patch.params[row] = Value{value, Origin::given};
        return;
    }
    const std::span<const Parameter> settings = render_parameters();
    if (const std::size_t row = row_named(settings, name);
        row < settings.size() && value != absent) {
        patch.render[row] = Value{value, Origin::given};
    }
}

std::vector<Specimen> specimens_in(const SpecimenTable& table, const Instrument& instrument) {
    std::vector<Specimen> specimens;
    for (const SpecimenRow& row : table.rows) {
        Specimen& specimen = specimens.emplace_back();
        specimen.kit = row.kit;
        specimen.drum = row.drum;
        specimen.spread = row.spread;
        specimen.weight = row.weight;
        specimen.patch = empty_patch(instrument);
        specimen.patch.seed = row.seed;
        for (std::size_t k = 0; k < table.names.size(); ++k) {
            state(specimen.patch, table.names[k], row.values[k]);
        }
    }
    return specimens;
}

}  // namespace

std::span<const Specimen> specimens_of(const Instrument& instrument) {
    static const std::map<const Instrument*, std::vector<Specimen>> all = [] {
        std::map<const Instrument*, std::vector<Specimen>> made;
        for (const SpecimenTable& table : specimen_tables) {
            for (const Instrument* const one : instruments()) {
                if (one->name == table.instrument) {
                    made[one] = specimens_in(table, *one);
                }
            }
        }
        return made;
    }();
    const auto found = all.find(&instrument);
    return found == all.end() ? std::span<const Specimen>() : found->second;
}

}  // namespace drumgen
