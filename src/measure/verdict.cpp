#include "measure/verdict.h"

#include <algorithm>
#include <span>

#include "base/math.h"
#include "base/units.h"

namespace drumgen {

namespace {

constexpr double true_peak_limit = 0.95;
constexpr double least_peak = 1e-6;  // -120 dB: nothing to be heard
constexpr double dc_limit = 1e-4;
constexpr double end_limit = 1e-3;
constexpr std::size_t end_samples = 64;
constexpr double end_s = 0.00145;  // 64 samples at 44.1 kHz
constexpr double longest_s = 8;
constexpr double least_fall_db = 60;
constexpr double window_s = 0.005;
constexpr double silent_fall_db = 200;

double magnitude(float x) noexcept {
    return static_cast<double>(x < 0 ? -x : x);
}

double loudest(std::span<const float> samples) noexcept {
    double peak = 0;
    for (const float sample : samples) {
        peak = std::max(peak, magnitude(sample));
    }
    return peak;
}

double energy(std::span<const float> samples) noexcept {
    double sum = 0;
    for (const float sample : samples) {
        sum += magnitude(sample) * magnitude(sample);
    }
    return sum;
}

}  // namespace

bool Judgement::passes() const noexcept {
    switch (bound) {
        case Bound::at_most:
            return measured <= limit;
        case Bound::below:
            return measured < limit;
        case Bound::at_least:
            break;
    }
    return measured >= limit;
}

std::string_view bound_word(Bound bound) {
    switch (bound) {
        case Bound::at_most:
            return "at most";
        case Bound::below:
            return "below";
        case Bound::at_least:
            break;
    }
    return "at least";
}

double fall_db(const Sound& sound) {
    const std::span<const float> samples = sound.samples;
    const auto window = std::min(
        samples.size(), static_cast<std::size_t>(math::ceil(window_s * sound.sample_rate_hz)));
    const std::size_t step = std::max<std::size_t>(1, window / 5);
    double most = 0;
    for (std::size_t at = 0; at + window <= samples.size(); at += step) {
        most = std::max(most, energy(samples.subspan(at, window)));
    }
    const double last = energy(samples.last(window));
    if (last <= 0) {
        return silent_fall_db;
    }
    most = std::max(most, last);
    return std::min(silent_fall_db, db_from_power(most / last));
}

std::size_t end_length(double rate_hz) {
    return std::min(end_samples, static_cast<std::size_t>(math::ceil(end_s * rate_hz)));
}

std::vector<Judgement> judge(const Sound& sound, const Features& features, bool length_is_asked) {
    const std::size_t frames = sound.frames();
    const std::size_t end = std::min(end_length(sound.sample_rate_hz), frames);
    const auto loudest_of = [&](std::size_t from, std::size_t count) {
        double most = 0;
        for (const Signal* const channel : {&sound.samples, &sound.right}) {
            if (!channel->empty()) {
                most = std::max(most, loudest(std::span(*channel).subspan(from, count)));
            }
        }
        return most;
    };
    const std::size_t one = std::min<std::size_t>(frames, 1);
    std::vector<Judgement> laws{
        {"peak", features.peak, Bound::at_least, least_peak},
        {"true peak", features.true_peak, Bound::at_most, true_peak_limit},
        {"dc", features.dc < 0 ? -features.dc : features.dc, Bound::at_most, dc_limit},
        {"first sample", loudest_of(0, one), Bound::at_most, 0},
        {"last sample", loudest_of(frames - one, one), Bound::at_most, 0},
        {end < std::min(end_samples, frames) ? "last 1.45 ms" : "last 64 samples",
         loudest_of(frames - end, end), Bound::below, end_limit},
        {"length in s", features.duration_s, Bound::at_most, longest_s},
    };
    // The longest length may cut a sound that still rings.
    if (!length_is_asked && features.duration_s < longest_s) {
        laws.push_back({"fall in dB", fall_db(mid_of(sound)), Bound::at_least, least_fall_db});
    }
    return laws;
}

}  // namespace drumgen
