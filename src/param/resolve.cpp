#include "drumgen/patch.h"
#include "param/render_table.h"

namespace drumgen {

Patch empty_patch(const Instrument& instrument) {
    Patch patch;
    patch.instrument = &instrument;
    patch.params.resize(instrument.parameters.size());
    patch.render.resize(render_parameters().size());
    return patch;
}

Resolved resolve(const Patch& patch) {
    const std::span<const Parameter> rows = patch.instrument->parameters;
    Resolved resolved{patch.instrument, patch.seed, {}, bind_render(patch.render)};
    std::vector<double> macros;
    std::vector<std::optional<double>> implied;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool is_macro = rows[i].layer.empty();
        if (!is_macro && implied.empty()) {
            // Macros come first, so they are complete here.
            implied = patch.instrument->implied(macros, patch.seed);
        }
        Value value{rows[i].standard, Origin::standard};
        if (i < patch.params.size() && patch.params[i]) {
            value = *patch.params[i];
        } else if (i < implied.size() && implied[i]) {
            value = {*implied[i], Origin::macro};
        }
        if (is_macro) {
            macros.push_back(value.value);
        }
        resolved.params.push_back(value);
    }
    return resolved;
}

}  // namespace drumgen
