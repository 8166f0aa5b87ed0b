// Several hands clap a few milliseconds apart, each a burst of noise in a band, and a room answers.
// Above them the air of the bursts, below them the thump of cupped hands.

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "drumgen/instrument.h"
#include "instruments/frame.h"
#include "instruments/individual.h"
#include "instruments/noise_layer.h"
#include "instruments/tone_layer.h"
#include "param/table.h"

namespace drumgen::clap {

namespace {

struct ClapParams {
    double hands = 0;
    double spread_ms = 0;
    double tightness = 0;
    double tone_hz = 0;
    double focus = 0;
    double room = 0;
    double room_ms = 0;
    double air = 0;
    double body = 0;
    double variety = 0;
    LayerParams burst;
    LayerParams tail;
    LayerParams hiss;
    LayerParams thump;
};

constexpr int most_hands = 8;

constexpr Table<ClapParams, 10, 4> table{
    // clang-format off
    //  field                      id            unit        curve          allowed          default  propose      help
    {{{&ClapParams::hands,       {"hands",      Unit::none, Curve::linear, {1, most_hands}, 4,       {1, 5},      "How many hands; between two numbers the last one is softer"}},
      {&ClapParams::spread_ms,   {"spread_ms",  Unit::ms,   Curve::log,    {1, 60},         10,      {2, 18},     "Time from hand to hand; one person's claps are 10 apart on old machines"}},
      {&ClapParams::tightness,   {"tightness",  Unit::none, Curve::linear, {0, 1},          0.6,     {0, 1},      "How short each hand is: 97 ms to fall 60 dB at 0, 5 ms at 1"}},
      {&ClapParams::tone_hz,     {"tone",       Unit::hz,   Curve::log,    {300, 6000},     1100,    {700, 2800}, "Middle of the band: cupped hands below 1000, flat ones above 1500"}},
      {&ClapParams::focus,       {"focus",      Unit::none, Curve::linear, {0, 1},          0.5,     {0, 1},      "How narrow the band is: Q from 0.35 to 3.5"}},
      {&ClapParams::room,        {"room",       Unit::none, Curve::linear, {0, 1},          0.5,     {0, 1},      "What follows the last hand, from -26 to +8 dB beside the hands"}},
      {&ClapParams::room_ms,     {"room_ms",    Unit::ms,   Curve::log,    {20, 4000},      300,     {90, 900},   "Time in which that falls 60 dB"}},
      {&ClapParams::air,         {"air",        Unit::none, Curve::linear, {0, 1},          0.4,     {0, 1},      "Treble above 5 kHz, from -34 to +6 dB"}},
      {&ClapParams::body,        {"body",       Unit::none, Curve::linear, {0, 1},          0.2,     {0, 1},      "Low noise of cupped hands and of the floor, from -44 to 0 dB"}},
      {&ClapParams::variety,     {"variety",    Unit::none, Curve::linear, {0, 1},          0.5,     {0.7, 1},    "How far the seed moves the hands, in time and level, and makes the band and room its own"}}}},
    {{{&ClapParams::burst,     "burst"},
      {&ClapParams::tail,      "tail"},
      {&ClapParams::hiss,      "hiss"},
      {&ClapParams::thump,     "thump"}}},
    // clang-format on
};

/// What the seed makes of one clap.
enum Trait : std::uint32_t {
    low_cut,
    tail_pitch,
    hiss_length,
    thump_length,
    thump_pitch,
    front,
    hand_time,
    hand_level = hand_time + 16,
};

Individual individual(const ClapParams& clap, std::uint64_t seed) {
    return {seed, "clap variety", clap.variety};
}

/// When a hand claps, s: evenly, but for what the seed makes of it.
double time_of(const ClapParams& clap, const Individual& drum, int hand) {
    constexpr double looseness = 0.45;  // of the spread, so that none overtakes another
    const double moved =
        hand == 0 ? 0 : looseness * drum.offset(hand_time + static_cast<std::uint32_t>(hand));
    return seconds_from_ms(clap.spread_ms) * (hand + moved);
}

std::vector<Stroke> strokes_of(const ClapParams& clap, const Individual& drum) {
    std::vector<Stroke> strokes;
    for (int hand = 0; hand < clap.hands; ++hand) {
        const double there = std::min(1.0, clap.hands - hand);
        const bool is_last = hand + 1 >= clap.hands;
        const double softer =
            is_last
                ? 0
                : 0.6 * (clap.variety - drum.offset(hand_level + static_cast<std::uint32_t>(hand)));
        strokes.push_back({time_of(clap, drum, hand), there * (1 - softer)});
    }
    return strokes;
}

/// Time constant of one hand, s.
double burst_tau(const ClapParams& clap) {
    return 0.014 * math::pow(20, -clap.tightness);
}

/// Time constant of the low noise, s.
double thump_tau(const Individual& drum) {
    return 0.035 * drum.factor(thump_length, 2.5);
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const ClapParams clap = table.bind(macros);
    const Individual drum = individual(clap, seed);
    ClapParams layers;
    const double burst_ms = ms_from_seconds(t60_from_tau(burst_tau(clap)));
    set_decay(layers.burst, burst_ms);
    set_decay(layers.tail, clap.room_ms);
    set_decay(layers.hiss, math::sqrt(burst_ms * clap.room_ms) * drum.factor(hiss_length, 3.5));
    set_envelope(layers.thump, thump_tau(drum), 4);
    layers.burst.attack_ms = 0.6 * drum.factor(front, 5);
    layers.hiss.attack_ms = layers.burst.attack_ms;
    // With the last hand, wherever it is between two.
    const auto whole = static_cast<int>(math::floor(clap.hands - 1));
    const double part = clap.hands - 1 - whole;
    const double last_s = (1 - part) * time_of(clap, drum, whole) +
                          part * time_of(clap, drum, std::min(whole + 1, most_hands));
    layers.tail.delay_ms = ms_from_seconds(last_s);
    return table.layer_values(layers);
}

/// Macros and velocity to physical values. A softer hit is duller: its band is lower, with less air.
Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const ClapParams clap = table.bind(values);
    const Individual drum = individual(clap, context.seed);
    const double velocity = context.velocity;
    const std::vector<Stroke> strokes = strokes_of(clap, drum);
    const double tone_hz = clap.tone_hz * (0.7 + 0.3 * velocity);
    const double q = 0.35 * math::pow(10, clap.focus);
    const Biquad band = band_pass(tone_hz, q);
    const Biquad cut = high_pass(std::min(150 * drum.factor(low_cut, 3), 0.8 * tone_hz), 0.6);
    // Of the energy of all hands.
    const auto beside_hands = [&](double db, double tau_s) {
        return gain_from_db(db) * math::sqrt(clap.hands * burst_tau(clap) / tau_s);
    };
    const double room_tau = tau_from_t60(seconds_from_ms(clap.room_ms));
    const double hiss_tau = math::sqrt(burst_tau(clap) * room_tau);
    const Biquad low = band_pass(110 * drum.factor(thump_pitch, 3), 0.8);
    const std::array noises{
        NoiseLayer{.settings = layer_settings(clap.burst),
                   .level = 1,
                   .filter = band,
                   .name = "clap burst",
                   .cut = cut,
                   .strokes = strokes,
                   .spread = 0.55},
        NoiseLayer{.settings = layer_settings(clap.tail),
                   .level = fading(beside_hands(-26 + 34 * clap.room, room_tau), clap.room) *
                            (0.6 + 0.4 * velocity),
                   .filter = band_pass(tone_hz * drum.factor(tail_pitch, 1.5), q),
                   .name = "clap tail",
                   .cut = cut,
                   .spread = 0.7},
        NoiseLayer{.settings = layer_settings(clap.hiss),
                   .level = fading(beside_hands(-34 + 40 * clap.air, hiss_tau), clap.air) *
                            (0.2 + 0.8 * velocity),
                   .filter = high_pass(5000, 0.7),
                   .name = "clap hiss",
                   .strokes = strokes,
                   .spread = 0.8},
        NoiseLayer{.settings = layer_settings(clap.thump),
                   .level = fading(beside_hands(-44 + 44 * clap.body, thump_tau(drum)), clap.body) *
                            (0.5 + 0.5 * velocity),
                   .filter = low,
                   .name = "clap thump"}};
    return render_layers({}, 0, noises, context);
}

}  // namespace

const Instrument instrument = instrument_of<table>({
    .name = "clap",
    .summary = "Hand clap: several hands, their air and thump, and a room",
    .description =
        "Each hand is a short burst of noise in a band; how many there are and how far apart is "
        "what tells a machine from a crowd, and the seed moves each of them. The tail, noise in "
        "the same band, is the room that answers the last hand; the hiss is the treble of all of "
        "them, the thump the low noise of cupped hands.",
    .implied = implied,
    .synthesize = synthesize,
    .also_called = "claps cp handclap",
});

}  // namespace drumgen::clap
