// Two FM layers, room behind punch, and a click. The punch falls in pitch, its first milliseconds
// torn up by noise FM; the room stays on one pitch, later and softer. Both meet in one soft
// saturation. Behind it come the click, a moment of low-passed noise, and the air of the room.

#include <algorithm>
#include <array>
#include <cstdint>

#include "drumgen/instrument.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/oversample.h"
#include "instruments/individual.h"
#include "instruments/layer.h"
#include "instruments/noise_layer.h"
#include "param/table.h"

namespace drumgen {

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
static_assert(table.is_sound());

constexpr auto rows = table.rows();
constexpr auto layer_names = table.layer_names();

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

/// One FM layer, in physical values.
struct FmLayer {
    LayerSettings settings;
    double level = 1;
    PitchSweep sweep;
    double deviation_hz = 0;
    double deviation_tau_s = 0.1;

    [[nodiscard]] bool audible() const noexcept { return settings.gain * level > 0; }

    /// Time from which the layer stays inside half the output rate without oversampling, seconds
    /// from the trigger: it has begun, and its noise FM, weighted with its level, has become narrow.
    [[nodiscard]] double narrow_from_s() const noexcept {
        constexpr double narrow_hz = 40;  // the aliasing law is measured with it
        constexpr double onset_s = 0.003;
        const Envelope& envelope = settings.envelope;
        const double spread_hz = settings.gain * level * deviation_hz;
        const double calm_s =
            spread_hz > narrow_hz ? deviation_tau_s * math::log(spread_hz / narrow_hz) : 0;
        return envelope.delay_s + std::max(envelope.attack_s + onset_s, calm_s);
    }
};

struct Kick {
    FmLayer punch;
    FmLayer room;
    NoiseLayer air;  ///< of the room, under its envelope
    NoiseLayer click;
    double drive = 1;
};

/// Macros and velocity to physical values. A softer hit has less click, less pitch bend, less noise
/// and less drive; at velocity 1 the formulas stand as they are.
Kick physical(const KickParams& kick, double velocity, std::uint64_t seed) {
    const Individual drum = individual(kick, seed);
    const double click = kick.click_amount * velocity;
    const double bend =
        (150 + 100 * kick.click_amount - kick.tune_hz) * (0.1 + 0.9 * velocity) * kick.sweep;
    const double fall_s = seconds_from_ms(kick.sweep_ms);
    const double room_hz = kick.room_tone_freq_hz * drum.factor(room_pitch, 1.5);
    const double blend = kick.blend * gain_from_db(30 * (kick.blend - 1)) * (0.2 + 0.8 * velocity);
    // RMS of the noise beside the punch: from -71 to -18 dB.
    const double click_db = -71 + 53 * kick.click_amount + 8 * drum.offset(click_level);
    Kick all{
        .punch = {.settings = layer_settings(kick.punch),
                  .level = 1,
                  .sweep = {kick.tune_hz + bend, kick.tune_hz, fall_s},
                  .deviation_hz = full_deviation_hz * click * click * click,
                  .deviation_tau_s = 0.005 * math::pow(12, kick.click_snap)},
        .room = {.settings = layer_settings(kick.room),
                 .level = blend * (1 - 0.5 * kick.room_air),
                 .sweep = {room_hz, room_hz, fall_s},
                 .deviation_hz = full_deviation_hz * 0.1 * kick.room_air * velocity,
                 .deviation_tau_s = 0.1},
        .air = {},
        .click = {},
        .drive = (1 + 0.5 * kick.click_amount) * (0.4 + 0.6 * velocity) * drum.factor(push, 2),
    };
    all.air = {.settings = all.room.settings,
               .level = blend * kick.room_air * velocity,
               .filter = band_pass(1.5 * room_hz, 0.8)};
    all.click = {.settings = layer_settings(kick.click),
                 .level = gain_from_db(click_db) * click * velocity / (kick.click_amount + 0.05),
                 .filter = low_pass(1500 * drum.factor(click_pitch, 4), 0.7)};
    return all;
}

/// Time after which the sound stays 60 dB below its loudest 5 ms, with 12 dB to spare, as no 5 ms of
/// a kick at full level hold less than a quarter of it; the end is then cut where it is measured.
double silent_s(const Kick& kick) {
    const double fm = std::max(kick.punch.settings.gain * kick.punch.level,
                               kick.room.settings.gain * kick.room.level);
    const double loudest =
        std::max({math::tanh(kick.drive * fm), kick.air.loudness(), kick.click.loudness()});
    const double threshold = 0.001 / 8 * loudest;
    double until_s = 0;
    for (const FmLayer* layer : {&kick.punch, &kick.room}) {
        const double level = layer->settings.gain * layer->level * kick.drive;
        until_s = std::max(until_s, below_from_s(layer->settings, level, threshold));
    }
    for (const NoiseLayer* layer : {&kick.air, &kick.click}) {
        until_s = std::max(until_s, below_from_s(layer->settings, layer->loudness(), threshold));
    }
    return until_s;
}

Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const Kick kick = physical(table.bind(values), context.velocity, context.seed);
    const Kernels& kernels = *context.kernels;
    const auto frames =
        std::min(context.max_frames, math::ceil(silent_s(kick) * stream_rate_hz) + lane_count);

