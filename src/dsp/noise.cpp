#include "dsp/noise.h"

#include <algorithm>

#include "base/math.h"

namespace drumgen {

namespace {

constexpr int spline_taps = 6;
/// Zeros before the walk, so that a block may begin before time 0.
constexpr int lead = block_frames + 8;
/// The walk's first step stands this far from time 0, where the spline then starts from 0.
constexpr int onset = 4;

/// Quintic B-spline weights for the six neighbours of a point `x` past the third of them, 0 <= x < 1.
/// Source: the uniform B-spline recursion (de Boor) written out.
void spline_weights(double x, float* weight) noexcept {
    const double y = 1 - x;
    const auto fifth = [](double v) { return v * v * v * v * v; };
    const double a = fifth(y);
    const double b = fifth(1 + y);
    const double c = fifth(2 + y);
    const double d = fifth(x);
    const double e = fifth(1 + x);
    const double f = fifth(2 + x);
    weight[0] = static_cast<float>(a / 120);
    weight[1] = static_cast<float>((b - 6 * a) / 120);
    weight[2] = static_cast<float>((c - 6 * b + 15 * a) / 120);
    weight[3] = static_cast<float>((f - 6 * e + 15 * d) / 120);
    weight[4] = static_cast<float>((e - 6 * d) / 120);
    weight[5] = static_cast<float>(d / 120);
}

}  // namespace

PhaseNoise::PhaseNoise(RandomStream stream, double deviation_hz, double tau_s, std::int64_t frames,
                       const Kernels& kernels) {
    constexpr double least_hz = 0.1;
    if (deviation_hz <= least_hz) {
        return;
    }
    const double until_s = tau_s * math::log(deviation_hz / least_hz);
    const int steps = round_up_to_lanes(std::min(frames, math::ceil(until_s * stream_rate_hz)));
    walk_.resize(static_cast<std::size_t>(lead + onset + steps + 2 * block_frames));
    std::fill_n(walk_.begin(), lead + onset, 0.0F);
    alignas(64) float noise[block_frames];
    alignas(64) float deviation[block_frames];
    std::int32_t total = 0;
    for (int at = 0; at < steps; at += block_frames) {
        const int count = std::min(block_frames, steps - at);
        kernels.noise(noise, stream, static_cast<std::uint32_t>(at), count);
        const double rate = 1 / (tau_s * stream_rate_hz);
        kernels.decay(deviation, count, static_cast<float>(at * rate), static_cast<float>(rate),
                      static_cast<float>(deviation_hz / stream_rate_hz), 0.0F);
        kernels.multiply(noise, noise, deviation, count);
        kernels.walk(walk_.data() + lead + onset + at, noise, &total, count);
    }
    const auto end = walk_.begin() + lead + onset + steps;
    std::fill(end, walk_.end(), end[-1]);
    last_ = lead + onset + steps;
}

void PhaseNoise::add_to(float* phase, double start_s, int frames,
                        const Kernels& kernels) const noexcept {
    const double at = start_s * stream_rate_hz;
    const std::int64_t whole = math::floor(at);
    float weight[spline_taps];
    spline_weights(at - static_cast<double>(whole), weight);
    // The third neighbour stands at `whole`; before the lead all is 0, from last_ on constant.
    const std::int64_t first = std::clamp<std::int64_t>(whole - 2 + lead, 0, last_);
    alignas(64) float added[block_frames];
    const CorrelateRun run{walk_.data() + first, weight, spline_taps};
    kernels.correlate(added, &run, 1, frames);
    kernels.add(phase, added, frames);
}

}  // namespace drumgen
