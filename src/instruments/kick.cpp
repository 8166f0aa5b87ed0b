// Two FM layers, room behind punch, and a click. The punch falls in pitch, its first milliseconds
// torn up by noise FM; the room stays on one pitch, later and softer. Both meet in one soft
// saturation. Behind it come the click, a moment of low-passed noise, and the air of the room.

#include <algorithm>
#include <array>
#include <cstdint>

#include "drumgen/instrument.h"
#include "instruments/frame.h"
#include "instruments/individual.h"
#include "instruments/noise_layer.h"
#include "instruments/tone_layer.h"
#include "param/table.h"

namespace drumgen::kick {

namespace {

struct KickParams {
    double punch_decay = 0;
    double click_amount = 0;
    double click_snap = 0;
    double tune_hz = 0;
    double room_tone_freq_hz = 0;
    double room_air = 0;
    double distance_ms = 0;
    double blend = 0;
    double sweep = 0;
    double sweep_ms = 0;
    double damp = 0;
    double variety = 0;
    LayerParams punch;
    LayerParams room;
    LayerParams click;
};

constexpr Table<KickParams, 12, 3> table{
    // clang-format off
    //  field                             id                 unit        curve          allowed    default  propose      help
    {{{&KickParams::punch_decay,        {"punch_decay",    Unit::none, Curve::linear, {0, 1},    0.3,     {0, 0.7},    "Length of the punch: time constant 0.1 + 0.4 x seconds"}},
      {&KickParams::click_amount,       {"click_amount",   Unit::none, Curve::linear, {0, 1},    0.5,     {0, 0.8},    "Attack: start pitch 150 + 100 x Hz, drive, noise FM and the click; below 0.5 a softer front"}},
      {&KickParams::click_snap,         {"click_snap",     Unit::none, Curve::linear, {0, 1},    0.01,    {0, 0.8},    "How long the click lasts: time constant of its FM 5 to 60 ms, of its noise 1.5 to 27 ms"}},
      {&KickParams::tune_hz,            {"tune",           Unit::hz,   Curve::log,    {25, 120}, 45,      {36, 85},    "Pitch the punch settles to"}},
      {&KickParams::room_tone_freq_hz,  {"room_tone_freq", Unit::hz,   Curve::log,    {50, 800}, 150,     {90, 600},  "Pitch of the room layer, which rings the shorter the higher"}},
      {&KickParams::room_air,           {"room_air",       Unit::none, Curve::linear, {0, 1},    0.3,     {0, 1},      "Noise in the room layer, about its pitch and in its FM"}},
      {&KickParams::distance_ms,        {"distance_ms",    Unit::ms,   Curve::linear, {0, 50},   10,      {0, 40},     "Time by which the room layer comes after the punch"}},
      {&KickParams::blend,              {"blend",          Unit::none, Curve::linear, {0, 1},    0.3,     {0, 0.65},   "Level of the room layer"}},
      {&KickParams::sweep,              {"sweep",          Unit::none, Curve::linear, {0, 2},    1,       {0, 1.2},    "How much of the fall from the start pitch is heard; 0 holds the pitch"}},
      {&KickParams::sweep_ms,           {"sweep_ms",       Unit::ms,   Curve::log,    {4, 300},  80,      {4, 80},     "Time constant of the fall in pitch"}},
      {&KickParams::damp,               {"damp",           Unit::none, Curve::linear, {0, 1},    0,       {0.2, 1},    "Shortens all layers: at 1 they last a 34th"}},
      {&KickParams::variety,            {"variety",        Unit::none, Curve::linear, {0, 1},    0,       {0.7, 1},    "How far the seed makes each drum one of its own: its click, its room and its front"}}}},
    {{{&KickParams::punch, "punch"},
      {&KickParams::room,  "room"},
      {&KickParams::click, "click"}}},
    // clang-format on
};
constexpr double full_deviation_hz = 5000;

/// What the seed makes of one kick.
enum Trait : std::uint32_t {
    front,
    room_pitch,
    room_length,
    click_pitch,
    click_length,
    click_level,
    push
};

Individual individual(const KickParams& kick, std::uint64_t seed) {
    return {seed, "kick variety", kick.variety};
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const KickParams kick = table.bind(macros);
    const Individual drum = individual(kick, seed);
    KickParams layers;
    const double kept = math::pow(34, -kick.damp);
    const double punch_ms = ms_from_seconds(t60_from_tau((0.1 + 0.4 * kick.punch_decay) * kept));
    // 0.2 s at 150 Hz.
    const double room_s = 0.2 * math::pow(kick.room_tone_freq_hz / 150, -0.7);
    const double room_ms =
        ms_from_seconds(t60_from_tau(room_s * math::sqrt(kept) * drum.factor(room_length, 3)));
    const double click_ms = ms_from_seconds(
        t60_from_tau(0.0015 * math::pow(18, kick.click_snap) * drum.factor(click_length, 2)));
    const double soft = std::max(0.5 - kick.click_amount, 0.0) * 2;
    layers.punch.attack_ms =
        25 * soft * soft * drum.factor(front, 2) + 5 * std::max(drum.offset(front), 0.0);
    set_decay(layers.punch, punch_ms);
    set_decay(layers.room, room_ms);
    layers.room.delay_ms = kick.distance_ms;
    set_decay(layers.click, click_ms);
    return table.layer_values(layers);
}

struct Kick {
    ToneLayer punch;
    ToneLayer room;
    NoiseLayer air;  ///< of the room, under its envelope
    NoiseLayer click;
    double drive = 1;
};

/// Macros and velocity to physical values. A softer hit has less click, less pitch bend, less noise
/// and less drive; at velocity 1 the formulas stand as they are.
Kick physical(const KickParams& kick, double velocity, std::uint64_t seed) {
    const Individual drum = individual(kick, seed);
    const double click = kick.click_amount * velocity;
    const double bend = (150 + 100 * kick.click_amount - kick.tune_hz) * velocity * kick.sweep;
    const double fall_s = seconds_from_ms(kick.sweep_ms) * (0.4 + 0.6 * velocity);
    const double room_hz = kick.room_tone_freq_hz * drum.factor(room_pitch, 1.5);
    const double blend =
        kick.blend * gain_from_db(30 * (kick.blend - 1)) * (0.05 + 0.95 * velocity);
    // RMS of the noise beside the punch: from -71 to -18 dB.
    const double click_db = -71 + 53 * kick.click_amount + 8 * drum.offset(click_level);
    Kick all{
        .punch = {.settings = layer_settings(kick.punch),
                  .level = 1,
                  .sweep = {kick.tune_hz + bend, kick.tune_hz, fall_s},
                  .deviation_hz = full_deviation_hz * click * click * click,
                  .deviation_tau_s = 0.005 * math::pow(12, kick.click_snap),
                  .name = "kick punch"},
        .room = {.settings = layer_settings(kick.room),
                 .level = blend * (1 - 0.5 * kick.room_air),
                 .sweep = PitchSweep::steady(room_hz),
                 .deviation_hz = full_deviation_hz * 0.1 * kick.room_air * velocity,
                 .deviation_tau_s = 0.1,
                 .name = "kick room"},
        .air = {},
        .click = {},
        .drive = (1 + 0.5 * kick.click_amount) * (0.4 + 0.6 * velocity) * drum.factor(push, 2),
    };
    all.air = {.settings = all.room.settings,
               .level = blend * kick.room_air * velocity,
               .filter = band_pass(1.5 * room_hz, 0.8),
               .name = "kick air",
               .ring_s = short_ring_s,
               .spread = 0.9};
    all.click = {.settings = layer_settings(kick.click),
                 .level = gain_from_db(click_db) * click * velocity / (kick.click_amount + 0.05),
                 .filter = low_pass(1500 * drum.factor(click_pitch, 4), 0.7),
                 .name = "kick click",
                 .ring_s = short_ring_s};
    return all;
}

Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const Kick kick = physical(table.bind(values), context.velocity, context.seed);
    return render_layers(std::array{kick.punch, kick.room}, kick.drive,
                         std::array{kick.air, kick.click}, context);
}

}  // namespace

const Instrument instrument = tuned_instrument_of<table, &KickParams::tune_hz>({
    .name = "kick",
    .summary = "Bass drum: two FM layers, room behind punch, and a click",
    .description =
        "The punch is a sine that falls from its start pitch to the pitch it settles to, with "
        "noise "
        "FM in its first milliseconds. The room is a second, steadier sine, later and softer, with "
        "noise about its pitch. Both meet in one soft saturation; the click is a moment of "
        "low-passed noise on top.",
    .implied = implied,
    .synthesize = synthesize,
    .also_called = "bd bass bassdrum kik kck",
});

}  // namespace drumgen::kick
