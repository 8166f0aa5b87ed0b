// Two FM layers, room behind punch. The punch falls in pitch, its first milliseconds torn up by
// noise FM; the room stays on one pitch, later and softer. Both meet in one soft saturation.

#include <algorithm>
#include <array>
#include <cstdint>

#include "drumgen/instrument.h"
#include "dsp/noise.h"
#include "dsp/oscillator.h"
#include "dsp/oversample.h"
#include "instruments/layer.h"
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
    LayerParams punch;
    LayerParams room;
};

constexpr Table<KickParams, 10, 2> table{
    // clang-format off
    //  field                             id                 unit        curve          allowed    default  propose      help
    {{{&KickParams::punch_decay,        {"punch_decay",    Unit::none, Curve::linear, {0, 1},    0.3,     {0.15, 0.7}, "Length of the punch: time constant 0.1 + 0.4 x seconds"}},
      {&KickParams::click_amount,       {"click_amount",   Unit::none, Curve::linear, {0, 1},    0.5,     {0, 1},      "Attack: start pitch 150 + 100 x Hz, noise FM and drive"}},
      {&KickParams::click_snap,         {"click_snap",     Unit::none, Curve::linear, {0, 1},    0.01,    {0, 1},      "How long the click lasts: time constant 5 + 20 x ms"}},
      {&KickParams::tune_hz,            {"tune",           Unit::hz,   Curve::log,    {30, 80},  45,      {42, 56},    "Pitch the punch settles to"}},
      {&KickParams::room_tone_freq_hz,  {"room_tone_freq", Unit::hz,   Curve::log,    {50, 300}, 150,     {100, 220},  "Pitch of the room layer"}},
      {&KickParams::room_air,           {"room_air",       Unit::none, Curve::linear, {0, 1},    0.3,     {0, 1},      "Noise in the room layer"}},
      {&KickParams::distance_ms,        {"distance_ms",    Unit::ms,   Curve::linear, {0, 50},   10,      {0, 40},     "Time by which the room layer comes after the punch"}},
      {&KickParams::blend,              {"blend",          Unit::none, Curve::linear, {0, 1},    0.3,     {0.1, 0.4},  "Level of the room layer"}},
      {&KickParams::sweep,              {"sweep",          Unit::none, Curve::linear, {0, 2},    1,       {0.8, 1.1},  "How much of the fall from the start pitch is heard; 0 holds the pitch"}},
      {&KickParams::sweep_ms,           {"sweep_ms",       Unit::ms,   Curve::log,    {10, 300}, 80,      {60, 82},    "Time constant of the fall in pitch"}}}},
    {{{&KickParams::punch, "punch"},
      {&KickParams::room,  "room"}}},
    // clang-format on
};
static_assert(table.is_sound());

constexpr auto rows = table.rows();
constexpr auto layer_names = table.layer_names();

constexpr double full_deviation_hz = 5000;

std::vector<std::optional<double>> implied(std::span<const double> macros) {
    KickParams kick = table.bind(macros);
    KickParams layers;
    const double punch_ms = ms_from_seconds(t60_from_tau(0.1 + 0.4 * kick.punch_decay));
    const double room_ms = ms_from_seconds(t60_from_tau(0.2));
    layers.punch.decay_ms = punch_ms;
    layers.punch.release_ms = punch_ms;
    layers.room.decay_ms = room_ms;
    layers.room.release_ms = room_ms;
    layers.room.delay_ms = kick.distance_ms;
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
    double drive = 1;
};

/// Macros and velocity to physical values. A softer hit has less click, less pitch bend, less noise
/// and less drive; at velocity 1 the formulas stand as they are.
Kick physical(const KickParams& kick, double velocity) {
    const double click = kick.click_amount * velocity;
    const double bend =
        (150 + 100 * kick.click_amount - kick.tune_hz) * (0.5 + 0.5 * velocity) * kick.sweep;
    const double fall_s = seconds_from_ms(kick.sweep_ms);
    return {
        .punch = {.settings = layer_settings(kick.punch),
                  .level = 1,
                  .sweep = {kick.tune_hz + bend, kick.tune_hz, fall_s},
                  .deviation_hz = full_deviation_hz * click,
                  .deviation_tau_s = 0.005 + 0.02 * kick.click_snap},
        .room = {.settings = layer_settings(kick.room),
                 .level = kick.blend,
                 .sweep = {kick.room_tone_freq_hz, kick.room_tone_freq_hz, fall_s},
                 .deviation_hz = full_deviation_hz * 0.2 * kick.room_air * velocity,
                 .deviation_tau_s = 0.1},
        .drive = (1 + 0.5 * kick.click_amount) * (0.4 + 0.6 * velocity),
    };
}

/// Time after which the sound stays 60 dB below its loudest 5 ms, with 12 dB to spare, as no 5 ms of
/// a kick at full level hold less than a quarter of it; the end is then cut where it is measured.
double silent_s(const Kick& kick) {
    const double loudest = std::max(kick.punch.settings.gain * kick.punch.level,
                                    kick.room.settings.gain * kick.room.level);
    const double threshold = 0.001 / 4 * math::tanh(kick.drive * loudest) / kick.drive;
    double until_s = 0;
    for (const FmLayer* layer : {&kick.punch, &kick.room}) {
        const double gain = layer->settings.gain * layer->level;
        if (gain > threshold / 2) {
            until_s =
                std::max(until_s, layer->settings.envelope.time_below_s(threshold / 2 / gain));
        }
    }
    return until_s;
}

Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const Kick kick = physical(table.bind(values), context.velocity);
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
    return sample(context, frames, math::ceil(wide_s * stream_rate_hz), block);
}

std::optional<double> pitch_hz(std::span<const double> values) {
    return table.bind(values).tune_hz;
}

}  // namespace

extern const Instrument kick_instrument;
const Instrument kick_instrument{
    .name = "kick",
    .summary = "Bass drum: two FM layers, room behind punch",
    .description =
        "The punch is a sine that falls from its start pitch to the pitch it settles to, with "
        "noise "
        "FM in its first milliseconds. The room is a second, steadier sine with a little noise, "
        "later and softer. Both meet in one soft saturation.",
    .parameters = rows,
    .layers = layer_names,
    .implied = implied,
    .synthesize = synthesize,
    .pitch_hz = pitch_hz,
    .pitch_row = table.row_of(&KickParams::tune_hz),
    .value_for_pitch = [](double pitch_hz) { return pitch_hz; },
};

}  // namespace drumgen
