#pragma once

#include <cstdint>

#include "dsp/kernels/kernels.h"

namespace drumgen {

/// The rate of one stream of samples. Everything is sampled as one or more interleaved streams at
/// this rate: stream s of S holds the instants (k + s / S) / stream_rate_hz. Oversampling is more
/// streams, so inner loops always run over contiguous time and decimation needs no reordering.
/// Noise is defined at this rate too, so that neither oversampling nor output rate changes it.
inline constexpr double stream_rate_hz = 48000;

/// What a render asks of an instrument, besides its parameters.
struct RenderContext {
    std::uint64_t seed = 0;
    double velocity = 1;     ///< 0..1
    int output_streams = 1;  ///< 1: the result is at 48 kHz; 2: at 96 kHz
    int oversampling =
        4;  ///< streams where a stage needs them; a power of two, at least output_streams
    bool everywhere = false;  ///< oversample the whole sound: the reference that tests compare with
    std::int64_t max_frames = 0;  ///< most frames of each output stream that are wanted
    const Kernels* kernels = nullptr;

    [[nodiscard]] double sample_rate_hz() const noexcept { return stream_rate_hz * output_streams; }
};

/// Largest number of frames that a block of an inner loop covers: a few blocks stay in the first
/// cache. Part of the algorithm, because phases restart from double precision at each block.
inline constexpr int block_frames = 256;

}  // namespace drumgen
