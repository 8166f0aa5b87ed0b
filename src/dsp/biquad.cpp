#include "dsp/biquad.h"

#include <algorithm>
#include <cmath>

#include "base/math.h"
#include "dsp/envelope.h"

namespace drumgen {

Biquad band_pass(double centre_hz, double q) noexcept {
    const double cycles = centre_hz / stream_rate_hz;
    const double alpha = math::sin_cycles(cycles) / (2 * q);
    const double a0 = 1 + alpha;
    return {alpha / a0, 0, -alpha / a0, -2 * math::cos_cycles(cycles) / a0, (1 - alpha) / a0};
}

Biquad high_pass(double cutoff_hz, double q) noexcept {
    const double cycles = cutoff_hz / stream_rate_hz;
    const double cosine = math::cos_cycles(cycles);
    const double alpha = math::sin_cycles(cycles) / (2 * q);
    const double a0 = 1 + alpha;
    const double b = (1 + cosine) / 2 / a0;
    return {b, -2 * b, b, -2 * cosine / a0, (1 - alpha) / a0};
}

Biquad low_pass(double cutoff_hz, double q) noexcept {
    const double cycles = cutoff_hz / stream_rate_hz;
    const double cosine = math::cos_cycles(cycles);
    const double alpha = math::sin_cycles(cycles) / (2 * q);
    const double a0 = 1 + alpha;
    const double b = (1 - cosine) / 2 / a0;
    return {b, 2 * b, b, -2 * cosine / a0, (1 - alpha) / a0};
}

double band_loss(double hz, double middle_hz, double q) noexcept {
    const double away = q * (hz / middle_hz - middle_hz / hz);
    return math::sqrt(1 + away * away);
}

double noise_gain(const Biquad& biquad) noexcept {
    const auto [b0, b1, b2, a1, a2] = biquad;
    const double same = b0 * b0 + b1 * b1 + b2 * b2;
    const double near = 2 * (b0 * b1 + b1 * b2);
    const double far = 2 * b0 * b2;
    const double energy = (same * (1 + a2) - near * a1 + far * (a1 * a1 - a2 * (1 + a2))) /
                          ((1 - a2) * ((1 + a2) * (1 + a2) - a1 * a1));
    return math::sqrt(energy);
}

double noise_gain(const Biquad& first, const Biquad& second) noexcept {
    constexpr std::size_t order = 4;
    const std::array<double, 3> poles[]{{1, first.a1, first.a2}, {1, second.a1, second.a2}};
    const std::array<double, 3> zeros[]{{first.b0, first.b1, first.b2},
                                        {second.b0, second.b1, second.b2}};
    std::array<double, order + 1> a{};
    std::array<double, order + 1> b{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t k = 0; k < 3; ++k) {
            a[i + k] += poles[0][i] * poles[1][k];
            b[i + k] += zeros[0][i] * zeros[1][k];
        }
    }
    double energy = 0;
    for (std::size_t k = order; k > 0; --k) {
        const double from_poles = a[k] / a[0];
        const double from_zeros = b[k] / a[0];
        energy += b[k] * from_zeros;
        std::array<double, order + 1> reduced{};
        for (std::size_t i = 0; i < k; ++i) {
            reduced[i] = a[i] - from_poles * a[k - i];
            b[i] -= from_zeros * a[k - i];
        }
        a = reduced;
    }
    return math::sqrt(energy + b[0] * b[0] / a[0]);
}

double ring_s(const Biquad& biquad) noexcept {
    const double apart = biquad.a1 * biquad.a1 / 4 - biquad.a2;
    const double slowest =
        apart > 0 ? std::abs(biquad.a1) / 2 + math::sqrt(apart) : math::sqrt(biquad.a2);
    return t60_from_tau(-1 / math::log(slowest)) / stream_rate_hz;
}

BlockBiquad::BlockBiquad(const Biquad& biquad) noexcept {
    auto [b0, b1, b2, a1, a2] = biquad;
    // Without the newest sample little is left of the numerator, so that little is lost by rounding.
    const double n1 = b1 - b0 * a1;
    const double n2 = b2 - b0 * a2;
    // The mirror image of z^-1 is one filter with the numerator.
    const std::array<double, 4> first{n1, n2 - n1 * a1, n1 * a2 - n2 * a1, n2 * a2};
    auto* weight = std::transform(first.begin(), first.end(), weights_.begin(),
                                  [](double x) { return static_cast<float>(x); });
    for (int lag = 1; lag < lane_count; lag *= 2) {
        // (1 + a1 w + a2 w^2)(1 - a1 w + a2 w^2) = 1 + (2 a2 - a1^2) w^2 + a2^2 w^4, w = z^-lag.
        if (lag > 1) {
            *weight++ = static_cast<float>(-a1);
            *weight++ = static_cast<float>(a2);
        }
        a1 = 2 * a2 - a1 * a1;
        a2 *= a2;
    }
    *weight++ = static_cast<float>(a1);
    *weight++ = static_cast<float>(a2);
    *weight = static_cast<float>(b0);
}

void BlockBiquad::filter(float* out, const float* in, State& state, int frames,
                         const Kernels& kernels) const noexcept {
    kernels.biquad(out, in, weights_.data(), state.data(), frames);
}

const float* BiquadStage::next(int count, const Kernels& kernels) noexcept {
    filter_.filter(out_, in_ + reach, state_, count, kernels);
    std::copy_n(in_ + count, reach, in_);
    return out_;
}

void filter_in_place(Signal& sound, const Biquad& biquad, const Kernels& kernels) {
    BiquadStage stage(biquad);
    for (std::size_t at = 0; at < sound.size(); at += block_frames) {
        const auto count = static_cast<int>(std::min<std::size_t>(block_frames, sound.size() - at));
        std::copy_n(sound.data() + at, count, stage.in());
        std::copy_n(stage.next(count, kernels), count, sound.data() + at);
    }
}

}  // namespace drumgen
