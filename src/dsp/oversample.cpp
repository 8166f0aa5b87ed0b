#include "dsp/oversample.h"

#include <map>
#include <mutex>
#include <vector>

#include "base/math.h"
#include "dsp/fir_design.h"

namespace drumgen {

namespace {

/// Down by this much from the stop band's edge; 100 dB is promised.
constexpr double halver_attenuation_db = 104;

/// A halving filter, cut up for streams: the weights that each input stream gets for each output stream.
struct HalvingFilter {
    struct Part {
        int stream;          ///< input stream
        std::int64_t ahead;  ///< frames that its first weight reads ahead of the output's frame
        std::vector<float> weights;
    };
    std::vector<std::vector<Part>> outputs;  ///< one list for each output stream
};

HalvingFilter cut_up(const std::vector<double>& weights, int inputs) {
    const auto half = static_cast<std::int64_t>(weights.size() / 2);
    HalvingFilter filter;
    for (int output = 0; output < inputs / 2; ++output) {
        std::vector<HalvingFilter::Part> parts;
        for (int input = 0; input < inputs; ++input) {
            // Weight m reads instant 2 * output + m of the fine grid; this stream holds those with
            // the remainder `input`.
            HalvingFilter::Part part{input, 0, {}};
            std::int64_t last = 0;
            for (std::int64_t m = -half; m <= half; ++m) {
                const std::int64_t at = 2 * output + m;
                const std::int64_t frame = math::floor(static_cast<double>(at) / inputs);
                const double weight = weights[static_cast<std::size_t>(m + half)];
                const bool zero = weight < 1e-9 && weight > -1e-9;
                if (at - frame * inputs != input || zero) {
                    continue;
                }
                if (part.weights.empty()) {
                    part.ahead = frame;
                    last = frame - 1;
                }
                part.weights.resize(part.weights.size() +
                                    static_cast<std::size_t>(frame - last - 1));
                part.weights.push_back(static_cast<float>(weight));
                last = frame;
            }
            if (!part.weights.empty()) {
                parts.push_back(std::move(part));
            }
        }
        filter.outputs.push_back(std::move(parts));
    }
    return filter;
}

/// The filter from `inputs` streams to half as many.
const HalvingFilter& halving_filter(int inputs) {
    static std::mutex mutex;
    static std::map<int, HalvingFilter> filters;
    const std::lock_guard lock(mutex);
    auto& filter = filters[inputs];
    if (filter.outputs.empty()) {
        const double rate = 48.0 * inputs;
        const bool last = inputs == 2;
        const double kept = last ? 20.0 : 24.0;
        // Before the last stage only what would fold onto the kept band has to go.
        const double stop = last ? 24.0 : rate / 2 - kept;
        filter = cut_up(design_low_pass(kept / rate, stop / rate, halver_attenuation_db), inputs);
    }
    return filter;
}

/// Frames that a stage before the last reaches beyond its own.
constexpr int early_reach = 4;

}  // namespace

Streams::Streams(int count, std::int64_t frames)
    : count_(count),
      frames_(frames),
      stride_(static_cast<std::size_t>(frames + 2 * margin + lane_count)),
      samples_(stride_ * static_cast<std::size_t>(count)) {
    for (int s = 0; s < count; ++s) {
        std::fill_n(stream(s) - margin, margin, 0.0F);
        std::fill_n(stream(s) + frames, margin + lane_count, 0.0F);
    }
}

Streams decimate(Streams streams, const Kernels& kernels) {
    std::int64_t reach = Streams::margin;
    while (streams.count() > 1) {
        reach = streams.count() == 2 ? 0 : reach - early_reach;
        const HalvingFilter& filter = halving_filter(streams.count());
        Streams halved(streams.count() / 2, streams.frames());
        for (int s = 0; s < halved.count(); ++s) {
            std::vector<CorrelateRun> runs;
            for (const auto& part : filter.outputs[static_cast<std::size_t>(s)]) {
                runs.push_back({streams.stream(part.stream) + part.ahead - reach,
                                part.weights.data(), static_cast<int>(part.weights.size())});
            }
            kernels.correlate(halved.stream(s) - reach, runs.data(), static_cast<int>(runs.size()),
                              round_up_to_lanes(streams.frames() + 2 * reach));
        }
        streams = std::move(halved);
    }
    return streams;
}

Streams interpolate(const float* in, std::int64_t frames, int factor, const Kernels& kernels) {
    // Half-band: its zeros fall on the samples themselves, so the first stream is the input.
    constexpr double transition = 8.0 / 48;
    static const auto half =
        static_cast<int>(math::ceil(kaiser_half_length(halver_attenuation_db, transition)));
    static const WindowedSinc sinc(0.5, half, kaiser_beta(halver_attenuation_db));
    const int padded_frames = round_up_to_lanes(frames);
    Streams padded(1, padded_frames);
    std::copy_n(in, frames, padded.stream(0));
    std::fill(padded.stream(0) + frames, padded.stream(0) + padded_frames, 0.0F);
    Streams out(factor, padded_frames);
    std::copy_n(padded.stream(0), padded_frames, out.stream(0));
    for (int s = 1; s < factor; ++s) {
        const double place = static_cast<double>(s) / factor;
        std::vector<float> weights;
        for (int k = 1 - half; k <= half; ++k) {
            weights.push_back(static_cast<float>(sinc(k - place)));
        }
        const CorrelateRun run{padded.stream(0) + 1 - half, weights.data(), 2 * half};
        kernels.correlate(out.stream(s), &run, 1, padded_frames);
    }
    return out;
}

}  // namespace drumgen
