#include "measure/pitch.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/math.h"

namespace drumgen {

namespace {

constexpr double slow_rate_hz = 8000;  // at least; 500 Hz then has 16 samples in a period
constexpr double frame_s =
    2 / lowest_pitch_hz;  // a lag of the longest period, and as much to see it
constexpr int frames_tried = 12;
// Found with tones under noise and with the samples of a TR-808: noise stays below 0.7.
constexpr double least_clarity = 0.72;
constexpr double least_band_share =
    0.1;  // of the energy, in the band of the pitch; white noise: 0.04
constexpr double least_fundamental_share = 0.1;
constexpr double agreement = 0.2;  // of two neighbouring frames; a pitch may still fall
// Long enough to keep a second tone half an octave away out, short enough for a falling pitch.
constexpr double phase_periods = 5;

using Samples = std::span<const double>;

/// A stretch of the sound at a lower rate, its highs removed.
struct Slow {
    std::vector<double> samples;
    double rate_hz = slow_rate_hz;
    double share = 0;  ///< of the stretch's energy
};

/// A low-pass of raised cosine shape, -6 dB at an eighth of the slow rate, and every n-th sample.
Slow slowed(const Sound& sound, double from_s, double to_s, double dc) {
    const double rate_hz = sound.sample_rate_hz;
    const auto step = std::max<std::int64_t>(1, math::floor(rate_hz / slow_rate_hz));
    const auto frames = static_cast<std::int64_t>(sound.samples.size());
    const std::int64_t from = std::clamp<std::int64_t>(math::floor(from_s * rate_hz), 0, frames);
    const std::int64_t to = std::clamp<std::int64_t>(math::floor(to_s * rate_hz), from, frames);
    const std::int64_t reach = 4 * step;
    std::vector<double> taps;
    for (std::int64_t k = 1 - reach; k < reach; ++k) {
        const double cycles = 0.5 * static_cast<double>(k) / static_cast<double>(reach);
        taps.push_back((0.5 + 0.5 * math::cos_cycles(cycles)) / static_cast<double>(reach));
    }
    const auto at = [&](std::int64_t k) {
        return static_cast<double>(sound.samples[static_cast<std::size_t>(k)]) - dc;
    };
    Slow slow;
    slow.rate_hz = rate_hz / static_cast<double>(step);
    double all = 0;
    for (std::int64_t k = from; k < to; ++k) {
        all += at(k) * at(k);
    }
    double kept = 0;
    for (std::int64_t centre = from; centre < to; centre += step) {
        double sum = 0;
        const std::int64_t first = std::max<std::int64_t>(0, centre + 1 - reach);
        const std::int64_t last = std::min(frames, centre + reach);
        for (std::int64_t k = first; k < last; ++k) {
            sum += taps[static_cast<std::size_t>(k - centre + reach - 1)] * at(k);
        }
        kept += sum * sum * static_cast<double>(step);
        slow.samples.push_back(sum);
    }
    slow.share = all > 0 ? kept / all : 0;
    return slow;
}

/// Sum of products. Four sums, so that the CPU need not wait for one.
double product(const double* a, const double* b, std::size_t count) {
    double sums[4]{};
    std::size_t k = 0;
    for (; k + 4 <= count; k += 4) {
        for (std::size_t lane = 0; lane < 4; ++lane) {
            sums[lane] += a[k + lane] * b[k + lane];
        }
    }
    for (; k < count; ++k) {
        sums[0] += a[k] * b[k];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// How like itself the frame is at each lag up to half of it: 1 when it repeats exactly.
std::vector<double> likeness(Samples frame) {
    const std::size_t half = frame.size() / 2;
    std::vector<double> curve(half + 1);
    const double still = product(frame.data(), frame.data(), half);
    double moved = still;
    for (std::size_t lag = 0; lag <= half; ++lag) {
        const double both = product(frame.data(), frame.data() + lag, half);
        curve[lag] = still + moved > 0 ? 2 * both / (still + moved) : 0;
        if (lag < half) {
            moved += frame[lag + half] * frame[lag + half] - frame[lag] * frame[lag];
        }
    }
    return curve;
}

/// The period of a frame in samples, if it has a clear one: the first lag that is nearly as good as
/// the best, since all its multiples are good too.
std::optional<double> period_of(Samples frame, double shortest) {
    const std::vector<double> curve = likeness(frame);
    std::size_t lag = 1;
    while (lag < curve.size() && curve[lag] > 0) {
        ++lag;
    }
    std::vector<std::size_t> peaks;
    double best = least_clarity;
    for (; lag + 1 < curve.size(); ++lag) {
        if (static_cast<double>(lag) >= shortest && curve[lag] >= curve[lag - 1] &&
            curve[lag] > curve[lag + 1]) {
            peaks.push_back(lag);
            best = std::max(best, curve[lag]);
        }
    }
    constexpr double nearly = 0.9;
    for (const std::size_t peak : peaks) {
        if (curve[peak] >= std::max(least_clarity, nearly * best)) {
            const double bend = curve[peak - 1] - 2 * curve[peak] + curve[peak + 1];
            const double skew = 0.5 * (curve[peak - 1] - curve[peak + 1]);
            return static_cast<double>(peak) + (bend != 0 ? skew / bend : 0);
        }
    }
    return std::nullopt;
}

/// Cosine and sine of an angle that grows by the same step; after the few thousand steps of a
/// window they are off by less than 1e-12.
struct Turning {
    double cos;
    double sin;
    double step_cos;
    double step_sin;

    Turning(double cycles, double step_cycles)
        : cos(math::cos_cycles(cycles)),
          sin(math::sin_cycles(cycles)),
          step_cos(math::cos_cycles(step_cycles)),
          step_sin(math::sin_cycles(step_cycles)) {}

    void step() noexcept {
        const double next = cos * step_cos - sin * step_sin;
        sin = sin * step_cos + cos * step_sin;
        cos = next;
    }
};

/// One partial in a raised cosine window.
struct Partial {
    double re = 0;
    double im = 0;
    double share = 0;  ///< of the window's energy
};

Partial partial(Samples window, double cycles_per_sample, double start) {
    const auto size = static_cast<double>(window.size());
    Partial found;
    double energy = 0;
    double weight = 0;
    Turning fade(0.5 / size, 1 / size);
    Turning tone(start * cycles_per_sample, cycles_per_sample);
    for (std::size_t k = 0; k < window.size(); ++k, fade.step(), tone.step()) {
        const double gain = 0.5 - 0.5 * fade.cos;
        found.re += gain * window[k] * tone.cos;
        found.im -= gain * window[k] * tone.sin;
        energy += gain * window[k] * window[k];
        weight += gain;
    }
    const double power = 2 * (found.re * found.re + found.im * found.im);
    found.share = energy > 0 ? power / weight / energy : 0;
    return found;
}

/// Turns a period into the pitch of the fundamental at the end of the samples: two windows a period
/// apart tell by how much its phase runs ahead. 0 when there is hardly any fundamental.
double refined_cycles(Samples samples, double period) {
    const auto hop = static_cast<std::size_t>(math::floor(period + 0.5));
    const auto wanted = static_cast<std::size_t>(math::floor(phase_periods * period));
    double cycles = 1 / period;
    if (samples.size() < 3 * hop) {
        return cycles;
    }
    const std::size_t size = std::min(wanted, samples.size() - hop);
    const Samples late = samples.last(size);
    const Samples early = samples.last(size + hop).first(size);
    for (int round = 0; round < 3; ++round) {
        const Partial a = partial(early, cycles, 0);
        const Partial b = partial(late, cycles, static_cast<double>(hop));
        if (b.share < least_fundamental_share) {
            return 0;
        }
        const double along = a.re * b.re + a.im * b.im;
        const double across = a.re * b.im - a.im * b.re;
        if (along <= 0) {
            return 1 / period;
        }
        const double slope = across / along;
        // The arc tangent, near enough for rounds that shrink the slope.
        const double ahead = slope / (1 + 0.28 * slope * slope) / (2 * math::pi);
        cycles += ahead / static_cast<double>(hop);
    }
    return cycles;
}

}  // namespace

double settled_pitch_hz(const Sound& sound, double from_s, double to_s, double dc) {
    const Slow slow = slowed(sound, from_s, to_s, dc);
    const Samples all = slow.samples;
    const std::size_t frame =
        std::min(all.size(), static_cast<std::size_t>(math::ceil(frame_s * slow.rate_hz)));
    const double shortest = slow.rate_hz / highest_pitch_hz;
    if (slow.share < least_band_share || static_cast<double>(frame) < 4 * shortest) {
        return 0;
    }
    // From the end: the first two neighbours that agree.
    std::optional<double> later;
    std::size_t later_end = 0;
    for (std::size_t k = 0; k < frames_tried; ++k) {
        const std::size_t end = all.size() - (all.size() - frame) * k / (frames_tried - 1);
        const std::optional<double> period = period_of(all.subspan(end - frame, frame), shortest);
        if (later && period) {
            const double ratio = *period / *later;
            if (ratio > 1 - agreement && ratio < 1 + agreement) {
                const double hz = refined_cycles(all.first(later_end), *later) * slow.rate_hz;
                if (hz >= lowest_pitch_hz && hz <= highest_pitch_hz) {
                    return hz;
                }
            }
        }
        later = period;
        later_end = end;
    }
    return 0;
}

}  // namespace drumgen
