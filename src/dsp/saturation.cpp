#include "dsp/saturation.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"
#include "dsp/oversample.h"

namespace drumgen {

namespace {

constexpr double stop_band_db = 104;
constexpr double good_stop_band_db = 76;
constexpr double kept_khz = 20;
constexpr int most_streams = 32;
constexpr int decimator_reach = 48;  // frames beyond a stretch that decimation reads
/// Frames that are worked on at once, so that all streams stay in the first caches.
constexpr std::int64_t stretch = 2048;

/// The value halfway between two samples at `streams` times stream_rate_hz, of a signal that ends at
/// 28 kHz, the first image of 20 kHz.
class HalfwayFilter {
public:
    HalfwayFilter(int streams, double attenuation_db) {
        const double rate_khz = 48.0 * streams;
        const double pass_khz = streams == 1 ? kept_khz : 48 - kept_khz;
        const double width = (rate_khz - 2 * pass_khz) / (2 * rate_khz);
        // The formula counts samples of the doubled rate.
        half_ = static_cast<int>(math::ceil(kaiser_half_length(attenuation_db, width) / 2));
        const WindowedSinc sinc(0.5, half_, kaiser_beta(attenuation_db));
        for (int k = 0; k < 2 * half_; ++k) {
            all_.push_back(sinc(k - half_ + 0.5));
        }
    }

    /// Number of samples before and after.
    [[nodiscard]] int half() const noexcept { return half_; }
    [[nodiscard]] double weight(int k) const noexcept { return all_[static_cast<std::size_t>(k)]; }

private:
    int half_ = 0;
    std::vector<double> all_;
};

/// A halfway filter cut up for interleaved streams.
class Doubler {
public:
    explicit Doubler(int streams, double attenuation_db = stop_band_db) : streams_(streams) {
        const HalfwayFilter filter(streams, attenuation_db);
        for (int s = 0; s < streams; ++s) {
            // The samples around the place between s and s + 1 stand at s + 1 - half .. s + half.
            for (int input = 0; input < streams; ++input) {
                Part part{s, input, 0, {}};
                for (int k = 0; k < 2 * filter.half(); ++k) {
                    const int at = s + 1 - filter.half() + k;
                    const int frame = (at + streams * 64) / streams - 64;
                    if (at - frame * streams != input) {
                        continue;
                    }
                    if (part.weights.empty()) {
                        part.ahead = frame;
                    }
                    part.weights.push_back(static_cast<float>(filter.weight(k)));
                }
                if (!part.weights.empty()) {
                    parts_.push_back(std::move(part));
                }
            }
        }
    }

    void apply(const float* const* streams, std::int64_t from, std::int64_t to, float* const* out,
               const Kernels& kernels) const {
        std::array<CorrelateRun, most_streams> runs{};
        for (int s = 0; s < streams_; ++s) {
            int count = 0;
            for (const Part& part : parts_) {
                if (part.output == s) {
                    runs[static_cast<std::size_t>(count++)] = {
                        streams[part.input] + from + part.ahead, part.weights.data(),
                        static_cast<int>(part.weights.size())};
                }
            }
            kernels.correlate(out[2 * s + 1] + from, runs.data(), count,
                              static_cast<int>(to - from));
        }
    }

private:
    struct Part {
        int output;
        int input;
        int ahead;
        std::vector<float> weights;
    };

