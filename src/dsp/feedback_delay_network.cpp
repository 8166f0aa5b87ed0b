#include "dsp/feedback_delay_network.h"

#include <algorithm>

#include "base/math.h"

namespace drumgen {

namespace {

/// Width of the Gaussian that is the cutoff's impulse response, frames.
double sigma_frames(double cutoff_hz) noexcept {
    return stream_rate_hz / (2 * math::pi * cutoff_hz);
}

/// Beyond four sigma the curve is below 4e-4 of its top, and cut.
double half_frames(double cutoff_hz) noexcept {
    return 4 * sigma_frames(cutoff_hz);
}

}  // namespace

GaussianDelay::GaussianDelay(double cutoff_hz, double frames) {
    const double half = half_frames(cutoff_hz);
    const double sigma = sigma_frames(cutoff_hz);
    oldest = static_cast<int>(math::floor(frames + half));
    const auto last = static_cast<int>(math::ceil(frames - half));
    std::vector<double> curve;
    double sum = 0;
    for (int back = oldest; back >= last; --back) {
        const double x = (back - frames) / sigma;
        curve.push_back(math::exp(-0.5 * x * x));
        sum += curve.back();
    }
    for (const double value : curve) {
        weights.push_back(static_cast<float>(value / sum));
    }
}

double GaussianDelay::shortest_frames(double cutoff_hz) noexcept {
    return half_frames(cutoff_hz) + lane_count;
}

FeedbackDelayNetwork::FeedbackDelayNetwork(const DelayNetwork& network) {
    int newest = block_frames;
    for (const double delay_frames : network.delay_frames) {
        const GaussianDelay& delay = delays_.emplace_back(network.damping_hz, delay_frames);
        history_ = std::max(history_, round_up_to_lanes(delay.oldest));
        newest = std::min(newest, delay.newest());
    }
    // Kernels are fastest on multiples of a few vectors.
    constexpr int few = 4 * lane_count;
    const int step = newest >= few ? few : lane_count;
    longest_block_ = newest / step * step;
    // The lines hold the input beside what they answer.
    answer_ = static_cast<float>(network.answer);
    through_ = static_cast<float>(1 - line_count * network.answer);
    for (std::size_t i = 0; i < line_count; ++i) {
        for (std::size_t j = 0; j < line_count; ++j) {
            feedback_[line_count * i + j] = static_cast<float>(network.feedback[i][j]);
        }
    }
    lines_.assign(line_count * static_cast<std::size_t>(history_ + stretch_frames), 0.0F);
}

void FeedbackDelayNetwork::next(float* out, const float* in, int frames,
                                const Kernels& kernels) noexcept {
    alignas(64) float delayed[line_count][block_frames];
    for (int at = 0; at < frames;) {
        if (filled_ == stretch_frames) {
            for (std::size_t i = 0; i < line_count; ++i) {
                std::copy_n(line(i) + stretch_frames, history_, line(i));
            }
            filled_ = 0;
        }
        const int block = std::min({longest_block_, stretch_frames - filled_, frames - at});
        const int place = history_ + filled_;
        for (std::size_t i = 0; i < line_count; ++i) {
            const CorrelateRun run = delays_[i].run(line(i) + place);
            kernels.correlate(delayed[i], &run, 1, block);
        }
        float* const into[] = {line(0) + place, line(1) + place, line(2) + place, line(3) + place};
        const float* const from[] = {delayed[0], delayed[1], delayed[2], delayed[3]};
        kernels.mix_lines(into, from, feedback_.data(), in != nullptr ? in + at : nullptr, out + at,
                          answer_, through_, block);
        at += block;
        filled_ += block;
    }
}

}  // namespace drumgen
