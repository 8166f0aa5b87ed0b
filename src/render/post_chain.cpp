#include "render/post_chain.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/math.h"
#include "base/units.h"
#include "dsp/band_limit.h"
#include "dsp/context.h"
#include "dsp/peak_limiter.h"
#include "dsp/resampler.h"
#include "dsp/true_peak.h"
#include "render/level_curve.h"
#include "render/loudness.h"

namespace drumgen {

namespace {

constexpr double fade_in_s = 0.0001;      // long enough for a first sample of 0, too short to hear
constexpr double fade_out_s = 0.02;       // the last 64 samples are below 1e-3 whatever is cut
constexpr double natural_fade_s = 0.005;  // after the sound has fallen 60 dB
constexpr double least_length_s = 0.05;

/// Milliseconds over which the loudest and the end of a sound are sought.
constexpr std::size_t window = 5;

/// Energies of the windows that begin at each millisecond.
std::vector<float> window_energies(const LevelCurve& curve) {
    std::vector<float> sums;
    for (std::size_t k = 0; k < curve.energies.size(); ++k) {
        float sum = 0;
        for (std::size_t i = k; i < std::min(k + window, curve.energies.size()); ++i) {
            sum += curve.energies[i];
        }
        sums.push_back(sum);
    }
    return sums;
}

float largest(const std::vector<float>& energies) {
    float most = 0;
    for (const float energy : energies) {
        most = std::max(most, energy);
    }
    return most;
}

/// Frame from which every 5 ms are 60 dB below the loudest 5 ms.
std::int64_t natural_end(const LevelCurve& curve) {
    const std::vector<float> energies = window_energies(curve);
    const float loudest = largest(energies);
    std::size_t end = energies.size();
    while (end > 0 && energies[end - 1] <= loudest * 0.9e-6F) {
        --end;
    }
    return static_cast<std::int64_t>(end + window) * LevelCurve::step;
}

/// Centre of the sound's energy, seconds.
double energy_centre_s(const LevelCurve& curve) {
    double weighted = 0;
    double total = 0;
    double at = 0.5 * LevelCurve::step;
    for (const float energy : curve.energies) {
        weighted += at * static_cast<double>(energy);
        total += static_cast<double>(energy);
        at += LevelCurve::step;
    }
    return (total > 0 ? weighted / total : at) / stream_rate_hz;
}

/// How long a sound is and how it ends, at any rate.
struct Extent {
    double length_s = 0;
    double fade_out_s = 0;
    double energy_centre_s = 0;

    [[nodiscard]] std::int64_t frames(double rate_hz) const noexcept {
        return math::floor(length_s * rate_hz + 0.5);
    }
};

Extent extent_of(const Signal& sound, std::optional<double> duration_s, const Kernels& kernels) {
    const LevelCurve curve = measure_level(sound, kernels);
    Extent extent{0, fade_out_s, energy_centre_s(curve)};
    if (duration_s) {
        extent.length_s = *duration_s;
        return extent;
    }
    const auto end = static_cast<double>(natural_end(curve)) / stream_rate_hz + natural_fade_s;
    const double rendered = static_cast<double>(sound.size()) / stream_rate_hz;
    if (end <= rendered) {
        extent.fade_out_s = natural_fade_s;
    }
    extent.length_s = std::clamp(std::min(end, rendered), least_length_s, longest_s);
    return extent;
}

/// 0 to 1 with level ends. Source: the smoothstep of J. Perlin's noise, 1985.
double smooth(double x) noexcept {
    return x * x * (3 - 2 * x);
}

/// The fades at both ends of a sound. Their lengths are no whole numbers, so that they take the same
/// time at every rate.
struct Fades {
    std::int64_t frames;  ///< of the sound
    double in;            ///< frames
    double out;           ///< frames

    /// Frame at which the fade at the end begins.
    [[nodiscard]] std::int64_t out_from() const noexcept {
        return std::max<std::int64_t>(frames - math::ceil(out), 0);
    }

    /// Fades `count` samples that begin at frame `at`.
    void apply(float* block, std::int64_t at, int count) const noexcept {
        for (std::int64_t k = at; k < std::min(math::ceil(in), at + count); ++k) {
            block[k - at] *= static_cast<float>(smooth(static_cast<double>(k) / in));
        }
        apply_end(block, at, count);
    }

