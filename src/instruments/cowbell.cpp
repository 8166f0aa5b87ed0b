// Two pulses that are no octave apart, through one wide band: a sharp clang that a softer ring
// outlives. Above them the partials of the metal, and the strike of the stick.

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

namespace drumgen::cowbell {

namespace {

struct CowbellParams {
    double tune_hz = 0;
    double interval = 0;
    double tone_hz = 0;
    double ring = 0;
    double tail = 0;
    double edge = 0;
    double width = 0;
    double balance = 0;
    double shimmer = 0;
    double strike = 0;
    double softness = 0;
    double variety = 0;
    double thud = 0;
    LayerParams clang;
    LayerParams hum;
    LayerParams partials;
    LayerParams stick;
    LayerParams hand;
};

constexpr Table<CowbellParams, 13, 5> table{
    // clang-format off
    //  field                         id           unit        curve          allowed      default  propose       help
    {{{&CowbellParams::tune_hz,     {"tune",      Unit::hz,   Curve::log,    {150, 3000}, 540,     {300, 1200},  "Pitch of the lower pulse: a cowbell near 550, an agogo near 900"}},
      {&CowbellParams::interval,    {"interval",  Unit::none, Curve::log,    {1.05, 4},   1.481,   {1.25, 2.9},  "Pitch of the upper pulse over the lower: 1.481 in an 808"}},
      {&CowbellParams::tone_hz,     {"tone",      Unit::hz,   Curve::log,    {200, 8000}, 2000,    {300, 4000},  "Middle of the wide band that both go through"}},
      {&CowbellParams::ring,        {"ring",      Unit::none, Curve::linear, {0, 1},      0.6,     {0, 1},       "How long it rings: 55 ms to fall 60 dB at 0, 3.5 s at 1"}},
      {&CowbellParams::tail,        {"tail",      Unit::none, Curve::linear, {0, 1},      0.5,     {0, 1},       "Level of the slow ring beside the sharp clang, from -34 to +2 dB"}},
      {&CowbellParams::edge,        {"edge",      Unit::none, Curve::linear, {0, 1},      0.7,     {0.25, 1},    "Shape of the pulses: sines at 0, squares at 1"}},
      {&CowbellParams::width,       {"width",     Unit::none, Curve::linear, {0, 1},      0,       {0, 1},       "How narrow the pulses are: even harmonics from none at 0 to as many as odd ones at 1"}},
      {&CowbellParams::balance,     {"balance",   Unit::none, Curve::linear, {0, 1},      0.6,     {0, 1},       "Level of the upper pulse beside the lower, from -18 to +12 dB"}},
      {&CowbellParams::shimmer,     {"shimmer",   Unit::none, Curve::linear, {0, 1},      0.2,     {0, 1},       "Partials of the metal, from -42 to +2 dB"}},
      {&CowbellParams::strike,      {"strike",    Unit::none, Curve::linear, {0, 1},      0.2,     {0, 1},       "Noise of the stick, from -44 to 0 dB, and of the hand that holds the bell"}},
      {&CowbellParams::softness,    {"softness",  Unit::none, Curve::linear, {0, 1},      0.1,     {0, 0.6},     "How gently it begins: attack of 16 x^2 ms"}},
      {&CowbellParams::variety,     {"variety",   Unit::none, Curve::linear, {0, 1},      0.3,     {0.7, 1},     "How far the seed makes each bell one of its own: its partials, its lengths and its stick"}},
      {&CowbellParams::thud,        {"thud",      Unit::none, Curve::linear, {0, 1},      0,       {0, 0.4},     "Low noise below 200 Hz, of the hand, the stand and the room, beside that of the strike: from -54 to +4 dB"}}}},
    {{{&CowbellParams::clang,       "clang"},
      {&CowbellParams::hum,         "hum"},
      {&CowbellParams::partials,    "partials"},
      {&CowbellParams::stick,       "stick"},
      {&CowbellParams::hand,        "hand"}}},
    // clang-format on
};

/// Of the partials to the lower pulse. By ear, of no series.
constexpr std::array<double, 10> partial_ratios{3.6,  4.4,  5.3,  6.8,  8.4,
                                                10.1, 12.7, 15.9, 19.6, 24.3};
constexpr double highest_hz = 18000;

/// What the seed makes of one bell.
enum Trait : std::uint32_t {
    clang_length,
    partials_length,
    stick_length,
    stick_pitch,
    hand_level,
    hand_pitch,
    hand_length,
    partial_pitch,
};

Individual individual(const CowbellParams& bell, std::uint64_t seed) {
    return {seed, "cowbell variety", bell.variety};
}

/// Time constants of the layers, s.
struct Lengths {
    double clang;
    double hum;
    double partials;
    double stick;
    double hand;
};

Lengths lengths_of(const CowbellParams& bell, const Individual& drum) {
    const double hum = 0.008 * math::pow(64, bell.ring);
    return {.clang = hum * 0.25 * drum.factor(clang_length, 1.7),
            .hum = hum,
            .partials = hum * 0.3 * drum.factor(partials_length, 3),
            .stick = 0.007 * drum.factor(stick_length, 5),
            .hand = 0.04 * drum.factor(hand_length, 4)};
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const CowbellParams bell = table.bind(macros);
    const Lengths lengths = lengths_of(bell, individual(bell, seed));
    CowbellParams layers;
    const double attack_ms = 16 * bell.softness * bell.softness;
    set_envelope(layers.clang, lengths.clang, attack_ms);
    set_envelope(layers.hum, lengths.hum, attack_ms);
    set_envelope(layers.partials, lengths.partials, 0.7 * attack_ms);
    set_envelope(layers.stick, lengths.stick, 0.4 * attack_ms);
    set_envelope(layers.hand, lengths.hand, attack_ms);
    return table.layer_values(layers);
}

/// A pulse does not begin at 0: at once it would be a step, which aliases whatever it is sampled
/// with.
LayerSettings without_step(const LayerSettings& layer) {
    constexpr double least_attack_s = 0.0005;
    Envelope envelope = layer.envelope;
    envelope.attack_s = std::max(envelope.attack_s, least_attack_s);
    return with_envelope(layer, envelope);
}

/// Macros and velocity to physical values. A softer hit has rounder pulses, a lower band, fewer
/// partials and less stick.
Signal synthesize(std::span<const double> values, const RenderContext& context) {
    constexpr double q = 0.5;
    const CowbellParams bell = table.bind(values);
    const Individual drum = individual(bell, context.seed);
    const Lengths lengths = lengths_of(bell, drum);
    const double velocity = context.velocity;
    const double upper_hz = std::min(bell.tune_hz * bell.interval, highest_hz);
    const double upper = gain_from_db(-18 + 30 * bell.balance);
    const double middle_hz = bell.tone_hz * (0.7 + 0.3 * velocity);
    // Both pulses together are as loud as one alone would be without the band.
    const double lower_gain = 1 / band_loss(bell.tune_hz, middle_hz, q);
    const double upper_gain = upper * (1 / band_loss(upper_hz, middle_hz, q));
    const double level = 1 / math::sqrt(lower_gain * lower_gain + upper_gain * upper_gain);
    const double hum = gain_from_db(-34 + 36 * bell.tail);
    std::vector<ToneLayer> pulses;
    for (const auto& [hz, gain] : {std::pair{bell.tune_hz, 1.0}, std::pair{upper_hz, upper}}) {
        // So high that even the roundest pulse would alias, a sine is left.
        constexpr double roundest = 0.2;
        const double sharpest = sharpest_edge(hz);
        const double edge =
            sharpest < roundest
                ? 0
                : roundest * math::pow(sharpest / roundest, bell.edge * (0.4 + 0.6 * velocity));
        for (const auto& [layer, share] :
             {std::pair{&bell.clang, 1.0}, std::pair{&bell.hum, hum}}) {
            pulses.push_back({.settings = without_step(layer_settings(*layer)),
                              .level = level * gain * share,
                              .sweep = PitchSweep::steady(hz),
                              .name = "cowbell pulse",
                              .edge = edge,
                              .bias = 0.95 * bell.width});
        }
    }
    Signal sound = render_layers(pulses, 0, {}, context);
    filter_in_place(sound, band_pass(middle_hz, q), *context.kernels);

    const double shimmer = fading(gain_from_db(-42 + 44 * bell.shimmer), bell.shimmer) *
                           (0.4 + 0.6 * velocity) *
                           math::sqrt(lengths.clang / lengths.partials / partial_ratios.size());
    std::vector<ToneLayer> partials;
    for (std::size_t k = 0; k < partial_ratios.size(); ++k) {
        const auto trait = partial_pitch + static_cast<std::uint32_t>(k);
        const double hz = bell.tune_hz * partial_ratios[k] * drum.factor(trait, 1.1);
        partials.push_back({.settings = layer_settings(bell.partials),
                            .level = shimmer,
                            .sweep = PitchSweep::steady(std::min(hz, highest_hz)),
                            .name = "cowbell partial"});
    }
    const auto noise = [&](double db, double share, double tau_s) {
        return fading(level_beside_tone(db, lengths.clang, tau_s), share) * (0.3 + 0.7 * velocity);
    };
    const double stick_db = -44 + 44 * bell.strike;
    const double hand_hz = 75 * drum.factor(hand_pitch, 1.8);
    const Biquad hand = band_pass(hand_hz, 0.9);
    const Biquad dull = low_pass(1.4 * hand_hz, 0.7);
    const double struck =
        noise(stick_db - 10 + 14 * drum.offset(hand_level), bell.strike, lengths.hand);
    const double held = noise(-54 + 58 * bell.thud, bell.thud, lengths.hand);
    const std::array noises{
        NoiseLayer{.settings = layer_settings(bell.stick),
                   .level = noise(stick_db, bell.strike, lengths.stick),
                   .filter = band_pass(3500 * drum.factor(stick_pitch, 2.5), 0.5),
                   .name = "cowbell stick",
                   .spread = 0.4},
        NoiseLayer{.settings = layer_settings(bell.hand),
                   .level = math::sqrt(struck * struck + held * held),
                   .filter = hand,
                   .name = "cowbell hand",
                   .cut = dull}};
    const Signal above = render_layers(partials, 0, noises, context);
    add_sound(sound, above, *context.kernels);
    return sound;
}

}  // namespace

const Instrument instrument = tuned_instrument_of<table, &CowbellParams::tune_hz>({
    .name = "cowbell",
    .summary = "Cowbell, agogo and other bells: two pulses in a band, partials, a stick",
    .description = "Two pulses, from sines to squares, ring together through one wide band: the "
                   "clang is their "
                   "sharp fall, the hum what rings on. Above them stand the partials of the metal, "
                   "each bell's "
                   "own, and the noise of the stick; the hand that holds the bell is low noise.",
    .implied = implied,
    .synthesize = synthesize,
    .also_called = "agogo cb",
});

}  // namespace drumgen::cowbell
