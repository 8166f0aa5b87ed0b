#include "dsp/resampler.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"
#include "dsp/saturation.h"

namespace drumgen {

namespace {

/// Weights of each of the places that an output can have between two inputs.
class PolyphaseFilter {
public:
    explicit PolyphaseFilter(RateRatio ratio) {
        constexpr double attenuation_db = 104;
        // Half of up / down; rounded so, as the samples of every version have rested on it.
        const double stop = 0.15 * ratio.up / (0.3 * ratio.down);
        const double pass = stop * 400 / 441;  // 20 of 22.05
        half_ = static_cast<int>(math::ceil(kaiser_half_length(attenuation_db, stop - pass)));
        taps_ = round_up_to_lanes(2 * half_);
        weights_.assign(static_cast<std::size_t>(ratio.up * taps_), 0.0F);
        const WindowedSinc sinc((pass + stop) / 2, half_, kaiser_beta(attenuation_db));
        for (int phase = 0; phase < ratio.up; ++phase) {
            const double place = static_cast<double>(phase) / ratio.up;
            float* weight = weights_.data() + phase * taps_;
            for (int k = 0; k < 2 * half_; ++k) {
                weight[k] = static_cast<float>(sinc(k - half_ + 1 - place));
            }
        }
    }

    [[nodiscard]] int half() const noexcept { return half_; }
    [[nodiscard]] int taps() const noexcept { return taps_; }
    [[nodiscard]] const float* phase(std::int64_t index) const noexcept {
        return weights_.data() + index * taps_;
    }

private:
    int half_ = 0;
    int taps_ = 0;
    Signal weights_;
};

/// Made when it is first asked for.
const PolyphaseFilter& filter_of(RateRatio ratio) {
    static std::mutex mutex;
    static std::map<std::pair<int, int>, PolyphaseFilter> filters;
    const std::lock_guard lock(mutex);
    return filters.try_emplace({ratio.up, ratio.down}, ratio).first->second;
}

bool is_whole(double x) {
    return static_cast<double>(math::floor(x)) == x;
}

std::int64_t frames_of(const Signal& sound) {
    return static_cast<std::int64_t>(sound.size());
}

}  // namespace

Signal resample(const Signal& in, RateRatio ratio, std::int64_t frames, const Kernels& kernels) {
    const PolyphaseFilter& filter = filter_of(ratio);
    const int before = filter.half();
    Signal padded(in.size() + static_cast<std::size_t>(before + filter.taps()), 0.0F);
    std::copy(in.begin(), in.end(), padded.begin() + before);
    Signal out(static_cast<std::size_t>(frames), 0.0F);
    for (std::int64_t m = 0; m < frames; ++m) {
        const std::int64_t at = m * ratio.down;
        const std::int64_t whole = at / ratio.up;
        // The first weight stands half - 1 inputs before `whole`.
        const auto first = static_cast<std::size_t>(whole + 1);
        if (first + static_cast<std::size_t>(filter.taps()) > padded.size()) {
            break;
        }
        out[static_cast<std::size_t>(m)] =
            kernels.dot(padded.data() + first, filter.phase(at - whole * ratio.up), filter.taps());
    }
    return out;
}

Signal at_output_rate(Signal sound, double rate_hz, std::int64_t frames, const Kernels& kernels) {
    constexpr RateRatio to_disc{147, 160};
    constexpr double disc_rate_hz = 44100;
    const bool is_of_disc = is_whole(rate_hz / (disc_rate_hz / 4));
    const double usual_hz = is_of_disc ? disc_rate_hz : stream_rate_hz;
    double factor = rate_hz / usual_hz;
    for (; factor > 1; factor /= 2) {
        sound = at_double_rate(sound, kernels);
    }
    if (is_of_disc) {
        // As far as a later step reads.
        sound =
            resample(sound, to_disc,
                     factor < 1 ? frames_of(sound) * to_disc.up / to_disc.down : frames, kernels);
    }
    if (factor < 1) {
        const int up = is_whole(1 / factor) ? 1 : 2;
        const RateRatio ratio{up, static_cast<int>(math::floor(up / factor + 0.5))};
        sound = resample(sound, ratio, frames, kernels);
    }
    sound.resize(static_cast<std::size_t>(frames), 0.0F);
    return sound;
}

}  // namespace drumgen