    /// The same at the end only.
    void apply_end(float* block, std::int64_t at, int count) const noexcept {
        for (std::int64_t k = std::max(at, out_from()); k < at + count; ++k) {
            const auto left = static_cast<double>(std::max<std::int64_t>(frames - 1 - k, 0));
            const double gain = smooth(std::min(left / out, 1.0));
            block[k - at] *= static_cast<float>(gain * gain);
        }
    }
};

/// Takes the DC out: subtracts a pulse t exp(-t / centre), faded out like the sound, of the same
/// sum. A high-pass that did the same within a sound's length would bend the pitch and the peaks of
/// a 30 Hz kick; the pulse holds nothing above a few Hz and dies before the sound does.
void remove_dc(float* sound, double centre, const Fades& fades, const Kernels& kernels) {
    alignas(64) float fall[block_frames];
    const int padded_frames = round_up_to_lanes(fades.frames);
    const auto rate = static_cast<float>(1 / centre);
    const auto pulse = [&](int at, int count) {
        kernels.decay(fall, count, static_cast<float>(at) * rate, rate, 1.0F, 0.0F);
    };
    // The pulse where it is faded is summed, what stands before it is a series.
    const auto fading = static_cast<int>(fades.out_from() / block_frames * block_frames);
    const double ratio = math::exp(-1 / centre);
    const double n = fading;
    double area = n < 1 ? 0
                        : ratio * (1 - math::exp(-(n - 1) / centre) * (n - (n - 1) * ratio)) /
                              ((1 - ratio) * (1 - ratio));
    const auto each_faded_block = [&](const auto& use) {
        for (int at = fading; at < padded_frames; at += block_frames) {
            const int count = std::min(block_frames, padded_frames - at);
            pulse(at, count);
            fades.apply_end(fall, at, count);
            use(at, count);
        }
    };
    each_faded_block([&](int at, int count) {
        alignas(64) float ramped[block_frames] = {};
        kernels.add_ramped(ramped, fall, static_cast<float>(at), 1.0F, count);
        area += static_cast<double>(kernels.sum(ramped, count));
    });
    if (area <= 0) {
        return;
    }
    const double amount = -static_cast<double>(kernels.sum(sound, padded_frames)) / area;
    const auto step = static_cast<float>(amount);
    const auto add = [&](int at, int count) {
        kernels.add_ramped(sound + at, fall, static_cast<float>(amount * at), step, count);
    };
    const double over = -math::log(1e-7) * centre;  // from there on the exponential is 0
    for (int at = 0; at < fading && at < over; at += block_frames) {
        pulse(at, block_frames);
        add(at, block_frames);
    }
    if (padded_frames > fading && fading < over) {
        each_faded_block(add);
    }
}

}  // namespace

double velocity_gain(double velocity) noexcept {
    const double x = 0.1 + 0.9 * velocity;
    return x * math::sqrt(x);
}

void turn_down(Sound& sound, double gain_db) noexcept {
    const auto gain = static_cast<float>(gain_from_db(gain_db));
    for (Signal* const channel : {&sound.samples, &sound.right}) {
        for (float& sample : *channel) {
            sample *= gain;
        }
    }
}

namespace {

/// Gives a sound its length and its fades. Behind its frames stand zeros, up to a multiple of
/// lane_count and then what the meter of true peaks needs.
Fades cut(Signal& sound, double rate_hz, const Extent& extent) {
    const std::int64_t frames = extent.frames(rate_hz);
    const Fades fades{frames, fade_in_s * rate_hz, extent.fade_out_s * rate_hz};
    const std::int64_t kept = std::min(frames, static_cast<std::int64_t>(sound.size()));
    const int padded_frames = round_up_to_lanes(frames);
    sound.resize(static_cast<std::size_t>(padded_frames + true_peak_margin));
    float* const samples = sound.data();
    std::fill(samples + kept, samples + padded_frames + true_peak_margin, 0.0F);
    fades.apply(samples, 0, padded_frames);
    return fades;
}

/// The same, and takes its DC out.
void shape(Signal& sound, double rate_hz, const Extent& extent, const Kernels& kernels) {
    const Fades fades = cut(sound, rate_hz, extent);
    // A decay that fits the file is over after 13 of its energy's centres; whatever ends sooner
    // takes the pulse with it.
    const double centre =
        std::min(extent.energy_centre_s * rate_hz, static_cast<double>(fades.frames) / 13);
    remove_dc(sound.data(), centre, fades, kernels);
}

/// RMS of the loudest 5 ms of a sound at stream_rate_hz, from millisecond to millisecond.
double loudest_rms(const Signal& sound, const Kernels& kernels) {
    const float loudest = largest(window_energies(measure_level(sound, kernels)));
    return math::sqrt(static_cast<double>(loudest) / (window * LevelCurve::step));
}

/// What a shaped sound has to be multiplied by.
struct LevelGain {
    double gain = 1;    ///< keeps the true peak under the ceiling
    double wanted = 1;  ///< what the level asks for

