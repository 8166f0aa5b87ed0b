// An exciter strikes a shell, and wires rattle below it. The exciter is a triangle and a burst of
// noise with a boost of its treble; its first milliseconds, the contact of the stick, ring a feedback
// delay network tuned to the fundamental; the wires are filtered noise, and so is the skin.
//
// The one stage that could alias, the exciter's clip, is oversampled: only what the clip takes away
// is, and only while it takes anything.

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "drumgen/instrument.h"
#include "dsp/biquad.h"
#include "instruments/frame.h"
#include "instruments/individual.h"
#include "instruments/noise_layer.h"
#include "instruments/snare_exciter.h"
#include "instruments/snare_shell.h"
#include "param/table.h"

namespace drumgen::snare {

namespace {

struct SnareParams {
    double tone = 0;
    double wire = 0;
    double crack = 0;
    double body = 0;
    double bend = 0;
    double membrane = 0;
    double wire_follow = 0;
    double wire_tone = 0;
    double damp = 0;
    double softness = 0;
    double variety = 0;
    LayerParams exciter;
    LayerParams shell;
    LayerParams wires;
    LayerParams skin;
};

constexpr Table<SnareParams, 11, 4> table{
    // clang-format off
    //  field                         id              unit             curve          allowed  default  propose       help
    {{{&SnareParams::tone,        {"tone",        Unit::none,      Curve::linear, {-0.4, 1.2}, 0.5, {-0.33, 0.65}, "Fundamental of the shell: 150 + 150 x Hz"}},
      {&SnareParams::wire,        {"wire",        Unit::none,      Curve::linear, {0, 1},  0.5,     {0, 1},       "Level of the wires, from -44 to -8 dB, and their length: time constant 0.2 + 0.3 x seconds"}},
      {&SnareParams::crack,       {"crack",       Unit::none,      Curve::linear, {0, 1},  0.5,     {0, 0.95},    "Level, noise and treble of the stroke, boosted at 2 to 5 kHz"}},
      {&SnareParams::body,        {"body",        Unit::none,      Curve::linear, {0, 1},  0.5,     {0, 1},       "Ring of the shell, 0.2 + 0.65 x seconds to fall 60 dB, its level and the low noise of the skin"}},
      {&SnareParams::bend,        {"bend",        Unit::semitones, Curve::linear, {0, 12}, 0,       {0, 5},       "By how much the shell starts above its pitch"}},
      {&SnareParams::membrane,    {"membrane",    Unit::none,      Curve::linear, {0, 1},  0,       {0, 0.5},     "Modes of the shell: from harmonics at 0 to those of a membrane at 1"}},
      {&SnareParams::wire_follow, {"wire_follow", Unit::none,      Curve::linear, {0, 1},  0,       {0, 0.5},     "How far the wires follow the motion of the shell"}},
      {&SnareParams::wire_tone,   {"wire_tone",   Unit::none,      Curve::linear, {0, 1},  0.5,     {0.15, 1},    "Treble of the wires: band from 0.8 .. 0.9 to 2.4 .. 14 kHz"}},
      {&SnareParams::damp,        {"damp",        Unit::none,      Curve::linear, {0, 1},  0,       {0.1, 0.95},  "Shortens all layers: at 1 the wires last a twentieth, the shell a fifth"}},
      {&SnareParams::softness,    {"softness",    Unit::none,      Curve::linear, {0, 1},  0,       {0, 0.75},    "How gently it begins: attack of 16 x^2 ms"}},
      {&SnareParams::variety,     {"variety",     Unit::none,      Curve::linear, {0, 1},  0,       {0.5, 1},     "How far the seed makes each snare one of its own: its wires, its skin and its stroke"}}}},
    {{{&SnareParams::exciter, "exciter"},
      {&SnareParams::shell,   "shell"},
      {&SnareParams::wires,   "wires"},
      {&SnareParams::skin,    "skin"}}},
    // clang-format on
};
/// Pitch of the shell at `tone`, and back.
double pitch_of(double tone) {
    return 150 + 150 * tone;
}

double tone_of(double pitch_hz) {
    return (pitch_hz - 150) / 150;
}

/// What the seed makes of one snare.
enum Trait : std::uint32_t {
    wires_edge,
    wires_top,
    wires_length,
    skin_pitch,
    skin_level,
    skin_length,
    stroke,
    wires_attack,
    dullness
};

Individual individual(const SnareParams& snare, std::uint64_t seed) {
    return {seed, "snare variety", snare.variety};
}

std::vector<std::optional<double>> implied(std::span<const double> macros, std::uint64_t seed) {
    const SnareParams snare = table.bind(macros);
    const Individual drum = individual(snare, seed);
    SnareParams layers;
    const double kept = math::pow(20, -snare.damp);
    const double ring_ms = 200 + 650 * snare.body;
    const double ring_kept = math::sqrt(kept);
    set_decay(layers.exciter, ms_from_seconds(t60_from_tau(SnareExciter::triangle_tau_s)) * kept);
    set_decay(layers.shell, ring_ms * ring_kept);
    set_decay(layers.wires, ms_from_seconds(t60_from_tau(0.2 + 0.3 * snare.wire)) *
                                drum.factor(wires_length, 2) * kept);
    set_decay(layers.skin, 0.8 * ring_ms * ring_kept * drum.factor(skin_length, 2));
    const double attack_ms = 16 * snare.softness * snare.softness;
    for (LayerParams* layer : {&layers.exciter, &layers.shell, &layers.wires, &layers.skin}) {
        layer->attack_ms = attack_ms;
    }
    layers.exciter.attack_ms = 0.25 * attack_ms;
    layers.wires.attack_ms = attack_ms + 16 * (snare.variety + drum.offset(wires_attack));
    return table.layer_values(layers);
}

struct Snare {
    LayerSettings exciter_layer;
    LayerSettings shell_layer;
    LayerSettings wires_layer;
    ExciterSettings exciter;
    ShellSettings shell;
    double exciter_level = 1;
    double shell_level = 1;
    double wires_level = 0.5;  ///< RMS
    Biquad wires_filter{};
    double wire_follow = 0;
    NoiseLayer skin;
};

/// One pole on each side of a band.
Biquad wide_band(double low_hz, double high_hz) {
    const double centre_hz = math::sqrt(low_hz * high_hz);
    return band_pass(centre_hz, centre_hz / (low_hz + high_hz));
}

/// Macros and velocity to physical values. A softer hit has less noise and crack, a duller contact
/// and ring, duller and fewer wires, and less bend; at velocity 1 the formulas stand as they are.
Snare physical(const SnareParams& params, double velocity, std::uint64_t seed) {
    const Individual drum = individual(params, seed);
    Snare snare;
    snare.exciter_layer = layer_settings(params.exciter);
    snare.shell_layer = layer_settings(params.shell);
    snare.wires_layer = layer_settings(params.wires);
    const double fundamental_hz = pitch_of(params.tone);
    const double stroke_db = -22 + 22 * params.crack;
    snare.exciter = {
        .triangle_hz = fundamental_hz,
        .noise_level = 0.4 * unit_variance * gain_from_db(stroke_db) * velocity * velocity,
        .boost = 3.5 * params.crack * params.crack * velocity,
        .boost_hz = 2000 * math::pow(2.5, params.crack)};

    // A pass costs the fundamental half (f / damping)^2 nepers, which the envelope gives back. Not
    // more than half of the decay may be lent that way, so that nothing below the fundamental,
    // which lost less, outlives it.
    const Envelope& envelope = snare.shell_layer.envelope;
    const double longest_s = std::max(envelope.decay_s, envelope.release_s);
    const double least_hz = fundamental_hz * math::sqrt(fundamental_hz * tau_from_t60(longest_s));
    // The lines of the highest mode of the highest drum still hold a filter as long as this one's.
    constexpr double narrowest_hz = 1100;
    const double dull = (params.variety + drum.offset(dullness)) / 2;
    const double damping_hz = (2000 + 2000 * velocity) * math::pow(3, -dull);
    snare.shell = {.fundamental_hz = fundamental_hz,
                   .damping_hz = std::max({damping_hz, least_hz, narrowest_hz}),
                   .membrane = params.membrane,
                   .bend = math::exp(params.bend * velocity / 12 * math::ln_2)};
    snare.exciter_level = gain_from_db(-18 + 24 * params.crack + 6 * drum.offset(stroke));
    snare.shell_level = gain_from_db(-2 + 10 * params.body);
    snare.wires_level =
        fading(gain_from_db(-44 + 36 * params.wire), params.wire, 0.05) * (0.5 + 0.5 * velocity);
    const double top_hz = 900 * math::pow(16, params.wire_tone) * drum.factor(wires_top, 1.4) *
                          (0.6 + 0.4 * velocity);
    snare.wires_filter =
        wide_band(800 * math::pow(3, params.wire_tone) * drum.factor(wires_edge, 2.5),
                  std::min(top_hz, 18000.0));
    snare.wire_follow = params.wire_follow;
    snare.skin = {.settings = layer_settings(params.skin),
                  .level = gain_from_db(-42 + 34 * params.body + 10 * drum.offset(skin_level)) *
                           (0.6 + 0.4 * velocity),
                  .filter = band_pass(
                      std::min(2 * fundamental_hz * drum.factor(skin_pitch, 1.9), 2000.0), 1.2),
                  .name = "snare skin",
                  .ring_s = short_ring_s,
                  .spread = 0.4};
    return snare;
}

/// The wires' noise under their envelope.
class SnareWires {
public:
    static constexpr int most_frames = 1024;

