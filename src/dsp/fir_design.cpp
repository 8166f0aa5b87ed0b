#include "dsp/fir_design.h"

#include "base/math.h"

namespace drumgen {

double kaiser_beta(double attenuation_db) noexcept {
    return 0.1102 * (attenuation_db - 8.7);
}

double kaiser_half_length(double attenuation_db, double width) noexcept {
    return (attenuation_db - 7.95) / (2.285 * 2 * math::pi * width) / 2;
}

WindowedSinc::WindowedSinc(double cutoff, double half, double beta)
    : cutoff_(cutoff), half_(half), beta_(beta), window_scale_(1 / math::bessel_i0(beta)) {}

double WindowedSinc::operator()(double distance) const noexcept {
    const double at = distance / half_;
    if (at <= -1 || at >= 1) {
        return 0;
    }
    const double window = math::bessel_i0(beta_ * math::sqrt(1 - at * at)) * window_scale_;
    if (distance == 0) {
        return 2 * cutoff_;
    }
    return math::sin_cycles(cutoff_ * distance) / (math::pi * distance) * window;
}

std::vector<double> design_low_pass(double pass, double stop, double attenuation_db) {
    const auto half = static_cast<int>(math::ceil(kaiser_half_length(attenuation_db, stop - pass)));
    const WindowedSinc sinc((pass + stop) / 2, half + 1, kaiser_beta(attenuation_db));
    std::vector<double> weights(static_cast<std::size_t>(2 * half + 1));
    double sum = 0;
    for (int k = -half; k <= half; ++k) {
        const double weight = sinc(k);
        weights[static_cast<std::size_t>(k + half)] = weight;
        sum += weight;
    }
    for (double& weight : weights) {
        weight /= sum;
    }
    return weights;
}

}  // namespace drumgen
