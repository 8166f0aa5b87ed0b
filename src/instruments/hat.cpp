// Six squares ring three resonances; noise above them, and a tick at the front. Everything is
// feed-forward: edges and noise carry the envelopes into filters that ring on for a millisecond, so
// what reaches the saturation is band-limited whatever the envelopes do.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "drumgen/instrument.h"
#include "instruments/frame.h"
#include "instruments/hat_voice.h"
#include "instruments/individual.h"
#include "instruments/noise_layer.h"
#include "param/table.h"

namespace drumgen::hat {

namespace {

struct HatParams {
    double tightness = 0;
    double sheen = 0;
    double dirt = 0;
    double color = 0;
    double body = 0;
    double body_tone_hz = 0;
    double softness = 0;
    double variety = 0;
    LayerParams metal;
    LayerParams air;
    LayerParams chick;
    LayerParams low;
};

constexpr Table<HatParams, 8, 4> table{
    // clang-format off
    //  field                       id             unit        curve          allowed      default  propose      help
    {{{&HatParams::tightness,     {"tightness",  Unit::none, Curve::linear, {0, 1},      0.5,     {0, 0.88},   "How closed: 2.8 s to fall 60 dB at 0, 25 ms at 1, by the same factor everywhere"}},
      {&HatParams::sheen,         {"sheen",      Unit::none, Curve::linear, {0, 1},      0.5,     {0, 1},      "Noise above the metal: its level, from -22 to +23 dB, its upper edge and length"}},
      {&HatParams::dirt,          {"dirt",       Unit::none, Curve::linear, {0, 1},      0.5,     {0, 0.6},    "Crush from 48 down to 14 kHz, and drive from 1 to 4"}},
      {&HatParams::color,         {"color",      Unit::none, Curve::linear, {0, 1},      0.5,     {0, 1},      "Dark to bright: pitch of the squares, balance of the resonances, high-pass"}},
      {&HatParams::body,          {"body",       Unit::none, Curve::linear, {0, 1},      0,       {0, 1},      "Low noise of the cymbals and the room, below the metal: from -36 to +20 dB beside it"}},
      {&HatParams::body_tone_hz,  {"body_tone",  Unit::hz,   Curve::log,    {80, 2000},  500,     {120, 1000}, "Middle of the body's band"}},
      {&HatParams::softness,      {"softness",   Unit::none, Curve::linear, {0, 1},      0,       {0, 0.75},   "How gently it begins: attack of 120 x^3 ms, less tick"}},
      {&HatParams::variety,       {"variety",    Unit::none, Curve::linear, {0, 1},      0,       {0.8, 1},    "How far the seed makes each hat one of its own: its squares, its bands and their decays"}}}},
    {{{&HatParams::metal,      "metal"},
      {&HatParams::air,        "air"},
      {&HatParams::chick,      "chick"},
      {&HatParams::low,        "low"}}},
    // clang-format on
};

// RMS of each layer at level 1, before its envelope: of the metal as measured, within 2 dB for any
// color; the noise is brought to its own, that of white noise of RMS 1 between 7 and 12 kHz.
constexpr double metal_rms = 0.33;
constexpr double noise_rms = 0.45;

/// Noise that reached further would not be saturated without aliasing, nor be in the output.
constexpr double highest_top_hz = 13500;

/// What the seed makes of one hat.
enum Trait : std::uint32_t {
    pitch,
    edge,
    top,
    balance,
    air_length,
    body_length,
    body_width,
    body_pitch,
    air_edge,
    wash_level,
    wash_pitch,
    wash_width
};

Individual individual(const HatParams& hat, std::uint64_t seed) {
    return {seed, "hat variety", hat.variety};
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const HatParams hat = table.bind(macros);
    const Individual drum = individual(hat, seed);
    HatParams layers;
    const double tail_ms = 2800 * math::pow(112, -hat.tightness);
    set_decay(layers.metal, tail_ms);
    set_decay(layers.air, tail_ms * math::pow(2, hat.sheen - 0.5) * drum.factor(air_length, 2.5));
    set_decay(layers.low, tail_ms * (0.6 * drum.factor(body_length, 4)));
    // The tick was 2 ms of noise; a decay with the same centre of energy, 1 ms.
    set_decay(layers.chick, ms_from_seconds(t60_from_tau(0.002)));
    const double attack_ms = 120 * hat.softness * hat.softness * hat.softness;
    for (LayerParams* layer : {&layers.metal, &layers.air, &layers.low}) {
        layer->attack_ms = attack_ms;
    }
    return table.layer_values(layers);
}

/// Macros and velocity to physical values. A softer hit excites the upper resonances less, has less
/// noise, less tick and less drive.
Hat physical(const HatParams& hat, double velocity, std::uint64_t seed) {
    const Individual drum = individual(hat, seed);
    // Level from resonance to resonance, in steps of 6 dB. Three equal ones under noise without an
    // upper edge have their centroid at 12 kHz, where closed hats have theirs below 10.5; so by default
    // each is 4 dB below the one before. And color tilts them: with pitch and high-pass alone the
    // centroid moved by 0.5 %.
    const double tilt = 2.6 * (hat.color - 0.5) - (1 - velocity) - 0.7;
    const double brighter = math::exp(math::ln_2 * tilt);
    const double normal = math::sqrt(3 / (1 / (brighter * brighter) + 1 + brighter * brighter));
    const double air_db = -22 + 45 * hat.sheen + 6 * drum.offset(balance);
    const double body_db = -36 + 56 * hat.body;
    const NoiseLayer body{
        .settings = layer_settings(hat.low),
        .level = fading(gain_from_db(body_db), hat.body, 0.05) * metal_rms * (0.6 + 0.4 * velocity),
        .filter = band_pass(hat.body_tone_hz * drum.factor(body_pitch, 1.3),
                            1.4 * drum.factor(body_width, 1.8)),
        .name = "hat body",
        .ring_s = short_ring_s,
        .spread = 0.5};
    const NoiseLayer wash{
        .settings = layer_settings(hat.air),
        .level = gain_from_db(-15 + 18 * drum.offset(wash_level)) * metal_rms * velocity,
        .filter =
            band_pass(3000 * drum.factor(wash_pitch, 2.5), 0.6 * drum.factor(wash_width, 1.6)),
        .name = "hat wash",
        .ring_s = short_ring_s,
        .spread = 0.9};
    const double top_hz =
        6000 * math::exp(math::ln_2 * (0.6 * (hat.color - 0.5) + 1.3 * hat.sheen));
    // Both together are as loud as the metal alone, so that the saturation has no more of them.
    const double air = gain_from_db(air_db);
    const double both = math::sqrt(1 + air * air);
    return {
        .metal = {.settings = layer_settings(hat.metal), .level = 1 / both, .rms = metal_rms},
        .air = {.settings = layer_settings(hat.air),
                .level = air / both * metal_rms / noise_rms * (0.3 + 0.7 * velocity),
                .rms = noise_rms},
        .chick = {.settings = layer_settings(hat.chick),
                  .level = 0.4 * velocity * (1 - hat.softness),
                  .rms = noise_rms},
        .body = body,
        .wash = wash,
        .base_hz = (300 + 200 * hat.color) * drum.factor(pitch, 1.3),
        .resonance_gains = {normal / brighter, normal, normal * brighter},
        .air_edge_hz = 3500 * math::pow(3.6, hat.color) * drum.factor(air_edge, 1.5),
        .air_top_hz = std::min(highest_top_hz, top_hz * drum.factor(top, 1.3)),
        .high_pass_hz = std::max(1700.0, 1800 * math::pow(6.2, hat.color) * drum.factor(edge, 1.5)),
        .low_pass_hz = 19900 * math::exp(-math::ln_2 * 2.7 * (1 - velocity)),
        .low_pass_share = 1 - velocity * velocity,
        .drive = math::pow(4, hat.dirt) * (0.7 + 0.3 * velocity),
        .crush_hz = 48000 * math::pow(3.4, -hat.dirt),
        .images = velocity,
    };
}

/// Frames of the sound: the three layers are saturated together, the noise below them is not.
std::int64_t frames_of(const Hat& hat, const RenderContext& context) {
    std::vector<Share> shares{hat.body.share(), hat.wash.share()};
    const double together = hat.drive * loudness_of(hat);
    for (const HatLayer* layer : hat.layers()) {
        const double loudness = layer->loudness();
        shares.push_back(
            {&layer->settings, math::tanh(hat.drive * loudness), loudness > 0 ? together : 0});
    }
    return round_up_to_lanes(frames_of(shares, context, HatVoice::taps));
}

Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const Hat hat = physical(table.bind(values), context.velocity, context.seed);
    const std::int64_t frames = frames_of(hat, context);
    const HatVoice voice(hat, frames, context);
    Signal sound(static_cast<std::size_t>(frames));
    for (std::int64_t at = 0; at < frames; at += HatVoice::piece_frames) {
        const auto count = std::min<std::int64_t>(HatVoice::piece_frames, frames - at);
        voice.render(at, static_cast<int>(count), sound.data() + at);
    }
    if (context.side != nullptr) {
        lengthen_side(context, frames, sound.size());
        for (std::int64_t at = 0; at < frames; at += HatVoice::piece_frames) {
            const auto count = std::min<std::int64_t>(HatVoice::piece_frames, frames - at);
            voice.add_side(at, static_cast<int>(count), context.side->data() + at);
        }
    }
    add_noise_layer(hat.wash, sound, context);
    add_noise_layer(hat.body, sound, context);
    return sound;
}

}  // namespace

const Instrument instrument = instrument_of<table>({
    .name = "hat",
    .summary = "Hi-hat: six squares in three resonances, air, body, and a tick",
    .description =
        "The metal is six square waves of unrelated pitches through resonances at 6, 9 and 12 kHz. "
        "Air is noise above them, chick the tick of the stick or of the two cymbals meeting. The "
        "sum is high-passed, saturated and crushed; the body is low noise of the cymbals and the "
        "room below it. Closed, pedal and open hats are settings of it.",
    .implied = implied,
    .synthesize = synthesize,
    .choke_group = "hat",
    .also_called = "hats hihat hihats hh ch oh chh ohh openhat closedhat pedalhat openhihat "
                   "closedhihat closehihat pedalhihat hhopen hhclosed hhpedal",
});

}  // namespace drumgen::hat
