#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sound_file/riff.h"
#include "sound_file/wav.h"

/// Samples of a WAV that stand in it as numbers, read without a library. All else is libsndfile's.
namespace drumgen {

/// PCM of 8, 16, 24 or 32 bits, or floats, without room between the samples.
[[nodiscard]] bool has_plain_samples(const WaveFormat& format) noexcept;

/// Whole frames in so many bytes.
[[nodiscard]] std::size_t frames_in(const WaveFormat& format, std::size_t bytes) noexcept;

/// One sample as libsndfile gives it: full scale is 1.
///   data   of a format with plain samples
///   at     which sample, channels one behind the other
[[nodiscard]] float sample_of(const WaveFormat& format, std::span<const std::uint8_t> data,
                              std::size_t at) noexcept;

/// Samples of 16 or 24 bits or floats of 32, as they are.
[[nodiscard]] StoredSamples stored_in(const WaveFormat& format, std::span<const std::uint8_t> data);

}  // namespace drumgen
