#include "dsp/peak_limiter.h"

#include <algorithm>
#include <vector>

#include "base/math.h"

namespace drumgen {

namespace {

/// Frames to each side of a peak over which the gain falls and rises.
constexpr std::ptrdiff_t reach = 48;

/// Weights that add up to 48/49. Half of this argument would be a Hann window, whose gain falls and rises once; for
/// that a sample would change, so it waits for the next sound version.
std::vector<float> limiter_window() {
    std::vector<float> weights;
    constexpr double length = 2 * (reach + 1);
    for (std::ptrdiff_t k = -reach; k <= reach; ++k) {
        const double angle = math::cos_cycles(static_cast<double>(k) / length);
        weights.push_back(static_cast<float>(angle * angle / (reach + 1)));
    }
    return weights;
}

}  // namespace

void limit_peaks(Signal& sound, float limit) {
    static const std::vector<float> window = limiter_window();
    const auto size = static_cast<std::ptrdiff_t>(sound.size());
    // The least gain that a sample within reach needs; so no mean of these is above what one needs.
    std::vector<float> least(sound.size() + 2 * reach, 1.0F);
    std::vector<bool> is_near(sound.size(), false);
    for (std::ptrdiff_t k = 0; k < size; ++k) {
        const float sample = sound[static_cast<std::size_t>(k)];
        const float magnitude = sample < 0 ? -sample : sample;
        if (magnitude <= limit) {
            continue;
        }
        for (std::ptrdiff_t at = k; at <= k + 2 * reach; ++at) {
            float& gain = least[static_cast<std::size_t>(at)];
            gain = std::min(gain, limit / magnitude);
        }
        const auto from = is_near.begin() + std::max<std::ptrdiff_t>(k - 2 * reach, 0);
        std::fill(from, is_near.begin() + std::min(k + 2 * reach + 1, size), true);
    }
    for (std::size_t k = 0; k < sound.size(); ++k) {
        if (is_near[k]) {
            float gain = 0;
            for (std::size_t at = 0; at < window.size(); ++at) {
                gain += window[at] * least[k + at];
            }
            sound[k] *= gain;
        }
    }
}

}  // namespace drumgen
