#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "drumgen/parameter.h"
#include "param/layer.h"

namespace drumgen {

/// A macro of an instrument: a member of its parameter struct, described.
template <class Params>
struct Macro {
    double Params::*field;
    Parameter row;
};

/// A layer of an instrument: a member of its parameter struct, named.
template <class Params>
struct Layer {
    LayerParams Params::*field;
    std::string_view name;
};

/// An instrument's parameter table: macros first, then six rows for each layer.
template <class Params, std::size_t macro_count, std::size_t layer_count>
struct Table {
    std::array<Macro<Params>, macro_count> macros;
    std::array<Layer<Params>, layer_count> layers;

    static constexpr std::size_t row_count = macro_count + layer_count * layer_rows.size();

    /// All rows, with the layers' ids put together.
    [[nodiscard]] constexpr std::array<Parameter, row_count> rows() const {
        std::array<Parameter, row_count> all{};
        std::size_t at = 0;
        for (const auto& macro : macros) {
            all[at++] = macro.row;
        }
        for (const auto& layer : layers) {
            for (const auto& layer_row : layer_rows) {
                Parameter row = layer_row.row;
                row.id = Id(layer.name, layer_row.row.id);
                row.layer = layer.name;
                all[at++] = row;
            }
        }
        return all;
    }

    [[nodiscard]] constexpr std::array<std::string_view, layer_count> layer_names() const {
        std::array<std::string_view, layer_count> names{};
        for (std::size_t i = 0; i < layer_count; ++i) {
            names[i] = layers[i].name;
        }
        return names;
    }

    /// Index of a macro's row.
    [[nodiscard]] constexpr std::size_t row_of(double Params::*field) const {
        std::size_t row = 0;
        while (macros[row].field != field) {
            ++row;
        }
        return row;
    }

    /// The typed struct for one number a row.
    [[nodiscard]] Params bind(std::span<const double> values) const {
        Params params;
        std::size_t at = 0;
        for (const auto& macro : macros) {
            params.*macro.field = values[at++];
        }
        for (const auto& layer : layers) {
            for (const auto& layer_row : layer_rows) {
                if (at < values.size()) {
                    (params.*layer.field).*layer_row.field = values[at];
                }
                ++at;
            }
        }
        return params;
    }

    /// One entry for each row, from the layers of a typed struct; the macros' entries are empty.
    [[nodiscard]] std::vector<std::optional<double>> layer_values(const Params& params) const {
        std::vector<std::optional<double>> values(macro_count);
        for (const auto& layer : layers) {
            for (const auto& layer_row : layer_rows) {
                values.push_back((params.*layer.field).*layer_row.field);
            }
        }
        return values;
    }

    /// Every member described once, ids unique, ranges nested, defaults inside.
    [[nodiscard]] constexpr bool is_sound() const {
        if (sizeof(Params) != macro_count * sizeof(double) + layer_count * sizeof(LayerParams)) {
            return false;
        }
        for (std::size_t i = 0; i < macro_count; ++i) {
            for (std::size_t k = i + 1; k < macro_count; ++k) {
                if (macros[i].field == macros[k].field) {
                    return false;
                }
            }
        }
        for (std::size_t i = 0; i < layer_count; ++i) {
            for (std::size_t k = i + 1; k < layer_count; ++k) {
                if (layers[i].field == layers[k].field) {
                    return false;
                }
            }
        }
        const auto all = rows();
        return rows_are_sound(all);
    }

    [[nodiscard]] static constexpr bool rows_are_sound(std::span<const Parameter> all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Parameter& row = all[i];
            const bool nested =
                row.allowed.min <= row.propose.min && row.propose.min <= row.propose.max &&
                row.propose.max <= row.allowed.max && row.allowed.min < row.allowed.max;
            const bool inside = row.allowed.min <= row.standard && row.standard <= row.allowed.max;
            const bool positive = row.curve != Curve::log || row.allowed.min > 0;
            if (!nested || !inside || !positive || row.help.empty()) {
                return false;
            }
            for (std::size_t k = i + 1; k < all.size(); ++k) {
                if (row.id.view() == all[k].id.view()) {
                    return false;
                }
            }
        }
        return true;
    }
};

}  // namespace drumgen
