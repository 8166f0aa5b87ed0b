// Many grains of noise: beads that fall against a shell, in one stroke or there and back, and a low
// body. Grains of their own set the jingles of a tambourine ringing.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "drumgen/instrument.h"
#include "instruments/frame.h"
#include "instruments/individual.h"
#include "instruments/noise_layer.h"
#include "instruments/tone_layer.h"
#include "param/table.h"

namespace drumgen::shaker {

namespace {

struct ShakerParams {
    double tone_hz = 0;
    double focus = 0;
    double decay = 0;
    double softness = 0;
    double grains = 0;
    double strokes = 0;
    double stroke_ms = 0;
    double body = 0;
    double body_tone_hz = 0;
    double jingle = 0;
    double variety = 0;
    double tap = 0;
    LayerParams beads;
    LayerParams shell;
    LayerParams jingles;
    LayerParams tapped;
};

constexpr double most_strokes = 4;

constexpr Table<ShakerParams, 12, 4> table{
    // clang-format off
    //  field                         id            unit        curve          allowed            default  propose       help
    {{{&ShakerParams::tone_hz,      {"tone",       Unit::hz,   Curve::log,    {1000, 14000},     5500,    {3200, 12000}, "Middle of the beads' band: a maraca near 3500, a cabasa above"}},
      {&ShakerParams::focus,        {"focus",      Unit::none, Curve::linear, {0, 1},            0.4,     {0, 1},       "How narrow the band is: Q from 0.3 to 4"}},
      {&ShakerParams::decay,       {"decay",      Unit::none, Curve::linear, {0, 1},            0.5,     {0, 1},       "How long a stroke dies away: 35 ms to fall 60 dB at 0, 1.4 s at 1"}},
      {&ShakerParams::softness,     {"softness",   Unit::none, Curve::linear, {0, 1},            0.4,     {0.2, 0.8},   "How slowly a stroke rises: attack of 1 to 80 ms"}},
      {&ShakerParams::grains,       {"grains",     Unit::none, Curve::linear, {0, 1},            0.7,     {0, 1},       "Beads that fall: from 60 to 12000 a second, from gravel to hiss"}},
      {&ShakerParams::strokes,      {"strokes",    Unit::none, Curve::linear, {1, most_strokes}, 1,       {1, 2},       "How often it is shaken; between two numbers the first stroke is softer"}},
      {&ShakerParams::stroke_ms,    {"stroke_ms",  Unit::ms,   Curve::log,    {15, 400},         70,      {20, 90},     "Time from stroke to stroke"}},
      {&ShakerParams::body,         {"body",       Unit::none, Curve::linear, {0, 1},            0.2,     {0, 1},       "Low noise of the shell and the hand, from -44 to -2 dB"}},
      {&ShakerParams::body_tone_hz, {"body_tone",  Unit::hz,   Curve::log,    {40, 1500},        200,     {55, 700},    "Middle of that noise"}},
      {&ShakerParams::jingle,       {"jingle",     Unit::none, Curve::linear, {0, 1},            0,       {0, 0.9},     "Jingles of a tambourine, from -40 to +14 dB"}},
      {&ShakerParams::variety,      {"variety",    Unit::none, Curve::linear, {0, 1},            0.4,     {0.7, 1},     "How far the seed makes each shaker one of its own: its shell, its strokes and its jingles"}},
      {&ShakerParams::tap,          {"tap",        Unit::none, Curve::linear, {0, 1},            0,       {0, 0.5},     "A hit at the front, of the palm or the stick, from -30 to +16 dB beside the beads"}}}},
    {{{&ShakerParams::beads,        "beads"},
      {&ShakerParams::shell,        "shell"},
      {&ShakerParams::jingles,      "jingles"},
      {&ShakerParams::tapped,       "palm"}}},
    // clang-format on
};

/// Pitches of a tambourine's jingles, Hz: between them lies what the tambourines of Debian's
/// hydrogen-drumkits have, with next to nothing below 3.3 kHz.
constexpr std::array<double, 3> jingle_hz{5200, 7600, 12500};
constexpr std::array<std::string_view, 3> jingle_names{"shaker jingle 1", "shaker jingle 2",
                                                       "shaker jingle 3"};

/// What the seed makes of one shaker.
enum Trait : std::uint32_t {
    band_place,
    low_cut,
    shell_length,
    shell_width,
    jingle_length,
    jingle_ring,
    jingle_pitch,
    stroke_time = jingle_pitch + 4,
    stroke_level = stroke_time + 8,
    tap_length = stroke_level + 8,
    tap_pitch,
};

Individual individual(const ShakerParams& shaker, std::uint64_t seed) {
    return {seed, "shaker variety", shaker.variety};
}

/// The last stroke is the loudest, and the one that is always there.
std::vector<Stroke> strokes_of(const ShakerParams& shaker, const Individual& drum) {
    constexpr double looseness = 0.3;  // of the time between, so that none overtakes another
    const double apart_s = seconds_from_ms(shaker.stroke_ms);
    const auto count = static_cast<int>(math::ceil(shaker.strokes));
    std::vector<Stroke> strokes;
    for (int k = 0; k < count; ++k) {
        const auto trait = static_cast<std::uint32_t>(count - 1 - k);
        const bool is_first = k == 0 && count > 1;
        const bool is_last = k == count - 1;
        const double there = is_first ? shaker.strokes - (count - 1) : 1;
        const double softer = is_last ? 1 : 0.55 * (1 + 0.6 * drum.offset(stroke_level + trait));
        const double moved = k == 0 ? 0 : looseness * drum.offset(stroke_time + trait);
        strokes.push_back({apart_s * (k + moved), there * softer});
    }
    return strokes;
}

/// Time constant of a stroke's end, s.
double stroke_tau(const ShakerParams& shaker) {
    return 0.005 * math::pow(40, shaker.decay);
}

/// Time constant of the tap, s.
double tap_tau(const Individual& drum) {
    return 0.003 * drum.factor(tap_length, 3);
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const ShakerParams shaker = table.bind(macros);
    const Individual drum = individual(shaker, seed);
    ShakerParams layers;
    const double decay_ms = ms_from_seconds(t60_from_tau(stroke_tau(shaker)));
    set_decay(layers.beads, decay_ms);
    set_decay(layers.shell, 0.6 * decay_ms * math::pow(shaker.body_tone_hz / 150, -0.5) *
                                drum.factor(shell_length, 4.5));
    set_decay(layers.jingles, 1.6 * decay_ms * drum.factor(jingle_length, 3));
    const double attack_ms = math::pow(80, shaker.softness);
    set_envelope(layers.tapped, tap_tau(drum), 0.2);
    layers.beads.attack_ms = attack_ms;
    layers.shell.attack_ms = 0.05 * attack_ms;
    layers.jingles.attack_ms = 0.15 * attack_ms;
    return table.layer_values(layers);
}

/// Macros and velocity to physical values. A softer shake has duller beads and jingles, and less
/// of the shell.
Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const ShakerParams shaker = table.bind(values);
    const Individual drum = individual(shaker, context.seed);
    const double velocity = context.velocity;
    const std::vector<Stroke> strokes = strokes_of(shaker, drum);
    const double grains_hz = 60 * math::pow(200, shaker.grains);
    const double tone_hz = shaker.tone_hz * (0.55 + 0.45 * velocity) * drum.factor(band_place, 1.4);
    const Biquad beads = band_pass(tone_hz, 0.3 * math::pow(13, shaker.focus));
    const Biquad cut = high_pass(std::min(1100 * drum.factor(low_cut, 2.5), 0.8 * tone_hz), 0.7);
    const Biquad shell = band_pass(shaker.body_tone_hz, 0.8 * drum.factor(shell_width, 2.5));
    std::vector<NoiseLayer> noises{
        {.settings = layer_settings(shaker.beads),
         .level = 1,
         .filter = beads,
         .name = "shaker beads",
         .cut = cut,
         .strokes = strokes,
         .grains_hz = grains_hz,
         .spread = 0.65},
        {.settings = layer_settings(shaker.shell),
         .level =
             fading(gain_from_db(-44 + 42 * shaker.body), shaker.body) * (0.5 + 0.5 * velocity),
         .filter = shell,
         .name = "shaker shell",
         .cut = low_pass(3 * shaker.body_tone_hz, 0.7),
         .strokes = strokes},
        {.settings = layer_settings(shaker.tapped),
         .level = fading(gain_from_db(-30 + 46 * shaker.tap), shaker.tap) * (0.3 + 0.7 * velocity),
         .filter = band_pass(2200 * drum.factor(tap_pitch, 2), 0.5),
         .name = "shaker tap"}};
    const double jingle = fading(gain_from_db(-40 + 54 * shaker.jingle), shaker.jingle);
    for (std::size_t k = 0; k < jingle_hz.size(); ++k) {
        const auto number = static_cast<std::uint32_t>(k);
        const double hz = jingle_hz[k] * drum.factor(jingle_pitch + number, 1.4);
        const Biquad ringing = band_pass(hz, 9 * drum.factor(jingle_ring, 2.5));
        noises.push_back({.settings = layer_settings(shaker.jingles),
                          .level = jingle / math::sqrt(jingle_hz.size()) *
                                   gain_from_db(-9.0 * number * (1 - velocity)),
                          .filter = ringing,
                          .name = jingle_names[k],
                          .strokes = strokes,
                          .grains_hz = std::min(grains_hz, 900.0),
                          .spread = 0.8});
    }
    return render_layers({}, 0, noises, context);
}

}  // namespace

const Instrument instrument = instrument_of<table>({
    .name = "shaker",
    .summary = "Shaker, maraca, cabasa and tambourine: grains, strokes, a shell, jingles",
    .description =
        "The beads are grains of noise in a band, few enough to be told apart or as many as hiss; "
        "strokes say how often it is shaken. The shell is the low noise of the body and the hand. "
        "The jingles are metal that grains of their own set ringing.",
    .implied = implied,
    .synthesize = synthesize,
    .also_called = "ma maraca maracas cabasa tamb tambourine",
});

}  // namespace drumgen::shaker
