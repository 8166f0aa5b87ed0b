// A large plate: noise in a low and a high band, of which the high one builds up and dies at its own
// pace, partials of no series between them, the bell of its middle, the stick, and a low body.

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

namespace drumgen::cymbal {

namespace {

struct CymbalParams {
    double ring = 0;
    double shine = 0;
    double build_ms = 0;
    double tone_hz = 0;
    double metal = 0;
    double bell = 0;
    double bell_tone_hz = 0;
    double stick = 0;
    double body = 0;
    double choke_ms = 0;
    double variety = 0;
    double top = 0;
    LayerParams wash;
    LayerParams spray;
    LayerParams partials;
    LayerParams dome;
    LayerParams tip;
    LayerParams low;
};

constexpr double never_choked_ms = 8000;

constexpr Table<CymbalParams, 12, 6> table{
    // clang-format off
    //  field                         id            unit        curve          allowed                 default          propose       help
    {{{&CymbalParams::ring,         {"ring",       Unit::none, Curve::linear, {0, 1},                 0.75,            {0.05, 0.95}, "How long it rings: 210 ms to fall 60 dB at 0, 8 s at 1"}},
      {&CymbalParams::shine,        {"shine",      Unit::none, Curve::linear, {0, 1},                 0.35,            {0, 0.85},    "How long the treble rings beside the rest: from a fourth to two and a half times"}},
      {&CymbalParams::build_ms,     {"build_ms",   Unit::ms,   Curve::log,    {0.5, 150},             5,               {0.8, 50},    "Time in which the treble builds up after the hit"}},
      {&CymbalParams::tone_hz,      {"tone",       Unit::hz,   Curve::log,    {800, 12000},           4500,            {1300, 8500}, "Middle of the spectrum: china and large rides low, splashes high"}},
      {&CymbalParams::metal,        {"metal",      Unit::none, Curve::linear, {0, 1},                 0.4,             {0, 0.9},     "Partials in place of noise: a wash at 0, a gong at 1"}},
      {&CymbalParams::bell,         {"bell",       Unit::none, Curve::linear, {0, 1},                 0.3,             {0, 0.85},    "Level of the bell in its middle, from -32 to +6 dB"}},
      {&CymbalParams::bell_tone_hz, {"bell_tone",  Unit::hz,   Curve::log,    {150, 4000},            700,             {300, 2500},  "Pitch of the bell's lowest partial"}},
      {&CymbalParams::stick,        {"stick",      Unit::none, Curve::linear, {0, 1},                 0.4,             {0, 1},       "Noise of the stick, from -26 to +8 dB"}},
      {&CymbalParams::body,         {"body",       Unit::none, Curve::linear, {0, 1},                 0.3,             {0, 1},       "Low noise of the plate, from -44 to +2 dB"}},
      {&CymbalParams::choke_ms,     {"choke_ms",   Unit::ms,   Curve::log,    {20, never_choked_ms},  never_choked_ms, {700, never_choked_ms}, "When a hand stops it"}},
      {&CymbalParams::variety,      {"variety",    Unit::none, Curve::linear, {0, 1},                 0.4,             {0.7, 1},     "How far the seed makes each cymbal one of its own: its partials, its bands and its stick"}},
      {&CymbalParams::top,          {"top",        Unit::none, Curve::linear, {0, 1},                 0.5,             {0.3, 0.7},   "Upper edge of the noise beside the tone: from 0.7 to 5.7 times as high"}}}},
    {{{&CymbalParams::wash,         "wash"},
      {&CymbalParams::spray,        "spray"},
      {&CymbalParams::partials,     "partials"},
      {&CymbalParams::dome,         "dome"},
      {&CymbalParams::tip,          "tip"},
      {&CymbalParams::low,          "low"}}},
    // clang-format on
};

constexpr int partial_count = 24;
constexpr double lowest_partial_hz = 320;
constexpr double highest_partial_hz = 13000;

/// Of the bell's partials to its lowest. By ear, of no series.
constexpr std::array<double, 6> bell_ratios{1, 1.52, 2.1, 2.7, 3.4, 4.3};

/// Middles of the low and the high band beside the tone.
constexpr double wash_place = 0.5;
constexpr double wash_top = 0.8;  ///< upper edge of the low band beside the tone
constexpr double spray_place = 1.7;

/// What the seed makes of one cymbal.
enum Trait : std::uint32_t {
    wash_width,
    spray_width,
    low_cut,
    top_edge,
    dome_length,
    tip_length,
    tip_edge,
    body_pitch,
    body_length,
    bell_pitch,
    partial_pitch = bell_pitch + 8,
    partial_level = partial_pitch + partial_count,
};

Individual individual(const CymbalParams& cymbal, std::uint64_t seed) {
    return {seed, "cymbal variety", cymbal.variety};
}

/// Time constants of the layers, s.
struct Lengths {
    double wash;
    double spray;
    double dome;
    double tip;
    double low;
};

/// How long the treble rings beside the rest.
double shine_of(const CymbalParams& cymbal) {
    return 0.25 * math::pow(10, cymbal.shine);
}

Lengths lengths_of(const CymbalParams& cymbal, const Individual& drum) {
    const double wash = 0.03 * math::pow(38.6, cymbal.ring);
    return {.wash = wash,
            .spray = wash * shine_of(cymbal),
            .dome = wash * 0.6 * drum.factor(dome_length, 2.6),
            .tip = 0.008 * drum.factor(tip_length, 4),
            .low = wash * 0.4 * drum.factor(body_length, 2)};
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const CymbalParams cymbal = table.bind(macros);
    const Lengths lengths = lengths_of(cymbal, individual(cymbal, seed));
    CymbalParams layers;
    set_envelope(layers.wash, lengths.wash, 0.5 + 0.6 * cymbal.build_ms);
    set_envelope(layers.spray, lengths.spray, cymbal.build_ms);
    set_envelope(layers.partials, lengths.wash, 0.5 + 0.8 * cymbal.build_ms);
    set_envelope(layers.dome, lengths.dome, 0.5);
    set_envelope(layers.tip, lengths.tip, 0.5);
    set_envelope(layers.low, lengths.low, 0.5);
    return table.layer_values(layers);
}

/// How much longer than the low band something of that pitch rings: as the high band does at its
/// middle, in between by the logarithm.
double ringing_at(double hz, const CymbalParams& cymbal) {
    const double place =
        math::log(hz / (wash_place * cymbal.tone_hz)) / math::log(spray_place / wash_place);
    return math::pow(shine_of(cymbal), std::clamp(place, -0.5, 1.5));
}

LayerSettings shortened(const LayerSettings& layer, double factor) {
    Envelope envelope = layer.envelope;
    envelope.decay_s *= factor;
    envelope.release_s *= factor;
    return with_envelope(layer, envelope);
}

/// Partials evenly in pitch but for what the seed makes of each, as loud as the bands there.
///   level   RMS of all at the start
void add_partials(const CymbalParams& cymbal, const Individual& drum, double tone_hz, double level,
                  std::vector<ToneLayer>& tones) {
    constexpr double q = 0.55;
    const LayerSettings settings = layer_settings(cymbal.partials);
    const double apart =
        math::pow(highest_partial_hz / lowest_partial_hz, 1.0 / (partial_count - 1));
    const std::size_t first = tones.size();
    double power = 0;
    for (std::uint32_t k = 0; k < partial_count; ++k) {
        // Unevenly even where the seed has no say, or they would sound as one chord.
        const double moved = 0.3 * ((k * 7) % 5 - 2) / 2.0 + 0.6 * drum.offset(partial_pitch + k);
        const double hz =
            std::clamp(lowest_partial_hz * math::pow(apart, k + moved), 250.0, 15000.0);
        const double gain =
            gain_from_db(8 * drum.offset(partial_level + k)) / band_loss(hz, tone_hz, q);
        power += gain * gain / 2;
        tones.push_back({.settings = shortened(settings, ringing_at(hz, cymbal)),
                         .level = gain,
                         .sweep = PitchSweep::steady(hz),
                         .name = "cymbal partial"});
    }
    for (std::size_t k = first; k < tones.size(); ++k) {
        tones[k].level *= level / math::sqrt(power);
    }
}

/// Fades a sound away from the time on when a hand stops it.
void choke(Signal& sound, double choke_s, const Kernels& kernels) {
    constexpr double tau_s = 0.012;  // by ear
    constexpr double over_s = 16 * tau_s;
    const auto begin =
        static_cast<std::size_t>(round_up_to_lanes(math::floor(choke_s * stream_rate_hz)));
    const auto end =
        begin + static_cast<std::size_t>(round_up_to_lanes(math::ceil(over_s * stream_rate_hz)));
    if (begin >= sound.size()) {
        return;
    }
    sound.resize(std::min(sound.size(), end));
    alignas(64) float gain[block_frames];
    for (std::size_t at = begin; at < sound.size(); at += block_frames) {
        const int count = static_cast<int>(std::min<std::size_t>(block_frames, sound.size() - at));
        constexpr double step = 1 / (tau_s * stream_rate_hz);
        kernels.decay(gain, count, static_cast<float>(static_cast<double>(at - begin) * step),
                      static_cast<float>(step), 1.0F, 0.0F);
        kernels.multiply(sound.data() + at, sound.data() + at, gain, count);
    }
}

/// Macros and velocity to physical values. A softer hit excites the treble less, and later; it has
/// less stick and less bell.
Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const CymbalParams cymbal = table.bind(values);
    const Individual drum = individual(cymbal, context.seed);
    const Lengths lengths = lengths_of(cymbal, drum);
    const double velocity = context.velocity;
    const double tone_hz = cymbal.tone_hz * (0.5 + 0.5 * velocity);
    const double noise = math::sqrt(1 - cymbal.metal);
    const double treble = (0.3 + 0.7 * velocity) * math::sqrt(lengths.wash / lengths.spray);
    // Both bands have an RMS of 1 each; the partials have what both have.
    std::vector<ToneLayer> tones;
    add_partials(cymbal, drum, tone_hz, math::sqrt(2 * cymbal.metal), tones);
    const double bell = fading(gain_from_db(-32 + 38 * cymbal.bell), cymbal.bell) *
                        math::sqrt(2 * lengths.wash / lengths.dome) * (0.5 + 0.5 * velocity);
    for (std::size_t k = 0; k < bell_ratios.size(); ++k) {
        const auto trait = bell_pitch + static_cast<std::uint32_t>(k);
        const double hz = cymbal.bell_tone_hz * bell_ratios[k] * drum.factor(trait, 1.06);
        tones.push_back({.settings = shortened(layer_settings(cymbal.dome), 1 / bell_ratios[k]),
                         .level = bell / bell_ratios[k],
                         .sweep = PitchSweep::steady(std::min(hz, 18000.0)),
                         .name = "cymbal bell"});
    }
    const auto beside_wash = [&](double db, double share, double tau_s) {
        return fading(gain_from_db(db), share) * math::sqrt(2 * lengths.wash / tau_s);
    };
    const Biquad cut = high_pass(0.17 * cymbal.tone_hz * drum.factor(low_cut, 3), 0.7);
    const double top_hz = std::min(
        2 * math::pow(8, cymbal.top - 0.5) * tone_hz * drum.factor(top_edge, 1.6), 20000.0);
    const Biquad body = band_pass(240 * drum.factor(body_pitch, 3.2), 0.7);
    const std::array noises{
        NoiseLayer{.settings = layer_settings(cymbal.wash),
                   .level = noise,
                   .filter = low_pass(wash_top * tone_hz, 0.6 * drum.factor(wash_width, 1.5)),
                   .name = "cymbal wash",
                   .cut = cut,
                   .spread = 0.8},
        NoiseLayer{.settings = layer_settings(cymbal.spray),
                   .level = noise * treble,
                   .filter = band_pass(std::min(spray_place * tone_hz, 16000.0),
                                       0.5 * drum.factor(spray_width, 1.8)),
                   .name = "cymbal spray",
                   .cut = low_pass(top_hz, 0.7),
                   .spread = 0.9},
        NoiseLayer{.settings = layer_settings(cymbal.tip),
                   .level = beside_wash(-26 + 34 * cymbal.stick, cymbal.stick, lengths.tip) *
                            (0.3 + 0.7 * velocity),
                   .filter = high_pass(1800 * drum.factor(tip_edge, 2), 0.6),
                   .name = "cymbal tip",
                   .cut = low_pass(top_hz, 0.6)},
        NoiseLayer{.settings = layer_settings(cymbal.low),
                   .level = beside_wash(-44 + 46 * cymbal.body, cymbal.body, lengths.low) *
                            (0.6 + 0.4 * velocity),
                   .filter = body,
                   .name = "cymbal low"}};
    Signal sound = render_layers(tones, 0, noises, context);
    if (cymbal.choke_ms < never_choked_ms) {
        choke(sound, seconds_from_ms(cymbal.choke_ms), *context.kernels);
        if (context.side != nullptr) {
            choke(*context.side, seconds_from_ms(cymbal.choke_ms), *context.kernels);
        }
    }
    return sound;
}

}  // namespace

const Instrument instrument = instrument_of<table>({
    .name = "cymbal",
    .summary = "Crash, ride, splash and china: noise in two bands, partials, a bell, a stick",
    .description =
        "The wash is the low band of a plate's noise and the spray the high one, which builds up "
        "after the hit and dies at its own pace; partials of no series take their place as far as "
        "told. The dome is the bell in its middle, the tip the stick, the low a thud of the whole "
        "plate. A choke is a hand that stops it.",
    .implied = implied,
    .synthesize = synthesize,
    .also_called = "cymbals cym cy crash cr ride rd rc splash china",
});

}  // namespace drumgen::cymbal
