#include "explore/loudness.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/math.h"

namespace drumgen {
namespace {

/// Two poles and two zeros, as differences of the input and the output.
struct Section {
    double b0 = 1;
    double b1 = 0;
    double b2 = 0;
    double a1 = 0;
    double a2 = 0;
    double s1 = 0;
    double s2 = 0;

    double operator()(double x) noexcept {
        const double y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        return y;
    }
};

/// tan(pi f / rate), which the bilinear transform takes.
double warped(double hz, double rate_hz) noexcept {
    const double cycles = 0.5 * hz / rate_hz;
    return math::sin_cycles(cycles) / math::cos_cycles(cycles);
}

/// What a head does: treble raised by 4 dB.
Section head(double rate_hz) noexcept {
    constexpr double shelf_hz = 1681.974450955533;
    constexpr double q = 0.7071752369554196;
    constexpr double high = 1.584864701130855;    // 10^(3.99984 / 20)
    constexpr double middle = 1.258720930232562;  // high^0.49966677
    const double k = warped(shelf_hz, rate_hz);
    const double a0 = 1 + k / q + k * k;
    return {(high + middle * k / q + k * k) / a0, 2 * (k * k - high) / a0,
            (high - middle * k / q + k * k) / a0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0};
}

/// The high-pass.
Section without_rumble(double rate_hz) noexcept {
    constexpr double cut_hz = 38.13547087602444;
    constexpr double q = 0.5003270373238773;
    const double k = warped(cut_hz, rate_hz);
    const double a0 = 1 + k / q + k * k;
    return {1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0};
}

}  // namespace

double loudness_lufs(const Sound& sound) {
    constexpr double window_s = 0.4;
    constexpr double steps = 400;  // of a window
    constexpr double silent_lufs = -200;
    Section shelf = head(sound.sample_rate_hz);
    Section high_pass = without_rumble(sound.sample_rate_hz);
    const auto step =
        static_cast<std::size_t>(math::floor(window_s / steps * sound.sample_rate_hz + 0.5));
    // Energy of each step. The filters ring on behind the sound by less than is heard.
    std::vector<double> energies;
    for (std::size_t at = 0; at < sound.samples.size(); at += step) {
        double energy = 0;
        for (std::size_t k = at; k < std::min(at + step, sound.samples.size()); ++k) {
            const double y = high_pass(shelf(static_cast<double>(sound.samples[k])));
            energy += y * y;
        }
        energies.push_back(energy);
    }
    constexpr auto count = static_cast<std::size_t>(steps);
    double sum = 0;
    double loudest = 0;
    for (std::size_t k = 0; k < energies.size(); ++k) {
        sum += energies[k];
        sum -= k >= count ? energies[k - count] : 0;
        loudest = std::max(loudest, sum);
    }
    const double power = loudest / (steps * static_cast<double>(step));
    constexpr double offset_lufs = -0.691;
    return power > 1e-20 ? offset_lufs + 10 * math::log(power) / math::log(10) : silent_lufs;
}

}  // namespace drumgen
