#include "param/standard.h"

#include "drumgen/patch.h"

namespace drumgen {

std::vector<std::optional<double>> standards_of(const Instrument& instrument) {
    std::vector<std::optional<double>> standards;
    for (const auto& [value, origin] : resolve(empty_patch(instrument)).params) {
        standards.push_back(origin == Origin::macro ? std::nullopt : std::optional(value));
    }
    return standards;
}

std::vector<std::optional<double>> render_standards() {
    std::vector<std::optional<double>> standards;
    for (const Parameter& row : render_parameters()) {
        standards.push_back(row.optional ? std::nullopt : std::optional(row.standard));
    }
    return standards;
}

}  // namespace drumgen
