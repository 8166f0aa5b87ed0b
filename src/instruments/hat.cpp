// Six squares ring three resonances; noise above them, and a tick at the front. Everything is
// feed-forward: edges and noise carry the envelopes into filters that ring on for a millisecond, so
// what reaches the saturation is band-limited whatever the envelopes do.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "drumgen/instrument.h"
#include "dsp/crush.h"
#include "dsp/filtered_square.h"
#include "dsp/saturation.h"
#include "dsp/shaped_noise.h"
#include "instruments/frame.h"
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
constexpr std::array<double, 6> square_ratios{1, 1.5, 1.6, 1.8, 2.2, 3.2};
constexpr std::array<Resonance, 3> resonances{{{6000, 3}, {9000, 4}, {12000, 5}}};

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

/// One layer, in physical values.
struct HatLayer {
    LayerSettings settings;
    double level = 1;  ///< from the macros, beside the layer's own gain
    double rms = 1;    ///< before its envelope, its gain and its level

    [[nodiscard]] double gain() const noexcept { return settings.gain * level; }
    [[nodiscard]] double loudness() const noexcept { return gain() * rms; }
};

/// A hat, in physical values.
struct Hat {
    HatLayer metal;
    HatLayer air;
    HatLayer chick;
    NoiseLayer body;
    NoiseLayer wash;  ///< the part of the air that fills what is below the metal
    double base_hz = 400;
    std::array<double, 3> resonance_gains{1, 1, 1};
    double air_edge_hz = 7000;
    double air_top_hz = 12000;
    double high_pass_hz = 3500;
    double low_pass_hz = 20000;
    double low_pass_share = 0;
    double drive = 1;
    double crush_hz = stream_rate_hz;
    double images = 1;  ///< level of what the crush adds

    [[nodiscard]] std::array<const HatLayer*, 3> layers() const noexcept {
        return {&metal, &air, &chick};
    }
};

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
        .ring_s = short_ring_s};
    const NoiseLayer wash{
        .settings = layer_settings(hat.air),
        .level = gain_from_db(-15 + 18 * drum.offset(wash_level)) * metal_rms * velocity,
        .filter =
            band_pass(3000 * drum.factor(wash_pitch, 2.5), 0.6 * drum.factor(wash_width, 1.6)),
        .name = "hat wash",
        .ring_s = short_ring_s};
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

/// RMS of the three layers together before their envelopes.
double loudness_of(const Hat& hat) {
    double power = 0;
    for (const HatLayer* layer : hat.layers()) {
        power += layer->loudness() * layer->loudness();
    }
    return math::sqrt(std::max(power, 1e-30));
}

/// Time after which they stay below an RMS of `level`.
double below_s(const Hat& hat, double level) {
    const double part = level / loudness_of(hat);
    double until_s = 0;
    for (const HatLayer* layer : hat.layers()) {
        if (part < 1 && layer->loudness() > 0) {
            until_s = std::max(until_s, layer->settings.envelope.time_below_s(part));
        }
    }
    return until_s;
}

/// What all pieces of one sound share.
class HatVoice {
public:
    HatVoice(const Hat& hat, std::int64_t frames, const RenderContext& context)
        : hat_(hat),
          context_(context),
          frames_(frames),
          air_(std::array{FilterSection{Kind::high_pass, hat.air_edge_hz},
                          FilterSection{Kind::low_pass, hat.air_top_hz}},
               noise_taps),
          chick_(std::array{FilterSection{Kind::high_pass, 4000},
                            FilterSection{Kind::low_pass, hat.air_top_hz}},
                 noise_taps),
          pass_(std::array{FilterSection{Kind::high_pass, hat.high_pass_hz},
                           FilterSection{.kind = Kind::low_pass,
                                         .cutoff_hz = hat.low_pass_hz,
                                         .share = hat.low_pass_share}},
                pass_taps) {
        if (hat.metal.loudness() > 0) {
            static const StepResponses responses(resonances);
            std::array<double, 3> gains = hat.resonance_gains;
            for (double& gain : gains) {
                gain *= 0.5 * hat.metal.gain();
            }
            steps_ = responses.mixed(gains, *context.kernels);
            const RandomStream stream = random_stream(context.seed, "hat squares");
            std::uint32_t index = 0;
            for (std::size_t k = 0; k < square_ratios.size(); ++k) {
                const double detune = 1 + 0.1 * random_uniform(stream, index++);
                squares_[k] = {hat.base_hz * square_ratios[k] * detune,
                               random_uniform(stream, index++)};
            }
        }
        plan_saturation();
    }

    /// Writes frames first..first + count of the sound.
    void render(std::int64_t first, int count, float* out) const {
        Piece piece(first, count);
        mix(piece);
        const Kernels& kernels = *context_.kernels;
        // Each stage writes where the one before the last stood.
        float* const mixed = piece.at(piece.sound, -early_reach);
        float* const passed = piece.at(piece.work, -early_reach);
        pass_.apply(mixed, passed, count + early_reach + late_reach, kernels);
        std::vector<SaturationStretch> stretches = stretches_;
        for (SaturationStretch& stretch : stretches) {
            stretch.until -= first - crush_reach;
        }
        saturate(piece.at(piece.work, -crush_reach), piece.at(piece.sound, -crush_reach),
                 count + 2 * crush_reach, hat_.drive, stretches, kernels);
        if (hat_.crush_hz < stream_rate_hz) {
            crush(piece.at(piece.sound, 0), out, count, hat_.crush_hz, hat_.images, kernels);
        } else {
            std::copy_n(piece.at(piece.sound, 0), count, out);
        }
    }

