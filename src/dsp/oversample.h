#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Several interleaved streams of one signal, each with `margin` frames before frame 0 and after
/// the last, so that filters may reach beyond the ends.
class Streams {
public:
    static constexpr int margin = 64;

    /// `count` streams of `frames` frames each, yet to be written, their margins 0. frames is a
    /// multiple of lane_count.
    Streams(int count, std::int64_t frames);

    [[nodiscard]] int count() const noexcept { return count_; }
    [[nodiscard]] std::int64_t frames() const noexcept { return frames_; }

    /// Frame 0 of a stream; frames from -margin to frames() + margin exist.
    [[nodiscard]] float* stream(int index) noexcept { return samples_.data() + offset(index); }
    [[nodiscard]] const float* stream(int index) const noexcept {
        return samples_.data() + offset(index);
    }

private:
    [[nodiscard]] std::size_t offset(int index) const noexcept {
        return static_cast<std::size_t>(index) * stride_ + margin;
    }

    int count_;
    std::int64_t frames_;
    std::size_t stride_;
    Signal samples_;
};

/// Halves the streams again and again until one is left: linear-phase FIR filters, at least 100 dB
/// down from 24 kHz on, flat within 0.01 dB up to 20 kHz. No delay: frame 0 stays frame 0.
[[nodiscard]] Streams decimate(Streams streams, const Kernels& kernels);

/// The inverse: `factor` streams that hold a signal's samples and the values between them, for a
/// stage that has to be oversampled. Flat within 0.01 dB up to 0.416 of the rate, images at least
/// 100 dB down. decimate(result) undoes it.
///   in      frames samples at any rate, the rate of each stream of the result
///   factor  2, 4 or 16
[[nodiscard]] Streams interpolate(const float* in, std::int64_t frames, int factor,
                                  const Kernels& kernels);

/// Writes frames from..to of a stream that stands `fraction` of a frame after the first.
template <class Source>
void fill_stream(float* stream, double fraction, std::int64_t from, std::int64_t to,
                 const Source& source) {
    for (std::int64_t at = from; at < to; at += block_frames) {
        const int count = round_up_to_lanes(std::min<std::int64_t>(block_frames, to - at));
        source((static_cast<double>(at) + fraction) / stream_rate_hz, stream + at, count);
    }
}

template <class Source>
void fill_streams(Streams& streams, std::int64_t from, std::int64_t to, const Source& source) {
    for (int s = 0; s < streams.count(); ++s) {
        fill_stream(streams.stream(s), static_cast<double>(s) / streams.count(), from, to, source);
    }
}

/// What a sampled signal has room for at its end, so that the post chain can work in place.
inline constexpr int room_after = 256;

/// Samples a function of time.
///   oversampled_frames  frames from the start that are sampled with context.oversampling streams and
///                       decimated; the rest is sampled plainly, so nothing there may reach beyond
///                       half of stream_rate_hz
///   source              source(start_s, out, frames) writes the instants start_s + j / stream_rate_hz
///   returns             at least `frames` frames, a multiple of lane_count
template <class Source>
[[nodiscard]] Signal sample(const RenderContext& context, std::int64_t frames,
                            std::int64_t oversampled_frames, const Source& source) {
    const std::int64_t all = round_up_to_lanes(frames);
    const std::int64_t asked = context.everywhere ? all : round_up_to_lanes(oversampled_frames);
    const std::int64_t over = context.oversampling == 1 ? 0 : std::min(all, asked);
    Signal out;
    out.reserve(static_cast<std::size_t>(all + room_after));
    out.resize(static_cast<std::size_t>(all));
    if (over < all) {
        fill_stream(out.data(), 0, over, all, source);
    }
    if (over > 0) {
        Streams fine(context.oversampling, over);
        fill_streams(fine, 0, over + Streams::margin, source);
        const Streams coarse = decimate(std::move(fine), *context.kernels);
        std::copy_n(coarse.stream(0), over, out.data());
    }
    return out;
}

}  // namespace drumgen
