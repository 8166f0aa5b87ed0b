#include "instruments/hat_voice.h"

#include <algorithm>
#include <string_view>

#include "base/math.h"
#include "base/random.h"

namespace drumgen::hat {
namespace {

constexpr std::array<double, square_count> square_ratios{1, 1.5, 1.6, 1.8, 2.2, 3.2};
constexpr double butterworth_q = 0.7071067811865476;

/// From there on there is no low-pass.
constexpr double highest_low_pass_hz = 20000;

constexpr std::array<Resonance, 3> resonances{{{6000, 3}, {9000, 4}, {12000, 5}}};

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

/// render_envelope() of any number of frames, a multiple of lane_count.
void render_long_envelope(const Envelope& envelope, double start_s, float* out, int frames,
                          const Kernels& kernels) {
    for (int at = 0; at < frames; at += block_frames) {
        render_envelope(envelope, start_s + at / stream_rate_hz, out + at,
                        std::min(block_frames, frames - at), kernels);
    }
}

}  // namespace

double loudness_of(const Hat& hat) {
    double power = 0;
    for (const HatLayer* layer : hat.layers()) {
        power += layer->loudness() * layer->loudness();
    }
    return math::sqrt(std::max(power, 1e-30));
}

HatVoice::HatVoice(const Hat& hat, std::int64_t frames, const RenderContext& context)
    : hat_(hat),
      context_(context),
      frames_(frames),
      air_(std::array{FilterSection{Kind::high_pass, hat.air_edge_hz},
                      FilterSection{Kind::low_pass, hat.air_top_hz}},
           noise_taps),
      chick_(std::array{FilterSection{Kind::high_pass, 4000},
                        FilterSection{Kind::low_pass, hat.air_top_hz}},
             noise_taps),
      pass_(drumgen::high_pass(hat.high_pass_hz, butterworth_q)),
      dull_(drumgen::low_pass(std::min(hat.low_pass_hz, highest_low_pass_hz), butterworth_q)) {
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

void HatVoice::render(std::int64_t first, int count, float* out) const {
    Piece piece(first, count);
    mix(piece);
    const Kernels& kernels = *context_.kernels;
    // Each stage writes where the one before the last stood.
    pass(piece.at(piece.sound, -early_reach - settling),
         piece.at(piece.work, -early_reach - settling),
         count + settling + early_reach + late_reach);
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

void HatVoice::add_side(std::int64_t first, int count, float* out) const {
    constexpr double spread = 0.8;
    const Kernels& kernels = *context_.kernels;
    const LayerSettings& settings = hat_.air.settings;
    const double first_s = static_cast<double>(first - before) / stream_rate_hz;
    Piece piece(first, count);
    if (hat_.air.gain() == 0 ||
        !settings.sounds(first_s, first_s + piece.frames / stream_rate_hz)) {
        return;
    }
    // Noise of level x is about tanh(drive x) / x as loud behind the saturation.
    float* const sound = Piece::at(piece.sound, -before);
    float* const envelope = Piece::at(piece.work, -before);
    render_long_envelope(settings.envelope, first_s, envelope, piece.frames, kernels);
    kernels.tanh_drive(envelope, envelope, static_cast<float>(hat_.drive * loudness_of(hat_)),
                       piece.frames);
    const double delay = settings.envelope.delay_s * stream_rate_hz;
    add_shaped_noise(side_stream(context_.seed, "hat air"), air_,
                     first - before - math::ceil(delay), envelope, piece.frames,
                     spread * hat_.air.loudness() / loudness_of(hat_) / air_.noise_gain(), sound,
                     kernels);
    const int early = early_reach + settling;
    pass(Piece::at(piece.sound, -early), Piece::at(piece.work, -early), count + early);
    kernels.add(out, Piece::at(piece.work, 0), count);
}

void HatVoice::pass(float* mixed, float* passed, int frames) const {
    const Kernels& kernels = *context_.kernels;
    BlockBiquad::State state{};
    pass_.filter(passed, mixed, state, frames, kernels);
    const auto share = static_cast<float>(hat_.low_pass_share);
    if (share == 0 || hat_.low_pass_hz >= highest_low_pass_hz) {
        return;
    }
    // What the high-pass let through stands where the layers stood; before it there is nothing.
    std::copy_n(passed, frames, mixed);
    std::fill_n(mixed - BlockBiquad::reach, BlockBiquad::reach, 0.0F);
    state = {};
    dull_.filter(passed, mixed, state, frames, kernels);
    kernels.scale(passed, passed, share, frames);
    kernels.add_scaled(passed, mixed, 1 - share, frames);
}

void HatVoice::plan_saturation() {
    const int most = context_.oversampling;
    if (context_.everywhere) {
        stretches_ = {{frames_ + behind, most}};
        return;
    }
    const auto until = [&](double level) {
        const double end_s = below_s(hat_, level / hat_.drive);
        return static_cast<std::int64_t>(round_up_to_lanes(math::ceil(end_s * stream_rate_hz)));
    };
    if (most == 1) {
        // Without any, what is bent hard stands above its samples, and the level falls by 1 dB.
        stretches_ = {{until(0.7), 2, 52}, {frames_ + behind, 1}};
        return;
    }
    stretches_ = {{until(2.5), 4 * most}, {until(1.1), 2 * most}, {until(0.36), most},
                  {until(0.2), 2},        {until(0.05), 2, 76},   {frames_ + behind, 1}};
}

void HatVoice::mix(Piece& piece) const {
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
            render_long_envelope(layer.settings.envelope, first_s, envelope, piece.frames, kernels);
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
            add_shaped_noise(random_stream(context_.seed, name), filter, first - math::ceil(delay),
                             envelope, piece.frames, layer.loudness() / filter.noise_gain(), sound,
                             kernels);
        }
    };
    add_noise(hat_.air, "hat air", air_);
    add_noise(hat_.chick, "hat chick", chick_);
}

}  // namespace drumgen::hat