    /// Frames that are rendered at once: two buffers and a few streams stay in the second cache.
    static constexpr int piece_frames = 6144;

private:
    using Kind = FilterSection::Kind;
    // The high-pass has fallen 90 dB by then, the noise's filters 75 dB or more.
    static constexpr int noise_taps = 28;
    static constexpr int pass_taps = 56;

    // What each stage reads beyond a piece, in frames.
    static constexpr int crush_reach = 48;
    static constexpr int late_reach = crush_reach + saturation_margin;
    static constexpr int early_reach = late_reach;
    static constexpr int before = 304;  // and the rest of the high-pass, and a pulse
    static constexpr int behind = 192;
    static_assert(crush_reach >= crush_margin);
    static_assert(before >=
                  early_reach + pass_taps - 1 + StepResponses::taps - StepResponses::lead);
    static_assert(before >= early_reach + pass_taps + noise_taps);
    static_assert(behind >= late_reach + StepResponses::lead);

    struct Piece {
        std::int64_t first;
        int frames;  ///< with all that is read beyond it
        Signal sound;
        Signal work;

        Piece(std::int64_t at, int count)
            : first(at),
              frames(before + count + behind),
              sound(size(count), 0.0F),
              work(size(count)) {}

        static std::size_t size(int count) {
            return static_cast<std::size_t>(filtered_square_lead + before + count + behind +
                                            StepResponses::taps + lane_count);
        }
        /// The place of a frame counted from the first of the piece.
        static float* at(Signal& signal, int frame) {
            return signal.data() + filtered_square_lead + before + frame;
        }
    };

    /// From the level that the layers have: more streams where more is bent. The bounds in RMS times
    /// drive are those where aliasing is 85 dB down, measured over whole sounds.
    void plan_saturation() {
        const int most = context_.oversampling;
        if (most == 1 || context_.everywhere) {
            stretches_ = {{frames_ + behind, context_.everywhere ? most : 1}};
            return;
        }
        const auto until = [&](double level) {
            const double end_s = below_s(hat_, level / hat_.drive);
            return static_cast<std::int64_t>(round_up_to_lanes(math::ceil(end_s * stream_rate_hz)));
        };
        if (most == 2) {
            stretches_ = {{until(0.3), 2, 52}, {frames_ + behind, 1}};
            return;
        }
        stretches_ = {{until(2.5), 4 * most},
                      {until(1.1), 2 * most},
                      {until(0.36), most},
                      {until(0.05), 2},
                      {frames_ + behind, 1}};
    }

    /// The layers.
    void mix(Piece& piece) const {
        const Kernels& kernels = *context_.kernels;
        const std::int64_t first = piece.first - before;
        float* const sound = Piece::at(piece.sound, -before);
        float* const envelope = Piece::at(piece.work, -before);
        const Envelope* rendered = nullptr;
        const auto render_gains = [&](const HatLayer& layer) {
            const double first_s = static_cast<double>(first) / stream_rate_hz;
            if (layer.gain() == 0 ||
                !layer.settings.sounds(first_s, first_s + piece.frames / stream_rate_hz)) {
                return false;
            }
            // Metal and air have the same one unless told otherwise.
            if (rendered == nullptr || *rendered != layer.settings.envelope) {
                for (int at = 0; at < piece.frames; at += block_frames) {
                    render_envelope(layer.settings.envelope, first_s + at / stream_rate_hz,
                                    envelope + at, std::min(block_frames, piece.frames - at),
                                    kernels);
                }
                envelope[piece.frames] = envelope[piece.frames - 1];
                rendered = &layer.settings.envelope;
            }
            return true;
        };
        if (render_gains(hat_.metal)) {
            for (const SquareWave& square : squares_) {
                add_filtered_square(square, hat_.metal.settings.envelope.delay_s, first, envelope,
                                    piece.frames, steps_, sound, kernels);
            }
        }
        const auto add_noise = [&](const HatLayer& layer, std::string_view name,
                                   const ShortFilter& filter) {
            if (render_gains(layer)) {
                const double delay = layer.settings.envelope.delay_s * stream_rate_hz;
                add_shaped_noise(random_stream(context_.seed, name), filter,
                                 first - math::ceil(delay), envelope, piece.frames,
                                 layer.loudness() / filter.noise_gain(), sound, kernels);
            }
        };
        add_noise(hat_.air, "hat air", air_);
        add_noise(hat_.chick, "hat chick", chick_);
    }

    const Hat& hat_;
    const RenderContext& context_;
    std::int64_t frames_;
    ShortFilter air_;
    ShortFilter chick_;
    ShortFilter pass_;
    Signal steps_;
    std::array<SquareWave, square_ratios.size()> squares_{};
    std::vector<SaturationStretch> stretches_;
};

/// Frames of the sound: the three layers are saturated together, the noise below them is not.
std::int64_t frames_of(const Hat& hat, const RenderContext& context) {
    std::vector<Share> shares{hat.body.share(), hat.wash.share()};
    const double together = hat.drive * loudness_of(hat);
    for (const HatLayer* layer : hat.layers()) {
        const double loudness = layer->loudness();
        shares.push_back(
            {&layer->settings, math::tanh(hat.drive * loudness), loudness > 0 ? together : 0});
    }
    return round_up_to_lanes(frames_of(shares, context, StepResponses::taps));
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
