#include "instruments/snare_exciter.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"
#include "dsp/oversample.h"

namespace drumgen {

namespace {

constexpr double clip_ceiling = 0.7943282347242815;  // -2 dB

/// Half-width of the clip's rounded corner. At 4 streams the worst of 100 random patches aliases by
/// -72 dB with 0.3, -85 with 0.5, -92 with this; a sharp corner reaches -66 on the exciter alone.
constexpr double clip_knee = 0.6;

constexpr int interpolation_half = 12;
constexpr int interpolation_taps = 2 * interpolation_half;

/// Weights that interpolate a stream to the instants of each of `streams` but the first.
const std::vector<std::vector<float>>& stream_weights(int streams) {
    static std::mutex mutex;
    static std::map<int, std::vector<std::vector<float>>> tables;
    const std::lock_guard lock(mutex);
    auto& table = tables[streams];
    while (static_cast<int>(table.size()) < streams - 1) {
        const WindowedSinc sinc(0.5, interpolation_half, kaiser_beta(80));
        const double fraction = static_cast<double>(table.size() + 1) / streams;
        std::vector<float>& weights = table.emplace_back();
        for (int k = 0; k < interpolation_taps; ++k) {
            weights.push_back(static_cast<float>(sinc(k - (interpolation_half - 1) - fraction)));
        }
    }
    return table;
}

/// Keeps the last `kept` frames of a buffer as what stands before the next ones.
void shift(float* buffer, int kept, int frames) noexcept {
    std::copy(buffer + frames, buffer + frames + kept, buffer);
}

}  // namespace

SnareExciter::SnareExciter(const ExciterSettings& settings, const Envelope& envelope,
                           RandomStream stream, const RenderContext& context)
    : settings_(settings),
      envelope_(envelope),
      stream_(stream),
      context_(&context),
      boost_(band_pass(settings.boost_hz, 1.5)),
      noise_fall_((triangle_tau_s / noise_tau_s - 1) /
                  (tau_from_t60(envelope.decay_s) * stream_rate_hz)) {
    envelope_.delay_s = 0;
    context.kernels->decay(fall_, block_frames, 0.0F, static_cast<float>(noise_fall_), 1.0F, 0.0F);
}

void SnareExciter::sum_sources(float* out, int frames) {
    const Kernels& kernels = *context_->kernels;
    // The corners are rounded over three frames to each side: what would alias is 120 dB down, and
    // nothing changes below 5 kHz.
    const double cycles_per_frame = settings_.triangle_hz / stream_rate_hz;
    const auto corner = static_cast<float>(3 * cycles_per_frame);
    alignas(64) float gain[block_frames];
    alignas(64) float phase[block_frames];
    for (int done = 0; done < frames; done += block_frames) {
        const int count = std::min(block_frames, frames - done);
        const auto start = static_cast<double>(at_ + done);
        float* const sum = out + done;
        render_envelope(envelope_, start / stream_rate_hz, gain, count, kernels);
        const double cycles = start * cycles_per_frame;
        kernels.sweep(phase, count,
                      static_cast<float>(cycles - static_cast<double>(math::floor(cycles))),
                      static_cast<float>(cycles_per_frame), 0.0F, 0.0F);
        kernels.triangle(sum, phase, gain, corner, count);
        kernels.scale(sum, sum, 0.6F, count);
        const double fallen = start * noise_fall_;
        if (settings_.noise_level > 0 && fallen < 16) {
            alignas(64) float noise[block_frames];
            kernels.noise(noise, stream_, static_cast<std::uint32_t>(at_ + done), count);
            kernels.multiply(noise, noise, gain, count);
            kernels.multiply(noise, noise, fall_, count);
            const double level = settings_.noise_level * math::exp(-fallen);
            kernels.add_scaled(sum, noise, static_cast<float>(level), count);
        }
    }
    at_ += frames;
}

/// Adds what the clip takes away from the sound `ahead` frames before the newest.
void SnareExciter::clip(float* out, int frames) {
    const float* const sound = sound_ + ahead;
    const Kernels& kernels = *context_->kernels;
    // Between samples the sound may rise above them; where it then enters the rounded corner it is
    // still almost straight.
    constexpr auto begins = static_cast<float>(0.7 * (clip_ceiling - clip_knee));
    if (kernels.peak(sound - ahead, frames + 2 * ahead) <= begins) {
        return;
    }
    Streams excess(context_->oversampling, frames);
    const int reached = frames + 2 * Streams::margin;
    for (int s = 0; s < excess.count(); ++s) {
        float* const fine = excess.stream(s) - Streams::margin;
        const float* in = sound - Streams::margin;
        if (s > 0) {
            const std::vector<float>& weights =
                stream_weights(excess.count())[static_cast<std::size_t>(s - 1)];
            const CorrelateRun run{in - (interpolation_half - 1), weights.data(),
                                   interpolation_taps};
            kernels.correlate(fine, &run, 1, reached);
            in = fine;
        }
        kernels.clip_excess(fine, in, static_cast<float>(clip_ceiling),
                            static_cast<float>(clip_knee), reached);
    }
    const Streams decimated = decimate(std::move(excess), kernels);
    kernels.add(out, decimated.stream(0), frames);
}

void SnareExciter::next(float* out, int frames) {
    const Kernels& kernels = *context_->kernels;
    sum_sources(sources_ + reach, frames);
    float* const newest = sound_ + 2 * ahead;
    std::copy_n(sources_ + reach, frames, newest);
    if (settings_.boost > 0) {
        boost_.filter(band_, sources_ + reach, boost_state_, frames, kernels);
        kernels.add_scaled(newest, band_, static_cast<float>(settings_.boost), frames);
    }
    std::copy_n(sound_ + ahead, frames, out);
    clip(out, frames);
    shift(sources_, reach, frames);
    shift(sound_, 2 * ahead, frames);
}

}  // namespace drumgen
