// A bar of wood: one strong mode and one above it, the knock of the stroke, and a little room. Claves,
// wood blocks and temple blocks are settings of it.

#include <algorithm>
#include <array>
#include <cstdint>

#include "drumgen/instrument.h"
#include "instruments/frame.h"
#include "instruments/individual.h"
#include "instruments/noise_layer.h"
#include "instruments/tone_layer.h"
#include "param/table.h"

namespace drumgen::clave {

namespace {

struct ClaveParams {
    double tune_hz = 0;
    double ring = 0;
    double ratio = 0;
    double overtone = 0;
    double knock = 0;
    double knock_tone_hz = 0;
    double room = 0;
    double drive = 0;
    double softness = 0;
    double variety = 0;
    LayerParams bar;
    LayerParams upper;
    LayerParams stroke;
    LayerParams hall;
};

constexpr Table<ClaveParams, 10, 4> table{
    // clang-format off
    //  field                         id             unit        curve          allowed        default  propose        help
    {{{&ClaveParams::tune_hz,       {"tune",        Unit::hz,   Curve::log,    {200, 4500},   2500,    {750, 2700},   "Pitch of the bar: a low block near 600, a clave near 2500"}},
      {&ClaveParams::ring,          {"ring",        Unit::none, Curve::linear, {0, 1},        0.45,    {0, 0.75},     "How long it rings: 14 ms to fall 60 dB at 0, 700 ms at 1"}},
      {&ClaveParams::ratio,         {"ratio",       Unit::none, Curve::log,    {1.2, 8},      2.777,   {1.5, 3.8},    "Pitch of the second mode over the first: 2.777 for a straight bar, less for a hollow block"}},
      {&ClaveParams::overtone,      {"overtone",    Unit::none, Curve::linear, {0, 1},        0.3,     {0, 1},        "Level of the second mode, from -37 to +4 dB"}},
      {&ClaveParams::knock,         {"knock",       Unit::none, Curve::linear, {0, 1},        0.3,     {0, 1},        "Noise of the stroke, from -50 to -2 dB"}},
      {&ClaveParams::knock_tone_hz, {"knock_tone",  Unit::hz,   Curve::log,    {300, 16000},  4000,    {1000, 10000}, "Upper edge of that noise"}},
      {&ClaveParams::room,          {"room",        Unit::none, Curve::linear, {0, 1},        0.2,     {0, 1},        "Noise of the body and the room behind it, from -50 to -8 dB"}},
      {&ClaveParams::drive,         {"drive",       Unit::none, Curve::linear, {0, 1},        0,       {0, 0.4},      "How hard it is clipped, from 0.2 to 8 times full scale"}},
      {&ClaveParams::softness,      {"softness",    Unit::none, Curve::linear, {0, 1},        0.1,     {0, 0.75},     "How gently it begins: attack of 0.1 to 8 ms"}},
      {&ClaveParams::variety,       {"variety",     Unit::none, Curve::linear, {0, 1},        0.4,     {0.7, 1},      "How far the seed makes each bar one of its own: its second mode, its knock and its room"}}}},
    {{{&ClaveParams::bar,           "bar"},
      {&ClaveParams::upper,         "upper"},
      {&ClaveParams::stroke,        "stroke"},
      {&ClaveParams::hall,          "hall"}}},
    // clang-format on
};

/// What the seed makes of one bar.
enum Trait : std::uint32_t { upper_ratio, upper_length, stroke_length, hall_length, hall_pitch };

Individual individual(const ClaveParams& clave, std::uint64_t seed) {
    return {seed, "clave variety", clave.variety};
}

/// Time constants of the layers, s.
struct Lengths {
    double bar;
    double upper;
    double stroke;
    double hall;
};

Lengths lengths_of(const ClaveParams& clave, const Individual& drum) {
    const double bar = 0.002 * math::pow(50, clave.ring);
    return {.bar = bar,
            .upper = bar * 0.5 * drum.factor(upper_length, 2),
            .stroke = 0.0018 * drum.factor(stroke_length, 5),
            .hall = 0.05 * drum.factor(hall_length, 3)};
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const ClaveParams clave = table.bind(macros);
    const Lengths lengths = lengths_of(clave, individual(clave, seed));
    ClaveParams layers;
    const double attack_ms = 0.1 * math::pow(80, clave.softness);
    set_envelope(layers.bar, lengths.bar, attack_ms);
    set_envelope(layers.upper, lengths.upper, 0.5 * attack_ms);
    set_envelope(layers.stroke, lengths.stroke, 0.25 * attack_ms);
    set_envelope(layers.hall, lengths.hall, 1 + attack_ms);
    return table.layer_values(layers);
}

/// Macros and velocity to physical values. A softer hit begins less sharp, has less of the second
/// mode, less and duller knock, and is clipped less.
Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const ClaveParams clave = table.bind(values);
    const Individual drum = individual(clave, context.seed);
    const Lengths lengths = lengths_of(clave, drum);
    // By ear: what is left to tell a hard hit by where there is nothing but one mode.
    constexpr double sharp = 0.09;
    constexpr double settles_s = 0.004;
    const double velocity = context.velocity;
    const double upper_hz = std::min(clave.tune_hz * clave.ratio * drum.factor(upper_ratio, 1.2),
                                     15000.0);  // beyond, it is no pitch
    const std::array tones{
        ToneLayer{.settings = layer_settings(clave.bar),
                  .sweep = {clave.tune_hz * (1 + sharp * velocity), clave.tune_hz, settles_s},
                  .name = "clave bar"},
        ToneLayer{.settings = layer_settings(clave.upper),
                  .level = gain_from_db(-37 + 41 * clave.overtone - 16 * (1 - velocity)) *
                           math::sqrt(lengths.bar / lengths.upper),
                  .sweep = PitchSweep::steady(upper_hz),
                  .name = "clave upper"}};
    const auto noise = [&](double db, double share, double tau_s) {
        return fading(level_beside_tone(db, lengths.bar, tau_s), share) * (0.1 + 0.9 * velocity);
    };
    const Biquad room =
        band_pass(std::min(0.75 * clave.tune_hz * drum.factor(hall_pitch, 2.5), 9000.0), 1.2);
    const Biquad cut = high_pass(0.25 * clave.tune_hz, 0.5);
    const std::array noises{
        NoiseLayer{.settings = layer_settings(clave.stroke),
                   .level = noise(-50 + 48 * clave.knock, clave.knock, lengths.stroke),
                   .filter = low_pass(clave.knock_tone_hz * (0.5 + 0.5 * velocity), 0.6),
                   .name = "clave stroke",
                   .cut = cut},
        NoiseLayer{.settings = layer_settings(clave.hall),
                   .level = noise(-50 + 42 * clave.room, clave.room, lengths.hall),
                   .filter = room,
                   .name = "clave hall",
                   .spread = 0.9}};
    const double drive =
        std::min(0.2 * math::pow(40, clave.drive) * (0.15 + 0.85 * velocity), hardest_drive(tones));
    return render_layers(tones, drive, noises, context, Bending::hard);
}

}  // namespace

const Instrument instrument = tuned_instrument_of<table, &ClaveParams::tune_hz>({
    .name = "clave",
    .summary = "Clave, wood block and temple block: two modes of a bar, a knock, a room",
    .description =
        "The bar is one strong mode, upper a second one whose ratio tells a solid bar from a "
        "hollow "
        "block; both are clipped together when driven. The stroke is the knock of wood on wood, "
        "the hall what the body and a room add to it.",
    .implied = implied,
    .synthesize = synthesize,
    .also_called = "claves cl block woodblock",
});

}  // namespace drumgen::clave
