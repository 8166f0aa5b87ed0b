// A drum with a tuned head and no wires: two modes that fall in pitch, saturated together, the noise
// of the skin under the stick or the hand, and a short room. Floor toms, rack toms, congas and bongos
// are settings of it.

#include <algorithm>
#include <array>
#include <cstdint>

#include "drumgen/instrument.h"
#include "instruments/frame.h"
#include "instruments/individual.h"
#include "instruments/noise_layer.h"
#include "instruments/tone_layer.h"
#include "param/table.h"

namespace drumgen::tom {

namespace {

struct TomParams {
    double tune_hz = 0;
    double ring = 0;
    double bend = 0;
    double bend_ms = 0;
    double overtone = 0;
    double skin = 0;
    double skin_tone_hz = 0;
    double room = 0;
    double softness = 0;
    double variety = 0;
    double slap = 0;
    LayerParams head;
    LayerParams upper;
    LayerParams stick;
    LayerParams shell;
    LayerParams slap_noise;
};

constexpr Table<TomParams, 11, 5> table{
    // clang-format off
    //  field                       id            unit             curve          allowed      default  propose      help
    {{{&TomParams::tune_hz,       {"tune",       Unit::hz,        Curve::log,    {40, 800},   110,     {60, 500},   "Pitch that the head settles to: a floor tom near 70, a conga near 250, a bongo near 450"}},
      {&TomParams::ring,          {"ring",       Unit::none,      Curve::linear, {0, 1},      0.6,     {0, 0.95},   "How long the head rings: 76 ms to fall 60 dB at 0, 3.4 s at 1, for one of 110 Hz; the higher, the shorter"}},
      {&TomParams::bend,          {"bend",       Unit::semitones, Curve::linear, {0, 12},     2,       {0, 10},     "By how much it starts above its pitch: real heads 2, electronic ones 5 and more"}},
      {&TomParams::bend_ms,       {"bend_ms",    Unit::ms,        Curve::log,    {6, 300},    40,      {8, 120},    "Time constant of the fall in pitch"}},
      {&TomParams::overtone,      {"overtone",   Unit::none,      Curve::linear, {0, 1},      0.4,     {0, 1},      "Level of the second mode, from -40 to -2 dB"}},
      {&TomParams::skin,          {"skin",       Unit::none,      Curve::linear, {0, 1},      0.4,     {0, 1},      "Noise of the skin under the stick or the hand, from -50 to -2 dB"}},
      {&TomParams::skin_tone_hz,  {"skin_tone",  Unit::hz,        Curve::log,    {150, 10000}, 1200,   {250, 7000}, "Upper edge of the noise: hand or mallet below 1000, a slap or a stick above"}},
      {&TomParams::room,          {"room",       Unit::none,      Curve::linear, {0, 1},      0.3,     {0, 1},      "Noise of shell and room behind the hit, from -48 to -8 dB"}},
      {&TomParams::softness,      {"softness",   Unit::none,      Curve::linear, {0, 1},      0.1,     {0, 0.5},    "How gently it begins: attack of 16 x^2 ms"}},
      {&TomParams::variety,       {"variety",    Unit::none,      Curve::linear, {0, 1},      0.4,     {0.7, 1},    "How far the seed makes each drum one of its own: its modes, its skin and its room"}},
      {&TomParams::slap,          {"slap",       Unit::none,      Curve::linear, {0, 1},      0,       {0, 0.35},    "Treble of the hit, above 3 kHz: a hand that slaps, a hard stick; from -70 to -14 dB"}}}},
    {{{&TomParams::head,       "head"},
      {&TomParams::upper,      "upper"},
      {&TomParams::stick,      "stick"},
      {&TomParams::shell,      "shell"},
      {&TomParams::slap_noise, "crack"}}},
    // clang-format on
};

/// What the seed makes of one drum.
enum Trait : std::uint32_t {
    mode_ratio,
    upper_length,
    stick_length,
    room_length,
    room_pitch,
    push,
    slap_length,
    slap_edge
};

Individual individual(const TomParams& tom, std::uint64_t seed) {
    return {seed, "tom variety", tom.variety};
}

/// Time constants of the four layers, s.
struct Lengths {
    double head;
    double upper;
    double stick;
    double shell;
    double slap;
};

Lengths lengths_of(const TomParams& tom, const Individual& drum) {
    const double head = 0.011 * math::pow(45, tom.ring) * math::pow(tom.tune_hz / 110, -0.6);
    return {
        .head = head,
        .upper = head * 0.4 * drum.factor(upper_length, 2.6),
        .stick = 0.013 * math::pow(tom.skin_tone_hz / 1200, -0.5) * drum.factor(stick_length, 4.5),
        .shell = 0.2 * drum.factor(room_length, 3.2),
        .slap = 0.016 * drum.factor(slap_length, 3.5)};
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const TomParams tom = table.bind(macros);
    const Lengths lengths = lengths_of(tom, individual(tom, seed));
    TomParams layers;
    const double attack_ms = 16 * tom.softness * tom.softness;
    set_envelope(layers.head, lengths.head, attack_ms);
    set_envelope(layers.upper, lengths.upper, attack_ms);
    set_envelope(layers.stick, lengths.stick, 0.25 * attack_ms);
    set_envelope(layers.shell, lengths.shell, 2 + attack_ms);
    set_envelope(layers.slap_noise, lengths.slap, 0.1 * attack_ms);
    return table.layer_values(layers);
}

/// Macros and velocity to physical values. A softer hit bends less, has less of the second mode, less
/// and duller skin, and less drive.
Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const TomParams tom = table.bind(values);
    const Individual drum = individual(tom, context.seed);
    const Lengths lengths = lengths_of(tom, drum);
    const double velocity = context.velocity;
    const double bent =
        tom.tune_hz * math::pow(2, tom.bend * (0.3 + 0.7 * velocity) / 12) - tom.tune_hz;
    const double fall_s = seconds_from_ms(tom.bend_ms);
    const double ratio = 1.83 * drum.factor(mode_ratio, 1.3);
    const double upper = gain_from_db(-40 + 38 * tom.overtone) * (0.4 + 0.6 * velocity) *
                         math::sqrt(lengths.head / lengths.upper);
    const auto noise = [&](double db, double tau_s) {
        return level_beside_tone(db, lengths.head, tau_s) * (0.3 + 0.7 * velocity);
    };
    const std::array tones{
        ToneLayer{.settings = layer_settings(tom.head),
                  .sweep = {tom.tune_hz + bent, tom.tune_hz, fall_s},
                  .name = "tom head"},
        ToneLayer{.settings = layer_settings(tom.upper),
                  .level = upper,
                  .sweep = {(tom.tune_hz + bent) * ratio, tom.tune_hz * ratio, fall_s},
                  .name = "tom upper"}};
    const double edge_hz = 1.2 * tom.skin_tone_hz * (0.5 + 0.5 * velocity);
    const Biquad room = band_pass(340 * drum.factor(room_pitch, 2.8), 0.55);
    const std::array noises{
        NoiseLayer{.settings = layer_settings(tom.stick),
                   .level = fading(noise(-50 + 48 * tom.skin, lengths.stick), tom.skin),
                   .filter = low_pass(edge_hz, 0.7),
                   .name = "tom stick",
                   .cut = low_pass(edge_hz, 0.7)},
        NoiseLayer{.settings = layer_settings(tom.shell),
                   .level = fading(noise(-48 + 40 * tom.room, lengths.shell), tom.room),
                   .filter = room,
                   .name = "tom shell",
                   .spread = 0.9},
        NoiseLayer{.settings = layer_settings(tom.slap_noise),
                   .level = fading(noise(-70 + 56 * tom.slap, lengths.slap), tom.slap) * velocity,
                   .filter = high_pass(3000 * drum.factor(slap_edge, 1.8), 0.7),
                   .name = "tom slap",
                   .cut = low_pass(12000, 0.7)}};
    const double drive = 0.55 * drum.factor(push, 4.5) * (0.4 + 0.6 * velocity);
    return render_layers(tones, drive, noises, context);
}

}  // namespace

const Instrument instrument = tuned_instrument_of<table, &TomParams::tune_hz>({
    .name = "tom",
    .summary = "Tom, conga and bongo: two modes of a head, its skin, and a short room",
    .description =
        "The head is a sine that falls to its pitch; a second mode above it, at about 1.8 times "
        "the "
        "pitch, dies sooner, and both meet in one soft saturation. The stick, or the hand, is "
        "low-passed noise; the shell is the low noise of the drum's body and of a room. Floor tom, "
        "rack tom, conga and bongo are settings of it.",
    .implied = implied,
    .synthesize = synthesize,
    .also_called = "toms tm lt mt ht ft floortom conga congas bongo bongos timbale",
});

}  // namespace drumgen::tom
