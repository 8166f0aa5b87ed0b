#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "drumgen/parameter.h"

namespace drumgen {

/// What every layer of every instrument takes. An absent value follows from the macros.
struct LayerParams {
    std::optional<double> attack_ms;
    std::optional<double> decay_ms;
    std::optional<double> sustain;
    std::optional<double> release_ms;
    std::optional<double> gain;
    std::optional<double> delay_ms;
};

/// Decays and releases that a layer may have, ms.
inline constexpr Range decay_range_ms{5, 8000};

/// A row of every layer: its id is the layer's name and this suffix.
struct LayerRow {
    std::optional<double> LayerParams::*field = nullptr;
    Parameter row;
};

/// The six rows of a layer. `standard` is what stands when neither patch nor macros decide.
inline constexpr std::array layer_rows{
    // clang-format off
    //        field                     suffix         unit        curve          allowed     default  propose     help
    LayerRow{&LayerParams::attack_ms,  {"attack_ms",  Unit::ms,   Curve::linear, {0, 1000},  0,       {0, 20},    "Linear rise to full level", true}},
    LayerRow{&LayerParams::decay_ms,   {"decay_ms",   Unit::ms,   Curve::log,    decay_range_ms, 500,     {40, 2000}, "Time to fall 60 dB towards the sustain level", true}},
    LayerRow{&LayerParams::sustain,    {"sustain",    Unit::none, Curve::linear, {0, 1},     0,       {0, 0.3},   "Level held until the gate ends, attack plus decay after the start", true}},
    LayerRow{&LayerParams::release_ms, {"release_ms", Unit::ms,   Curve::log,    decay_range_ms, 500,     {40, 2000}, "Time to fall 60 dB after the gate", true}},
    LayerRow{&LayerParams::gain,       {"gain",       Unit::none, Curve::linear, {0, 4},     1,       {0.5, 2},   "Level of the layer as a factor; 0 mutes it", true}},
    LayerRow{&LayerParams::delay_ms,   {"delay_ms",   Unit::ms,   Curve::linear, {0, 500},   0,       {0, 20},    "Time from the trigger to the start of the layer", true}},
    // clang-format on
};

}  // namespace drumgen