    SnareWires(const Biquad& band, const Envelope& envelope, RandomStream stream,
               const Kernels& kernels)
        : band_pass_(band), envelope_(envelope), stream_(stream), kernels_(&kernels) {
        envelope_.delay_s = 0;
    }

    /// The next frames, the first at the envelope's trigger.
    ///   frames   a multiple of lane_count, at most most_frames
    void next(float* out, int frames) {
        kernels_->noise(noise_ + reach, stream_, static_cast<std::uint32_t>(at_), frames);
        band_pass_.filter(band_, noise_ + reach, state_, frames, *kernels_);
        alignas(64) float gain[block_frames];
        for (int done = 0; done < frames; done += block_frames) {
            const int count = std::min(block_frames, frames - done);
            render_envelope(envelope_, static_cast<double>(at_ + done) / stream_rate_hz, gain,
                            count, *kernels_);
            kernels_->multiply(out + done, band_ + done, gain, count);
        }
        std::copy_n(noise_ + frames, reach, noise_);
        at_ += frames;
    }

private:
    static constexpr int reach = BlockBiquad::reach;

    BlockBiquad band_pass_;
    Envelope envelope_;
    RandomStream stream_;
    const Kernels* kernels_;
    std::int64_t at_ = 0;
    alignas(64) float noise_[reach + most_frames] = {};
    BlockBiquad::State state_{};
    alignas(64) float band_[most_frames] = {};
};

/// The latest motion of the shell, by frame of the mix.
class Motion {
public:
    explicit Motion(const Kernels& kernels) : kernels_(&kernels) {}

