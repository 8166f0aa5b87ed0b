#include "render/stereo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/math.h"
#include "dsp/biquad.h"

namespace drumgen {

namespace {

/// Of a Butterworth filter of eight poles: 1 / (2 cos((2 k + 1) pi / 16)).
constexpr std::array butterworth_qs{0.50979557910415918, 0.60134488693504529, 0.89997622313641571,
                                    2.5629154477415055};

/// Below that, both channels are the same; a room is heard about a drum's body from there on.
constexpr double lowest_spread_hz = 300;

double product(const Signal& a, const Signal& b, const Kernels& kernels) {
    return static_cast<double>(kernels.dot(a.data(), b.data(), static_cast<int>(a.size())));
}

/// Of two channels (1 + leaning) / (1 - leaning) is the ratio of their energies.
double leaning_of(double product, double mid, double side) noexcept {
    return mid + side > 0 ? 2 * product / (mid + side) : 0;
}

}  // namespace

void spread_treble_only(Signal& side, const Kernels& kernels) {
    for (const double q : butterworth_qs) {
        filter_in_place(side, high_pass(lowest_spread_hz, q), kernels);
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

MidSide as_left_right(MidSide sound, double width, const Kernels& kernels) {
    const auto frames = static_cast<int>(sound.mid.size());
    Signal right = sound.mid;
    kernels.add_scaled(right.data(), sound.side.data(), static_cast<float>(-width), frames);
    kernels.add_scaled(sound.mid.data(), sound.side.data(), static_cast<float>(width), frames);
    return {std::move(sound.mid), std::move(right)};
}

}  // namespace drumgen
