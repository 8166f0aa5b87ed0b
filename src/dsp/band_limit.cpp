#include "dsp/band_limit.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"

namespace drumgen {

namespace {

// Of an output that has the whole band.
constexpr double pass_hz = 17600;
constexpr double stop_hz = 20286;  // 0.46 of 44.1 kHz
constexpr double attenuation_db = 54;

/// Frames that are filtered at once.
constexpr int chunk = 256;

/// A stretch whose treble is this much below the sound's peak stays as it is: the filter would leave
/// as much.
constexpr float little = 1e-3F;

/// Second difference of a sine at pass_hz, by its amplitude, from below.
constexpr double bend_at_pass_hz = 3.3;

struct LowPass {
    std::vector<float> weights;
    float bend_of_treble;  ///< as bend_at_pass_hz, of the scaled edge

    /// Edges of the band in Hz, and how far down the second is.
    LowPass(double from_hz, double to_hz, double down_db) {
        const double pass = from_hz / stream_rate_hz;
        const double stop = to_hz / stream_rate_hz;
        const std::vector<double> exact = design_low_pass(pass, stop, down_db);
        weights.assign(exact.begin(), exact.end());
        const double sines =
            math::sin_cycles(pass / 2) / math::sin_cycles(pass_hz / stream_rate_hz / 2);
        bend_of_treble = static_cast<float>(bend_at_pass_hz * sines * sines);
    }
};

/// Made when it is first asked for.
const LowPass& low_pass_for(double rate_hz) {
    static std::mutex mutex;
    static std::map<double, LowPass> filters;
    const double scale = std::min(rate_hz / whole_band_rate_hz, 1.0);
    const std::lock_guard lock(mutex);
    return filters.try_emplace(scale, scale * pass_hz, scale * stop_hz, attenuation_db)
        .first->second;
}

float limit(Signal& sound, const LowPass& filter, const Kernels& kernels, float peak) {
    const std::vector<float>& weights = filter.weights;
    const auto half = static_cast<std::ptrdiff_t>(weights.size() / 2);
    const auto size = static_cast<std::ptrdiff_t>(sound.size());
    // How far each chunk bends, but for the ends, which have no neighbours. A sound begins with its
    // treble, so the first is taken to bend.
    Signal bends;
    for (std::ptrdiff_t at = 0; at < size; at += chunk) {
        const std::ptrdiff_t from = at == 0 ? lane_count : at;
        const std::ptrdiff_t to = std::min<std::ptrdiff_t>(at + chunk, size - lane_count);
        float bend = 0;
        if (from < to) {
            peak = std::max(peak, kernels.peak_and_bend(sound.data() + from,
                                                        static_cast<int>(to - from), &bend));
        }
        bends.push_back(bend);
    }
    const float calm = little * filter.bend_of_treble * peak;
    const auto is_calm = [&](std::size_t index) {
        const float behind = index + 1 == bends.size() ? 0 : bends[index + 1];
        return index > 0 && std::max({bends[index - 1], bends[index], behind}) <= calm;
    };

    // What stands before a chunk may have been overwritten, so it is kept here.
    Signal buffer(static_cast<std::size_t>(chunk + 2 * half), 0.0F);
    Signal before(static_cast<std::size_t>(half), 0.0F);
    bool is_overwritten = false;
    for (std::size_t index = 0; index < bends.size(); ++index) {
        const auto at = static_cast<std::ptrdiff_t>(index) * chunk;
        if (is_calm(index)) {
            is_overwritten = false;
            continue;
        }
        const std::ptrdiff_t count = std::min<std::ptrdiff_t>(chunk, size - at);
        const std::ptrdiff_t to = std::min(size, at + count + half);
        if (at == 0 || is_overwritten) {
            std::copy(before.begin(), before.end(), buffer.begin());
        } else {
            std::copy_n(sound.begin() + at - half, half, buffer.begin());
        }
        const auto filled =
            std::copy(sound.begin() + at, sound.begin() + to, buffer.begin() + half);
        std::fill(filled, buffer.end(), 0.0F);
        std::copy_n(buffer.begin() + count, half, before.begin());
        const CorrelateRun run{buffer.data(), weights.data(), static_cast<int>(weights.size())};
        kernels.correlate(sound.data() + at, &run, 1, static_cast<int>(count));
        is_overwritten = true;
    }
    return peak;
}

}  // namespace

float band_limit(Signal& sound, double rate_hz, const Kernels& kernels, float peak) {
    return limit(sound, low_pass_for(rate_hz), kernels, peak);
}

float band_limit_roughly(Signal& sound, const Kernels& kernels, float peak) {
    static const LowPass filter(16800, 22400, 36);
    return limit(sound, filter, kernels, peak);
}

}  // namespace drumgen
