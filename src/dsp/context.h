#pragma once

#include <cstdint>

#include "drumgen/signal.h"
#include "dsp/kernels/kernels.h"

namespace drumgen {

/// The rate at which every sound is made, whatever the rate of the output, and the rate of one
/// stream of samples. An oversampled signal is several interleaved streams at this rate: stream s
/// of S holds the instants (k + s / S) / stream_rate_hz, so inner loops always run over contiguous
/// time and decimation needs no reordering. Noise is defined at this rate too, so that oversampling
/// does not change it.
inline constexpr double stream_rate_hz = 48000;

/// What a render asks of an instrument, besides its parameters.
struct RenderContext {
    std::uint64_t seed = 0;
    double velocity = 1;      ///< 0..1
    int oversampling = 4;     ///< streams where a stage needs them; a power of two
    bool everywhere = false;  ///< oversample the whole sound: the reference that tests compare with
    std::int64_t max_frames = 0;  ///< most frames that are wanted
    double quiet_noise = 3e-5;    ///< levels of full scale below which layers are left out
    double quiet_tone = 1e-6;
    const Kernels* kernels = nullptr;
    Signal* side = nullptr;  ///< takes what is spread between two channels; null: there is one
};

/// Largest number of frames that a block of an inner loop covers: a few blocks stay in the first
/// cache. Part of the algorithm, because phases restart from double precision at each block.
inline constexpr int block_frames = 256;

}  // namespace drumgen