    void write(const float* sound, std::int64_t place, int count) noexcept {
        begin_ = std::min(begin_, place);
        end_ = place + count;
        while (count > 0) {
            const auto at = static_cast<std::size_t>(place) % size;
            const int part = std::min(count, static_cast<int>(size - at));
            std::copy_n(sound, part, recent_.begin() + static_cast<std::ptrdiff_t>(at));
            sound += part;
            place += part;
            count -= part;
        }
    }

    /// Lets wires sound as the shell moves. The head throws them off and meets them again: they
    /// sound while it moves one way, beyond a threshold. Threshold and gain by ear.
    void drive(float* wires, std::int64_t place, int count, float follow) const noexcept {
        constexpr float threshold = 0.002F;
        constexpr float rattle = 6;
        alignas(64) float moved[block_frames];
        for (int done = 0; done < count; done += block_frames) {
            const int frames = std::min(block_frames, count - done);
            read(moved, place + done, frames);
            kernels_->gate_by(wires + done, moved, threshold, 1 - follow, follow * rattle, frames);
        }
    }

private:
    static constexpr std::size_t size = 4096;  // more than two stretches

    /// Where the shell has not begun to move or has come to rest, it stands still.
    void read(float* out, std::int64_t place, int count) const noexcept {
        std::fill_n(out, count, 0.0F);
        const std::int64_t end = std::min(end_, place + count);
        for (std::int64_t at = std::max(begin_, place); at < end;) {
            const auto from = static_cast<std::size_t>(at) % size;
            const auto part = std::min(end - at, static_cast<std::int64_t>(size - from));
            std::copy_n(recent_.begin() + static_cast<std::ptrdiff_t>(from), part,
                        out + (at - place));
            at += part;
        }
    }

