// A stick against the rim, the shell or the head's edge: three short modes, two of them driven into a
// clip, the tick of the contact, and the low noise of the drum's body.

#include <algorithm>
#include <array>
#include <cstdint>

#include "drumgen/instrument.h"
#include "instruments/frame.h"
#include "instruments/individual.h"
#include "instruments/noise_layer.h"
#include "instruments/tone_layer.h"
#include "param/table.h"

namespace drumgen::rim {

namespace {

struct RimParams {
    double tune_hz = 0;
    double ring = 0;
    double overtone = 0;
    double bell = 0;
    double click = 0;
    double click_tone_hz = 0;
    double body = 0;
    double drive = 0;
    double softness = 0;
    double variety = 0;
    double air = 0;
    LayerParams stick;
    LayerParams upper;
    LayerParams high;
    LayerParams tick;
    LayerParams shell;
    LayerParams air_noise;
};

constexpr Table<RimParams, 11, 6> table{
    // clang-format off
    //  field                       id             unit        curve          allowed       default  propose       help
    {{{&RimParams::tune_hz,       {"tune",        Unit::hz,   Curve::log,    {120, 3000},  480,     {200, 1900},  "Pitch of the lowest mode: a side stick near 400, a rim near 1700"}},
      {&RimParams::ring,          {"ring",        Unit::none, Curve::linear, {0, 1},       0.4,     {0, 0.8},     "How long the modes ring: 14 ms to fall 60 dB at 0, 1.1 s at 1"}},
      {&RimParams::overtone,      {"overtone",    Unit::none, Curve::linear, {0, 1},       0.6,     {0, 1},       "Level of the second mode, from -26 to +8 dB"}},
      {&RimParams::bell,          {"bell",        Unit::none, Curve::linear, {0, 1},       0.3,     {0, 1},       "Level and length of the third mode: wood at 0, metal at 1"}},
      {&RimParams::click,         {"click",       Unit::none, Curve::linear, {0, 1},       0.4,     {0, 1},       "Noise of the contact, from -34 to +6 dB"}},
      {&RimParams::click_tone_hz, {"click_tone",  Unit::hz,   Curve::log,    {400, 14000}, 4000,    {700, 10000}, "Upper edge of that noise"}},
      {&RimParams::body,          {"body",        Unit::none, Curve::linear, {0, 1},       0.3,     {0, 1},       "Low noise of drum and room behind it, from -42 to +2 dB"}},
      {&RimParams::drive,         {"drive",       Unit::none, Curve::linear, {0, 1},       0.3,     {0, 0.7},     "How hard the modes are clipped, from 0.3 to 10 times full scale"}},
      {&RimParams::softness,      {"softness",    Unit::none, Curve::linear, {0, 1},       0,       {0, 0.85},    "How gently it begins: attack of 0.1 to 10 ms"}},
      {&RimParams::variety,       {"variety",     Unit::none, Curve::linear, {0, 1},       0.4,     {0.7, 1},     "How far the seed makes each rim one of its own: its modes, its tick and its body"}},
      {&RimParams::air,           {"air",         Unit::none, Curve::linear, {0, 1},       0,       {0, 0.5},     "Treble of the wires and the room behind it, above 3 kHz, from -60 to -4 dB"}}}},
    {{{&RimParams::stick,         "stick"},
      {&RimParams::upper,         "upper"},
      {&RimParams::high,          "high"},
      {&RimParams::tick,          "tick"},
      {&RimParams::shell,         "shell"},
      {&RimParams::air_noise,     "hiss"}}},
    // clang-format on
};

/// What the seed makes of one rim.
enum Trait : std::uint32_t {
    upper_ratio,
    high_ratio,
    upper_length,
    high_length,
    tick_length,
    shell_pitch,
    shell_length,
    air_length,
    air_edge
};

Individual individual(const RimParams& rim, std::uint64_t seed) {
    return {seed, "rim variety", rim.variety};
}

/// Time constants of the layers, s.
struct Lengths {
    double stick;
    double upper;
    double high;
    double tick;
    double shell;
    double air;
};

Lengths lengths_of(const RimParams& rim, const Individual& drum) {
    const double stick = 0.002 * math::pow(80, rim.ring);
    return {.stick = stick,
            .upper = stick * 0.45 * drum.factor(upper_length, 2.8),
            .high = stick * 0.25 * math::pow(4, rim.bell) * drum.factor(high_length, 2),
            .tick = 0.004 * drum.factor(tick_length, 5),
            .shell = 0.035 * drum.factor(shell_length, 3.4),
            .air = 0.04 * drum.factor(air_length, 3)};
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const RimParams rim = table.bind(macros);
    const Lengths lengths = lengths_of(rim, individual(rim, seed));
    RimParams layers;
    const double attack_ms = 0.1 * math::pow(100, rim.softness);
    set_envelope(layers.stick, lengths.stick, attack_ms);
    set_envelope(layers.upper, lengths.upper, attack_ms);
    set_envelope(layers.high, lengths.high, 0.5 * attack_ms);
    set_envelope(layers.tick, lengths.tick, 0.5 * attack_ms);
    set_envelope(layers.shell, lengths.shell, attack_ms);
    set_envelope(layers.air_noise, lengths.air, 1 + attack_ms);
    return table.layer_values(layers);
}

/// Macros and velocity to physical values. A softer hit has less of the upper modes, less and duller
/// click, and is clipped less.
Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const RimParams rim = table.bind(values);
    const Individual drum = individual(rim, context.seed);
    const Lengths lengths = lengths_of(rim, drum);
    const double velocity = context.velocity;
    const auto mode = [&](const LayerParams& layer, double ratio, double db, double tau_s,
                          std::string_view name) {
        const double hz = std::min(rim.tune_hz * ratio, 15000.0);  // beyond, it is no pitch
        return ToneLayer{.settings = layer_settings(layer),
                         .level = gain_from_db(db) * math::sqrt(lengths.stick / tau_s),
                         .sweep = PitchSweep::steady(hz),
                         .name = name};
    };
    const double softer_db = -8 * (1 - velocity);
    const std::array clipped{mode(rim.stick, 1, 0, lengths.stick, "rim stick"),
                             mode(rim.upper, 2.35 * drum.factor(upper_ratio, 1.75),
                                  -26 + 34 * rim.overtone + softer_db, lengths.upper, "rim upper")};
    const std::array clean{mode(rim.high, 5.2 * drum.factor(high_ratio, 1.7),
                                -30 + 34 * rim.bell + 1.5 * softer_db, lengths.high, "rim high")};
    const auto noise = [&](double db, double share, double tau_s) {
        return fading(level_beside_tone(db, lengths.stick, tau_s), share) *
               (0.35 + 0.65 * velocity);
    };
    const Biquad body = band_pass(320 * drum.factor(shell_pitch, 2.2), 1.3);
    const std::array noises{
        NoiseLayer{.settings = layer_settings(rim.tick),
                   .level = noise(-34 + 40 * rim.click, rim.click, lengths.tick),
                   .filter = low_pass(rim.click_tone_hz * (0.5 + 0.5 * velocity), 0.6),
                   .name = "rim tick"},
        NoiseLayer{.settings = layer_settings(rim.shell),
                   .level = noise(-42 + 44 * rim.body, rim.body, lengths.shell),
                   .filter = body,
                   .name = "rim shell",
                   .spread = 0.6},
        NoiseLayer{.settings = layer_settings(rim.air_noise),
                   .level = noise(-60 + 56 * rim.air, rim.air, lengths.air) * velocity,
                   .filter = high_pass(3000 * drum.factor(air_edge, 1.5), 0.7),
                   .name = "rim air",
                   .cut = low_pass(11000, 0.7),
                   .spread = 0.8}};
    const double drive =
        std::min(0.3 * math::pow(33, rim.drive) * (0.5 + 0.5 * velocity), hardest_drive(clipped));
    Signal sound = render_layers(clipped, drive, noises, context, Bending::hard);
    add_sound(sound, render_layers(clean, 0, {}, context), *context.kernels);
    return sound;
}

}  // namespace

const Instrument instrument = tuned_instrument_of<table, &RimParams::tune_hz>({
    .name = "rim",
    .summary = "Rim shot and side stick: three modes, a tick, and a body",
    .description =
        "Three short modes are struck: the stick and the upper one are clipped together, the high "
        "one rings above them; their ratios are the seed's. The tick is the noise of the contact, "
        "the shell the low noise of "
        "the drum behind it. Rim shots, side sticks, sticks and small bells are settings of it.",
    .implied = implied,
    .synthesize = synthesize,
    .also_called = "rs rimshot side stick sidestick",
});

}  // namespace drumgen::rim