    const auto phase_noise = [&](const FmLayer& layer, std::string_view name) {
        const double deviation_hz = layer.audible() ? layer.deviation_hz : 0;
        return PhaseNoise(random_stream(context.seed, name), deviation_hz, layer.deviation_tau_s,
                          frames, kernels);
    };
    const PhaseNoise punch_noise = phase_noise(kick.punch, "kick punch");
    const PhaseNoise room_noise = phase_noise(kick.room, "kick room");

    const auto block = [&](double start_s, float* out, int count) {
        std::fill_n(out, count, 0.0F);
        const auto mix = [&](const FmLayer& layer, const PhaseNoise& noise) {
            const auto voice = [&](double since_s, const float* gain, float* sound, int n) {
                render_fm_sine(layer.sweep, noise, since_s, gain, sound, n, kernels);
            };
            mix_layer(layer.settings, layer.level, voice, start_s, out, count, kernels);
        };
        mix(kick.punch, punch_noise);
        mix(kick.room, room_noise);
        kernels.tanh_drive(out, out, static_cast<float>(kick.drive), count);
    };
    double wide_s = 0;
    for (const FmLayer* layer : {&kick.punch, &kick.room}) {
        wide_s = layer->audible() ? std::max(wide_s, layer->narrow_from_s()) : wide_s;
    }
    // Of a draft nothing is oversampled: what is bent here is too low to stand out by it.
    const bool is_draft = context.oversampling <= 2;
    const std::int64_t wide = is_draft ? 0 : math::ceil(wide_s * stream_rate_hz);
    Signal sound = sample(context, frames, wide, block);
    add_noise_layer(kick.air, random_stream(context.seed, "kick air"), sound, kernels);
    add_noise_layer(kick.click, random_stream(context.seed, "kick click"), sound, kernels);
    return sound;
}

std::optional<double> pitch_hz(std::span<const double> values) {
    return table.bind(values).tune_hz;
}

}  // namespace

extern const Instrument kick_instrument;
const Instrument kick_instrument{
    .name = "kick",
    .summary = "Bass drum: two FM layers, room behind punch, and a click",
    .description =
        "The punch is a sine that falls from its start pitch to the pitch it settles to, with "
        "noise "
        "FM in its first milliseconds. The room is a second, steadier sine, later and softer, with "
        "noise about its pitch. Both meet in one soft saturation; the click is a moment of "
        "low-passed noise on top.",
    .parameters = rows,
    .layers = layer_names,
    .implied = implied,
    .synthesize = synthesize,
    .pitch_hz = pitch_hz,
    .pitch_row = table.row_of(&KickParams::tune_hz),
    .value_for_pitch = [](double pitch_hz) { return pitch_hz; },
};

}  // namespace drumgen
