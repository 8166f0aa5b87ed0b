#include "dsp/crush.h"

#include <algorithm>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"

namespace drumgen {

namespace {

constexpr int block = 1024;
constexpr int before =
    8;  // frames of images made before those that are kept, and behind, for the hold

/// The value half a frame on, of a signal below 20 kHz: half-band, stops from 28 kHz.
struct Midpoints {
    static constexpr int taps =
        20;  // 60 dB above 29 kHz: what it leaves is that much below images, themselves noise
    float weights[taps] = {};

    Midpoints() {
        const WindowedSinc sinc(0.5, 0.5 * taps, kaiser_beta(60));
        for (int k = 0; k < taps; ++k) {
            weights[k] = static_cast<float>(sinc(k - 0.5 * (taps - 1)));
        }
    }
};

/// Keeps 5.5..13 kHz of the images and halves their rate: 70 dB down from 21 kHz on, 30 dB below
/// 2.4 kHz.
struct ImageFilter {
    static constexpr int half = 30;  // samples at the double rate
    float on[half + 1] = {};         // weights of the frames, from -half / 2
    float between[half] = {};  // of the points between them, the first half a frame after -half / 2

    ImageFilter() {
        constexpr double rate_khz = 96;
        const WindowedSinc high(17 / rate_khz, half, kaiser_beta(72));
        const WindowedSinc low(4 / rate_khz, half, kaiser_beta(36));
        double weights[2 * half + 1];
        double high_sum = 0;
        double low_sum = 0;
        for (int k = -half; k <= half; ++k) {
            high_sum += high(k);
            low_sum += low(k);
        }
        for (int k = -half; k <= half; ++k) {
            weights[k + half] = high(k) / high_sum - low(k) / low_sum;
        }
        for (int k = 0; k <= half; ++k) {
            on[k] = static_cast<float>(weights[2 * k]);
        }
        for (int k = 0; k < half; ++k) {
            between[k] = static_cast<float>(weights[2 * k + 1]);
        }
    }
};

/// Holding for some frames: sin(x) / x within 0.5 dB to 16 kHz.
struct Hold {
    static constexpr int half = 4;
    float weights[2 * half + 1] = {};

    /// The box is a little shorter than the hold, and vanishes where the hold is a frame long, so
    /// that dirt comes from nothing.
    explicit Hold(double held_frames) {
        const double box = math::sqrt(held_frames * held_frames - 1);
        const WindowedSinc sinc(0.5, half + 3, kaiser_beta(50));
        double sum = 0;
        double integral[half + 1];
        for (int k = 0; k <= half; ++k) {
            // Simpson's rule over the box around place k.
            constexpr int steps = 8;
            integral[k] = 0;
            for (int i = 0; i <= steps; ++i) {
                const double factor = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
                integral[k] += factor * sinc(k + box * (static_cast<double>(i) / steps - 0.5));
            }
            sum += k == 0 ? integral[k] : 2 * integral[k];
        }
        for (int k = -half; k <= half; ++k) {
            weights[k + half] = static_cast<float>(integral[k < 0 ? -k : k] / sum);
        }
    }
};

}  // namespace

void crush(const float* in, float* out, int frames, double rate_hz, double amount,
           const Kernels& kernels) {
    static const Midpoints midpoints;
    static const ImageFilter filter;
    static_assert(2 * before % lane_count == 0 &&
                  before + ImageFilter::half / 2 + Midpoints::taps / 2 + 8 <= crush_margin);
    constexpr double turn = 4294967296.0;
    // 2^32 is a whole turn; half of it is the phase of the points between the frames.
    const auto step = static_cast<std::uint64_t>(rate_hz / stream_rate_hz * turn);
    const auto order = static_cast<int>(math::floor(stream_rate_hz / rate_hz));
    const Hold hold(stream_rate_hz / rate_hz);

    alignas(64) float on[block + 2 * before + ImageFilter::half + lane_count];
    alignas(64) float between[block + 2 * before + ImageFilter::half + lane_count];
    alignas(64) float sum[block + 2 * before];
    for (int at = 0; at < frames; at += block) {
        const int count = std::min(block, frames - at);
        // The images of a few more frames on both sides, for the hold to reach into.
        const int wide = count + 2 * before;
        const int from = at - before - ImageFilter::half / 2;
        const int span = round_up_to_lanes(wide + ImageFilter::half);
        // Unsigned, so whole turns fall away, also before frame 0.
        const auto phase = static_cast<std::uint32_t>(step) * static_cast<std::uint32_t>(from);
        const CorrelateRun middle{in + from - (Midpoints::taps / 2 - 1), midpoints.weights,
                                  Midpoints::taps};
        kernels.correlate(between, &middle, 1, span);
        kernels.modulate(between, between, phase + static_cast<std::uint32_t>(step / 2),
                         static_cast<std::uint32_t>(step), order, span);
        kernels.modulate(on, in + from, phase, static_cast<std::uint32_t>(step), order, span);
        const CorrelateRun runs[] = {{on, filter.on, ImageFilter::half + 1},
                                     {between, filter.between, ImageFilter::half}};
        kernels.correlate(sum, runs, 2, wide);
        if (amount < 1) {
            kernels.scale(sum, sum, static_cast<float>(amount), wide);
        }
        kernels.add(sum, in + at - before, wide);
        const CorrelateRun holding{sum + before - Hold::half, hold.weights, 2 * Hold::half + 1};
        kernels.correlate(out + at, &holding, 1, count);
    }
}

}  // namespace drumgen
