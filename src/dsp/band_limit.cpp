#include "dsp/band_limit.h"

#include <algorithm>
#include <vector>

#include "dsp/fir_design.h"

namespace drumgen {

namespace {

constexpr double pass_hz = 17600;
constexpr double stop_hz = 20286;  // 0.46 of 44.1 kHz
constexpr double attenuation_db = 54;

/// Frames that are filtered at once.
constexpr int chunk = 256;

/// Second difference of a sine at pass_hz, by its amplitude, from below.
constexpr float bend_of_treble = 3.3F;

/// A stretch whose treble is this much below the sound's peak stays as it is: the filter would leave
/// as much.
constexpr float little = 1e-3F;

}  // namespace

void band_limit(Signal& sound, const Kernels& kernels) {
    static const std::vector<float> weights = [] {
        const auto exact =
            design_low_pass(pass_hz / stream_rate_hz, stop_hz / stream_rate_hz, attenuation_db);
        return std::vector<float>(exact.begin(), exact.end());
    }();
    static const auto half = static_cast<std::ptrdiff_t>(weights.size() / 2);
    const auto size = static_cast<std::ptrdiff_t>(sound.size());
    // How far each chunk bends, but for the ends, which have no neighbours. A sound begins with its
    // treble, so the first is taken to bend.
    Signal bends;
    float peak = 0;
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
    const float calm = little * bend_of_treble * peak;
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
}

}  // namespace drumgen