    int streams_;
    std::vector<Part> parts_;
};

const Doubler& doubler(int streams) {
    static const Doubler one(1);
    static const Doubler two(2);
    static const Doubler four(4);
    static const Doubler eight(8);
    return streams == 1 ? one : streams == 2 ? two : streams == 4 ? four : eight;
}

/// For 2 streams of which not all is asked for.
const Doubler& good_doubler() {
    static const Doubler one(1, good_stop_band_db);
    return one;
}

/// Streams of a signal, from frame -decimator_reach to frame frames + decimator_reach.
Streams interpolated(const float* in, int frames, int count, double attenuation_db,
                     const Kernels& kernels) {
    Streams fine(count, frames);
    std::copy(in - Streams::margin, in + frames + Streams::margin,
              fine.stream(0) - Streams::margin);
    for (int made = 1; made < count; made *= 2) {
        std::array<const float*, most_streams> source{};
        std::array<float*, most_streams> target{};
        const int apart = count / made;
        for (int s = 0; s < made; ++s) {
            const auto at = static_cast<std::size_t>(s);
            source[at] = made == 1 ? in : fine.stream(s * apart);
            target[2 * at] = fine.stream(s * apart);
            target[2 * at + 1] = fine.stream(s * apart + apart / 2);
        }
        // The next doubling reaches beyond what it makes.
        const int wide = made == 1 ? Streams::margin : decimator_reach;
        const Doubler& used =
            count == 2 && attenuation_db <= good_stop_band_db ? good_doubler() : doubler(made);
        used.apply(source.data(), -wide, frames + wide, target.data(), kernels);
    }
    return fine;
}

/// Two streams to one: flat to 20 kHz, stops from 24 kHz on.
class Halver {
public:
    explicit Halver(double attenuation) {
        const std::vector<double> weights = design_low_pass(20.0 / 96, 24.0 / 96, attenuation);
        half_ = static_cast<int>(weights.size() / 2);
        // Even distances from the middle fall on the first stream.
        for (int k = -half_; k <= half_; ++k) {
            auto& part = k % 2 == 0 ? on_ : between_;
            part.push_back(static_cast<float>(weights[static_cast<std::size_t>(k + half_)]));
        }
    }

    void apply(const Streams& fine, float* out, std::int64_t frames, const Kernels& kernels) const {
        const int even = half_ / 2;
        const int odd = (half_ + 1) / 2;  // the first half frame stands before frame -odd + 1
        const CorrelateRun runs[] = {
            {fine.stream(0) - even, on_.data(), static_cast<int>(on_.size())},
            {fine.stream(1) - odd, between_.data(), static_cast<int>(between_.size())}};
        kernels.correlate(out, runs, 2, static_cast<int>(frames));
    }

private:
    int half_ = 0;
    std::vector<float> on_;
    std::vector<float> between_;
};

const Halver& halver(double attenuation) {
    static const Halver fine(stop_band_db);
    static const Halver good(good_stop_band_db);
    static const Halver plain(52);
    return attenuation > good_stop_band_db ? fine : attenuation > 52 ? good : plain;
}

}  // namespace

void saturate(const float* in, float* out, std::int64_t frames, double drive,
              std::span<const SaturationStretch> stretches, const Kernels& kernels) {
    const auto bend = static_cast<float>(drive);
    std::int64_t begun = 0;
    for (const auto& [until, streams, attenuation] : stretches) {
        const std::int64_t end = std::min(until, frames);
        for (std::int64_t at = begun; at < end; at += stretch) {
            const auto count = static_cast<int>(std::min(stretch, end - at));
            if (streams == 1) {
                kernels.tanh_drive(out + at, in + at, bend, count);
                continue;
            }
            Streams fine = interpolated(in + at, count, streams, attenuation, kernels);
            for (int s = 0; s < streams; ++s) {
                float* const stream = fine.stream(s) - decimator_reach;
                kernels.tanh_excess(stream, stream, bend, count + 2 * decimator_reach);
            }
            if (streams == 2) {
                halver(attenuation).apply(fine, out + at, count, kernels);
            } else {
                const Streams excess = decimate(std::move(fine), kernels);
                std::copy_n(excess.stream(0), count, out + at);
            }
            kernels.add_scaled(out + at, in + at, bend, count);
        }
        begun = std::max(begun, end);
    }
}

Signal at_double_rate(const Signal& in, const Kernels& kernels) {
    const int frames = round_up_to_lanes(static_cast<std::int64_t>(in.size()));
    Streams both(2, frames);
    std::copy(in.begin(), in.end(), both.stream(0));
    std::fill(both.stream(0) + in.size(), both.stream(0) + frames, 0.0F);
    const float* const source[] = {both.stream(0)};
    float* const target[] = {both.stream(0), both.stream(1)};
    doubler(1).apply(source, 0, frames, target, kernels);
    Signal out(2 * in.size());
    for (std::size_t k = 0; k < in.size(); ++k) {
        out[2 * k] = both.stream(0)[k];
        out[2 * k + 1] = both.stream(1)[k];
    }
    return out;
}

}  // namespace drumgen
