#include "sound_file/wave_samples.h"

#include "base/bits.h"

namespace drumgen {
namespace {

/// The sample's bytes, in the high bits.
std::int32_t high_bits(std::span<const std::uint8_t> data, std::size_t at, std::size_t bytes) {
    return static_cast<std::int32_t>(number_at(data, at, bytes) << (32 - 8 * bytes));
}

double double_at(std::span<const std::uint8_t> data, std::size_t at) {
    return bit_cast<double>(std::uint64_t{number_at(data, at + 4, 4)} << 32 |
                            number_at(data, at, 4));
}

}  // namespace

bool has_plain_samples(const WaveFormat& format) noexcept {
    const bool is_known = format.tag == format_float
                              ? format.bits == 32 || format.bits == 64
                              : format.tag == format_pcm && format.bits >= 8 && format.bits <= 32 &&
                                    format.bits % 8 == 0;
    return is_known && format.channels > 0 &&
           format.frame_bytes == format.channels * (format.bits / 8);
}

std::size_t frames_in(const WaveFormat& format, std::size_t bytes) noexcept {
    return bytes / format.frame_bytes;
}

float sample_of(const WaveFormat& format, std::span<const std::uint8_t> data,
                std::size_t at) noexcept {
    const std::size_t width = format.bits / 8;
    if (format.tag == format_float) {
        return width == 8 ? static_cast<float>(double_at(data, at * width))
                          : bit_cast<float>(number_at(data, at * width, 4));
    }
    if (width == 1) {
        return (static_cast<float>(data[at]) - 128) / 128;
    }
    return static_cast<float>(high_bits(data, at * width, width)) * 0x1p-31F;
}

StoredSamples stored_in(const WaveFormat& format, std::span<const std::uint8_t> data) {
    const std::size_t count = frames_in(format, data.size()) * format.channels;
    const std::size_t width = format.bits / 8;
    StoredSamples samples;
    samples.channels = static_cast<int>(format.channels);
    if (format.tag == format_float) {
        samples.format = SampleFormat::float32;
        samples.floats.resize(count);
        for (std::size_t k = 0; k < count; ++k) {
            samples.floats[k] = sample_of(format, data, k);
        }
        return samples;
    }
    samples.format = width == 2 ? SampleFormat::int16 : SampleFormat::int24;
    samples.integers.resize(count);
    for (std::size_t k = 0; k < count; ++k) {
        samples.integers[k] = high_bits(data, k * width, width) >> (32 - 8 * width);
    }
    return samples;
}

}  // namespace drumgen
