#include "render/stereo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "base/math.h"
#include "dsp/biquad.h"

namespace drumgen {

namespace {

/// A high-pass at stream_rate_hz that is 48 dB down up to 150 Hz, 4 dB at 300 and flat from 500 on: half
/// as much to do as a Butterworth filter. Source: a Chebyshev filter of the second kind of four poles,
/// scipy.signal.cheby2(4, 48, 150, "highpass", fs=48000, output="sos").
constexpr std::array treble_only{
    Biquad{0.943636448280067, -1.8872196163922657, 0.943636448280067, -1.9192715244316914,
           0.921219060126},
    Biquad{1, -1.9996709342752, 1, -1.9643380278717355, 0.9665993519509943}};

double product(const Signal& a, const Signal& b, const Kernels& kernels) {
    const std::size_t frames = std::min(a.size(), b.size());
    return static_cast<double>(kernels.dot(a.data(), b.data(), static_cast<int>(frames)));
}

/// Of two channels (1 + leaning) / (1 - leaning) is the ratio of their energies.
double leaning_of(double product, double mid, double side) noexcept {
    return mid + side > 0 ? 2 * product / (mid + side) : 0;
}

}  // namespace

void spread_treble_only(Signal& side, const Kernels& kernels) {
    for (const Biquad& biquad : treble_only) {
        filter_in_place(side, biquad, kernels);
    }
}

void balance(MidSide& sound, const Kernels& kernels) {
    constexpr double not_heard = 0.1;  // 0.9 dB
    const double mid = product(sound.mid, sound.mid, kernels);
    const double side = product(sound.side, sound.side, kernels);
    const double both = product(sound.mid, sound.side, kernels);
    if (std::abs(leaning_of(both, mid, side)) < not_heard) {
        return;
    }
    Signal treble = sound.mid;
    sound.side.resize(sound.mid.size(), 0.0F);
    spread_treble_only(treble, kernels);
    const double own = product(sound.mid, treble, kernels);
    constexpr double least = 1e-3;  // of a middle that is nearly all bass, chance could ask for any
    if (own > least * mid) {
        kernels.add_scaled(sound.side.data(), treble.data(), static_cast<float>(-both / own),
                           static_cast<int>(sound.side.size()));
    }
}

double most_of_side(const MidSide& sound, const Kernels& kernels) {
    constexpr double most_leaning = 0.137;  // 1.2 dB
    const double mid = product(sound.mid, sound.mid, kernels);
    const double side = product(sound.side, sound.side, kernels);
    const double both = std::abs(product(sound.mid, sound.side, kernels));
    if (side <= 0) {
        return 1;
    }
    double most = std::min(1.0, math::sqrt(mid / side));
    // 2 k both <= leaning (mid + k k side), for this k and all below.
    const double root = both * both - most_leaning * most_leaning * mid * side;
    if (root >= 0) {
        most = std::min(most, (both - math::sqrt(root)) / (most_leaning * side));
    }
    return most;
}

void to_left_right(MidSide& sound, double width, const Kernels& kernels) {
    const auto gain = static_cast<float>(width);
    alignas(64) float right[block_frames];
    for (std::size_t at = 0; at < sound.mid.size(); at += block_frames) {
        float* const mid = sound.mid.data() + at;
        float* const side = sound.side.data() + at;
        const int count =
            static_cast<int>(std::min<std::size_t>(block_frames, sound.mid.size() - at));
        std::copy_n(mid, count, right);
        kernels.add_scaled(right, side, -gain, count);
        kernels.add_scaled(mid, side, gain, count);
        std::copy_n(right, count, side);
    }
}

Sound mid_of(const Sound& sound) {
    if (!sound.is_stereo()) {
        return sound;
    }
    Sound mid{Signal(sound.frames()), sound.sample_rate_hz};
    for (std::size_t k = 0; k < sound.frames(); ++k) {
        mid.samples[k] = 0.5F * (sound.samples[k] + sound.right[k]);
    }
    return mid;
}

Signal side_of(const Sound& sound) {
    Signal side(sound.right.size());
    for (std::size_t k = 0; k < side.size(); ++k) {
        side[k] = 0.5F * (sound.samples[k] - sound.right[k]);
    }
    return side;
}

void narrow(MidSide& left_right, double part) noexcept {
    const auto own = static_cast<float>((1 + part) / 2);
    const auto other = static_cast<float>((1 - part) / 2);
    for (std::size_t k = 0; k < left_right.mid.size(); ++k) {
        const float left = left_right.mid[k];
        const float right = left_right.side[k];
        left_right.mid[k] = own * left + other * right;
        left_right.side[k] = own * right + other * left;
    }
}

}  // namespace drumgen