    /// Part of what is asked for that is reached.
    [[nodiscard]] double reached() const noexcept { return gain / wanted; }
};

double gain_to_ceiling(double peak) noexcept {
    return peak > 0 ? true_peak_ceiling / peak : 1;
}

double peak_of(const Signal& shaped, std::int64_t frames, Bandwidth bandwidth,
               const Kernels& kernels) {
    return static_cast<double>(true_peak(shaped.data(), frames, bandwidth, kernels));
}

/// Of one channel at stream_rate_hz.
LevelGain level_gain(const Signal& shaped, const Extent& extent, const PostChain& chain,
                     const Kernels& kernels) {
    if (chain.level == Level::none) {
        return {chain.velocity_gain, chain.velocity_gain};
    }
    const double to_ceiling = gain_to_ceiling(
        peak_of(shaped, extent.frames(stream_rate_hz), Bandwidth::limited, kernels));
    double wanted = to_ceiling;
    if (chain.hardest) {
        // By what is heard, as the peak of a softer hit may stand out by less or by more.
        const double rms = loudest_rms(shaped, kernels);
        wanted = rms > 0 ? chain.hardest->level * chain.velocity_gain / rms : 1;
    } else if (chain.level == Level::loudness) {
        const double measured_lufs = loudness_lufs(shaped, stream_rate_hz);
        wanted = gain_from_db(chain.loudness_target_lufs - measured_lufs);
    }
    return {std::min(to_ceiling, wanted), wanted};
}

/// Of the one channel, or of left and right.
double peak_of(const MidSide& left_right, std::int64_t frames, Bandwidth bandwidth,
               const Kernels& kernels) {
    if (!left_right.is_stereo()) {
        return peak_of(left_right.mid, frames, bandwidth, kernels);
    }
    const float left = true_peak(left_right.mid.data(), frames, bandwidth, kernels);
    return static_cast<double>(true_peak(left_right.side.data(), frames, bandwidth, kernels, left));
}

/// Returns the peak before, at least `peak`.
float limit_band(Signal& sound, float peak, const PostChain& chain, const Kernels& kernels) {
    if (chain.is_draft && chain.sample_rate_hz == stream_rate_hz) {
        return band_limit_roughly(sound, kernels, peak);
    }
    return band_limit(sound, chain.sample_rate_hz, kernels, peak);
}

/// The length of a sound and the band of the whole of it.
Extent limit(MidSide& sound, const PostChain& chain, const Kernels& kernels) {
    const float peak = limit_band(sound.mid, 0, chain, kernels);
    if (sound.is_stereo()) {
        (void)limit_band(sound.side, peak, chain, kernels);
        balance(sound, kernels);
    }
    return extent_of(sound.mid, chain.duration_s, kernels);
}

/// How two channels were made of a middle and a side.
struct Spreading {
    double width = 0;  ///< what the side was taken by
    double gain = 1;   ///< of both channels
};

/// Turns shaped signals at stream_rate_hz into left and right, in their places.
///   mid_gain   of the middle as one channel, where there is a harder hit
Spreading spread(MidSide& shaped, const Extent& extent, double mid_gain, const PostChain& chain,
                 const Kernels& kernels) {
    const std::int64_t frames = extent.frames(stream_rate_hz);
    Spreading spreading{chain.width * most_of_side(shaped, kernels), chain.velocity_gain};
    if (chain.hardest) {
        spreading.gain = mid_gain * chain.hardest->stereo_gain;
        const double most = true_peak_ceiling / spreading.gain;
        const double middle = peak_of(shaped.mid, frames, Bandwidth::limited, kernels);
        to_left_right(shaped, spreading.width, kernels);
        const double peak = peak_of(shaped, frames, Bandwidth::limited, kernels);
        if (peak > most) {
            // A peak of the middle and a part of the side is at most that part on the way from the
            // middle's peak to that of both.
            const double part = std::max(0.0, (most - middle) / (peak - middle));
            narrow(shaped, part);
            spreading.width *= part;
        }
        return spreading;
    }
    to_left_right(shaped, spreading.width, kernels);
    if (chain.level == Level::none) {
        return spreading;
    }
    const double peak = peak_of(shaped, frames, Bandwidth::limited, kernels);
    spreading.gain = gain_to_ceiling(peak);
    if (chain.level == Level::loudness) {
        const double measured_lufs = loudness_lufs(shaped.mid, shaped.side, stream_rate_hz);
        spreading.gain =
            std::min(spreading.gain, gain_from_db(chain.loudness_target_lufs - measured_lufs));
    }
    return spreading;
}

/// Brings a channel to its level and length.
void scale_channel(Signal& channel, double gain, std::int64_t frames, const Kernels& kernels) {
    kernels.scale(channel.data(), channel.data(), static_cast<float>(gain),
                  round_up_to_lanes(frames));
    channel.resize(static_cast<std::size_t>(frames));
}

/// The gain with which a sound at a low rate stays under the ceiling, too: what takes the treble away
/// there softens the first frames, too, where a peak may stand: the fade of 0.1 ms is less than a
/// frame.
double gain_at_low_rate(double gain, double peak, const PostChain& chain) noexcept {
    const bool is_up_to_it = chain.level == Level::true_peak && !chain.hardest;
    const double to_ceiling = gain_to_ceiling(peak);
    return is_up_to_it ? to_ceiling : std::min(gain, to_ceiling);
}

}  // namespace

Strike strike_of(MidSide sound, const PostChain& chain, const Kernels& kernels) {
    const Extent extent = limit(sound, chain, kernels);
    shape(sound.mid, stream_rate_hz, extent, kernels);
    // A hit that stands still on one side for 5 ms, as deep noise FM may, has up to 0.94; a softer one
    // that moves can't follow. A sine at the ceiling has 0.67.
    constexpr double most = 0.8;
    const double gain = level_gain(sound.mid, extent, chain, kernels).gain;
    Strike strike{std::min(gain * loudest_rms(sound.mid, kernels), most), 1};
    if (sound.is_stereo()) {
        (void)cut(sound.side, stream_rate_hz, extent);
        strike.stereo_gain = spread(sound, extent, gain, chain, kernels).gain / gain;
    }
    return strike;
}

Sound finish(MidSide sound, const PostChain& chain, const Kernels& kernels) {
    const Extent extent = limit(sound, chain, kernels);
    const double rate_hz = chain.sample_rate_hz;
    const std::int64_t frames = extent.frames(rate_hz);
    const bool is_resampled = rate_hz != stream_rate_hz;
    const bool is_stereo = sound.is_stereo();
    // In place where it can be: fresh memory costs a page fault for every 1000 samples.
    MidSide unshaped{chain.hardest || is_resampled ? sound.mid : Signal(),
                     is_stereo && is_resampled ? sound.side : Signal()};
    shape(sound.mid, stream_rate_hz, extent, kernels);
    // That of the hardest hit's two channels is not the middle's.
    LevelGain level;
    if (!is_stereo || chain.hardest) {
        level = level_gain(sound.mid, extent, chain, kernels);
    }
    // A softer hit whose peak stands out more would be turned down below a yet softer one. What was
    // limited is turned up again for its level, so one round is not always enough; and a round that
    // makes nothing louder, as the limited sound stands out again without its DC, is not taken.
    for (int round = 0; round < 4 && chain.hardest && level.gain < level.wanted; ++round) {
        Signal limited = unshaped.mid;
        limit_peaks(limited, static_cast<float>(0.999 * true_peak_ceiling / level.wanted));
        Signal shaped = limited;
        shape(shaped, stream_rate_hz, extent, kernels);
        const LevelGain after = level_gain(shaped, extent, chain, kernels);
        if (after.reached() <= level.reached()) {
            break;
        }
        level = after;
        sound.mid = std::move(shaped);
        unshaped.mid = std::move(limited);
    }
    Spreading spreading{0, level.gain};
    if (is_stereo) {
        (void)cut(sound.side, stream_rate_hz, extent);
        spreading = spread(sound, extent, level.gain, chain, kernels);
    }
    if (is_resampled) {
        sound.mid = at_output_rate(std::move(unshaped.mid), rate_hz, frames, kernels);
        shape(sound.mid, rate_hz, extent, kernels);
        if (is_stereo) {
            sound.side = at_output_rate(std::move(unshaped.side), rate_hz, frames, kernels);
            (void)cut(sound.side, rate_hz, extent);
            spreading.width = std::min(spreading.width, chain.width * most_of_side(sound, kernels));
            to_left_right(sound, spreading.width, kernels);
        }
    }
    if (rate_hz < whole_band_rate_hz && chain.level != Level::none) {
        const double peak = peak_of(sound, frames, Bandwidth::any, kernels);
        spreading.gain = gain_at_low_rate(spreading.gain, peak, chain);
    }
    Sound finished{std::move(sound.mid), rate_hz, std::move(sound.side)};
    scale_channel(finished.samples, spreading.gain, frames, kernels);
    if (is_stereo) {
        scale_channel(finished.right, spreading.gain, frames, kernels);
    }
    if (chain.gain_db) {
        turn_down(finished, *chain.gain_db);
    }
    return finished;
}

}  // namespace drumgen
