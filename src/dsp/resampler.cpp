#include "dsp/resampler.h"

#include <algorithm>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"
#include "dsp/saturation.h"

namespace drumgen {

namespace {

constexpr int out_steps = 147;
constexpr int in_steps = 160;

/// Weights of each of the 147 places that an output can have between two inputs.
class PolyphaseFilter {
public:
    PolyphaseFilter() {
        constexpr double attenuation_db = 104;
        constexpr double pass = 20.0 / 48;
        constexpr double stop = 22.05 / 48;
        half_ = static_cast<int>(math::ceil(kaiser_half_length(attenuation_db, stop - pass)));
        taps_ = round_up_to_lanes(2 * half_);
        weights_.assign(static_cast<std::size_t>(out_steps * taps_), 0.0F);
        const WindowedSinc sinc((pass + stop) / 2, half_, kaiser_beta(attenuation_db));
        for (int phase = 0; phase < out_steps; ++phase) {
            const double place = static_cast<double>(phase) / out_steps;
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

}  // namespace

Signal resample_147_160(const Signal& in, std::int64_t frames, const Kernels& kernels) {
    static const PolyphaseFilter filter;
    const int before = filter.half();
    Signal padded(in.size() + static_cast<std::size_t>(before + filter.taps()), 0.0F);
    std::copy(in.begin(), in.end(), padded.begin() + before);
    Signal out(static_cast<std::size_t>(frames), 0.0F);
    for (std::int64_t m = 0; m < frames; ++m) {
        const std::int64_t at = m * in_steps;
        const std::int64_t whole = at / out_steps;
        // The first weight stands half - 1 inputs before `whole`.
        const auto first = static_cast<std::size_t>(whole + 1);
        if (first + static_cast<std::size_t>(filter.taps()) > padded.size()) {
            break;
        }
        out[static_cast<std::size_t>(m)] =
            kernels.dot(padded.data() + first, filter.phase(at - whole * out_steps), filter.taps());
    }
    return out;
}

Signal at_output_rate(const Signal& in, double rate_hz, std::int64_t frames,
                      const Kernels& kernels) {
    const bool is_wide = rate_hz > stream_rate_hz;
    Signal out;
    if (is_wide) {
        out = at_double_rate(in, kernels);
    }
    if (rate_hz != (is_wide ? 2 * stream_rate_hz : stream_rate_hz)) {
        out = resample_147_160(is_wide ? out : in, frames, kernels);
    } else if (!is_wide) {
        out = in;
    }
    out.resize(static_cast<std::size_t>(frames), 0.0F);
    return out;
}

}  // namespace drumgen