    const Kernels* kernels_;
    std::int64_t begin_ = std::numeric_limits<std::int64_t>::max();
    std::int64_t end_ = 0;
    std::array<float, size> recent_{};
};

Signal synthesize(std::span<const double> values, const RenderContext& context) {
    const Snare snare = physical(table.bind(values), context.velocity, context.seed);
    const Kernels& kernels = *context.kernels;
    const double free = 1 - snare.wire_follow;
    const double exciter_gain = snare.exciter_layer.gain * snare.exciter_level;
    const double shell_gain = snare.shell_layer.gain * snare.shell_level;
    // Uniform noise has an RMS of 1 / unit_variance before the filter.
    const double wires_gain = snare.wires_layer.gain *
                              (snare.wires_level * unit_variance / noise_gain(snare.wires_filter));
    const double wires_rms = 1 / unit_variance * noise_gain(snare.wires_filter);
    const std::int64_t frames = round_up_to_lanes(
        frames_of({{&snare.exciter_layer, exciter_gain * 0.3, exciter_gain * 0.6},
                   {&snare.shell_layer, shell_gain * 0.1, shell_gain * 0.5},
                   {&snare.wires_layer, wires_gain * (wires_rms * free),
                    wires_gain * (wires_rms * (1 + snare.wire_follow))},
                   {&snare.skin.settings, snare.skin.loudness() * 0.5, snare.skin.loudness()}},
                  context));
    // Behind it room for a layer's end, rounded up to lanes.
    Signal mix(static_cast<std::size_t>(frames + lane_count));
    std::fill(mix.begin(), mix.end(), 0.0F);

    const RandomStream exciter_stream = random_stream(context.seed, "snare exciter");
    if (exciter_gain > 0) {
        Playing(SnareExciter(snare.exciter, snare.exciter_layer.envelope, exciter_stream, context),
                snare.exciter_layer, exciter_gain, frames, -SnareExciter::ahead)
            .finish(mix, kernels);
    }
    const bool rattling = wires_gain > 0;
    const bool followed = rattling && snare.wire_follow > 0;
    std::optional<Playing<SnareShell>> rung;
    if (shell_gain > 0 || followed) {
        rung.emplace(
            SnareShell(snare.shell, snare.shell_layer.envelope,
                       shell_contact(snare.exciter, snare.shell, exciter_stream, context), kernels),
            snare.shell_layer, shell_gain, frames);
    }
    if (rattling) {
        Playing playing(SnareWires(snare.wires_filter, snare.wires_layer.envelope,
                                   random_stream(context.seed, "snare wires"), kernels),
                        snare.wires_layer, wires_gain, frames);
        Motion motion(kernels);
        std::optional<Playing<SnareWires>> between;
        if (context.side != nullptr) {
            constexpr double spread = 0.7;
            lengthen_side(context, frames + lane_count, mix.size());
            between.emplace(SnareWires(snare.wires_filter, snare.wires_layer.envelope,
                                       side_stream(context.seed, "snare wires"), kernels),
                            snare.wires_layer, spread * wires_gain, frames);
        }
        const auto rattle = [&](float* sound, std::int64_t place, int count) {
            motion.drive(sound, place, count, static_cast<float>(snare.wire_follow));
        };
        while (!playing.over()) {
            playing.step(mix, kernels, [&](float* sound, std::int64_t place, int count) {
                if (!followed) {
                    return;
                }
                while (!rung->over() && rung->place() < place + count) {
                    rung->step(mix, kernels,
                               [&](const float* moved, std::int64_t at, int moved_count) {
                                   motion.write(moved, at, moved_count);
                               });
                }
                rattle(sound, place, count);
            });
            if (between) {
                between->step(*context.side, kernels,
                              [&](float* sound, std::int64_t place, int count) {
                                  if (followed) {
                                      rattle(sound, place, count);
                                  }
                              });
            }
        }
    }
    if (rung) {
        rung->finish(mix, kernels);
    }
    mix.resize(static_cast<std::size_t>(frames));
    if (context.side != nullptr) {
        context.side->resize(std::min(context.side->size(), mix.size()));
    }
    // Nothing of a drum rings below its fundamental; what is there comes of short decays.
    filter_in_place(mix, high_pass(0.7 * snare.shell.fundamental_hz, 0.7), kernels);
    add_noise_layer(snare.skin, mix, context);
    return mix;
}

std::optional<double> pitch_hz(std::span<const double> values) {
    return pitch_of(table.bind(values).tone);
}

}  // namespace

const Instrument instrument = instrument_of<table>({
    .name = "snare",
    .summary = "Snare drum: exciter, tuned shell, wires, skin",
    .description =
        "The exciter is a triangle and a burst of noise with a boost at 2 to 5 kHz, clipped. "
        "Its first milliseconds ring the shell, a feedback delay network tuned to the fundamental. "
        "The wires are noise in a wide band, free or following the motion of the shell; the skin "
        "is "
        "low noise about the shell's pitch.",
    .implied = implied,
    .synthesize = synthesize,
    .pitch_hz = pitch_hz,
    .pitch_row = table.row_of(&SnareParams::tone),
    .value_for_pitch = tone_of,
    .also_called = "sd sn snr snares",
});

}  // namespace drumgen::snare
