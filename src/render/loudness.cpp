#include "render/loudness.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/math.h"
#include "base/units.h"

namespace drumgen {
namespace {

/// Stretches of a sound that are filtered side by side, since each sample of one filter waits for
/// the one before it.
constexpr std::size_t lanes = 4;

constexpr double window_s = 0.4;
constexpr double window_steps = 400;

using Lane = std::array<double, lanes>;

/// Two poles and two zeros, as differences of the input and the output.
struct Section {
    double b0 = 1;
    double b1 = 0;
    double b2 = 0;
    double a1 = 0;
    double a2 = 0;
    Lane s1{};
    Lane s2{};

    void filter(Lane& x) noexcept {
        for (std::size_t i = 0; i < lanes; ++i) {
            const double y = b0 * x[i] + s1[i];
            s1[i] = b1 * x[i] - a1 * y + s2[i];
            s2[i] = b2 * x[i] - a2 * y;
            x[i] = y;
        }
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

/// Energy of each `step` frames as the ear has it. The filters ring on behind the sound by less
/// than is heard.
std::vector<double> step_energies(const Signal& sound, double sample_rate_hz, std::size_t step) {
    // The high-pass has forgotten its past after that: less than 1e-10 of it is left.
    constexpr double lead_s = 0.1;
    const std::size_t frames = sound.size();
    const std::size_t steps = (frames + step - 1) / step;
    const std::size_t steps_each = (steps + lanes - 1) / lanes;
    const auto lead_steps =
        static_cast<std::size_t>(math::ceil(lead_s * sample_rate_hz / static_cast<double>(step)));
    Section shelf = head(sample_rate_hz);
    Section high_pass = without_rumble(sample_rate_hz);
    std::vector<double> energies(lanes * steps_each);
    // Silence on both sides, as far as any lane reads.
    std::vector<double> padded((lead_steps + lanes * steps_each) * step);
    std::copy(sound.begin(), sound.end(),
              padded.begin() + static_cast<std::ptrdiff_t>(lead_steps * step));
    for (std::size_t k = 0; k < lead_steps + steps_each; ++k) {
        Lane energy{};
        const double* const from = padded.data() + k * step;
        for (std::size_t j = 0; j < step; ++j) {
            Lane x{};
            for (std::size_t i = 0; i < lanes; ++i) {
                x[i] = from[i * steps_each * step + j];
            }
            shelf.filter(x);
            high_pass.filter(x);
            for (std::size_t i = 0; i < lanes; ++i) {
                energy[i] += x[i] * x[i];
            }
        }
        for (std::size_t i = 0; i < lanes && k >= lead_steps; ++i) {
            energies[i * steps_each + k - lead_steps] = energy[i];
        }
    }
    return energies;
}

/// Frames in which energy is added up: 400 of them are a window.
std::size_t step_of(double sample_rate_hz) {
    return static_cast<std::size_t>(math::floor(window_s / window_steps * sample_rate_hz + 0.5));
}

double loudest_lufs(const std::vector<double>& energies, std::size_t step) {
    constexpr double silent_lufs = -200;
    constexpr auto count = static_cast<std::size_t>(window_steps);
    double sum = 0;
    double loudest = 0;
    for (std::size_t k = 0; k < energies.size(); ++k) {
        sum += energies[k];
        sum -= k >= count ? energies[k - count] : 0;
        loudest = std::max(loudest, sum);
    }
    const double power = loudest / (window_steps * static_cast<double>(step));
    constexpr double offset_lufs = -0.691;
    return power > 1e-20 ? offset_lufs + db_from_power(power) : silent_lufs;
}

}  // namespace

double loudness_lufs(const Signal& sound, double sample_rate_hz) {
    const std::size_t step = step_of(sample_rate_hz);
    return loudest_lufs(step_energies(sound, sample_rate_hz, step), step);
}

double loudness_lufs(const Signal& left, const Signal& right, double sample_rate_hz) {
    const std::size_t step = step_of(sample_rate_hz);
    std::vector<double> energies = step_energies(left, sample_rate_hz, step);
    const std::vector<double> others = step_energies(right, sample_rate_hz, step);
    for (std::size_t k = 0; k < energies.size(); ++k) {
        energies[k] += others[k];
    }
    return loudest_lufs(energies, step);
}

double loudness_lufs(const Sound& sound) {
    return sound.is_stereo() ? loudness_lufs(sound.samples, sound.right, sound.sample_rate_hz)
                             : loudness_lufs(sound.samples, sound.sample_rate_hz);
}

}  // namespace drumgen
