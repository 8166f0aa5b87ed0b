#include "sound_file/wav.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/bits.h"

namespace drumgen {
namespace {

/// A sample as an integer of full scale 2^(bits - 1), saturating; not a number becomes the lowest.
/// Floats hold all of it exactly: scaling is by a power of two, and adding 2^23 away from zero leaves
/// no bits for a fraction, so that the CPU rounds as IEEE 754 tells it, ties to even.
std::int32_t to_integer(float sample, float full_scale) {
    const float scaled = std::min(full_scale - 1, std::max(-full_scale, sample * full_scale));
    const float shift = std::copysign(8388608.0F, scaled);
    return static_cast<std::int32_t>((scaled + shift) - shift);
}

float full_scale_of(SampleFormat format) {
    return format == SampleFormat::int16 ? 32768.0F : 8388608.0F;
}

/// Little-endian bytes of numbers, `width` of each.
template <std::size_t width, class Numbers, class Convert>
void put_bytes(std::uint8_t* out, const Numbers& numbers, Convert convert) {
    std::size_t left = numbers.size();
    for (const auto number : numbers) {
        const auto bits = static_cast<std::uint32_t>(convert(number));
        if (std::endian::native == std::endian::little && --left > 0) {
            // One store; the next number covers what is too much.
            std::memcpy(out, &bits, sizeof bits);
        } else {
            for (std::size_t i = 0; i < width; ++i) {
                out[i] = static_cast<std::uint8_t>(bits >> (8 * i));
            }
        }
        out += width;
    }
}

/// Little-endian bytes of 24-bit integers.
void put_24_bits(std::uint8_t* out, std::span<const std::int32_t> integers) {
    std::size_t at = 0;
    if (std::endian::native == std::endian::little) {
        // Four integers are twelve bytes: two stores instead of four.
        for (; at + 4 <= integers.size(); at += 4, out += 12) {
            const auto number = [&](std::size_t k) {
                return std::uint64_t{static_cast<std::uint32_t>(integers[at + k]) & 0xFFFFFFU};
            };
            const std::uint64_t first = number(0) | number(1) << 24 | number(2) << 48;
            const auto last = static_cast<std::uint32_t>(number(2) >> 16 | number(3) << 8);
            std::memcpy(out, &first, sizeof first);
            std::memcpy(out + sizeof first, &last, sizeof last);
        }
    }
    put_bytes<3>(out, integers.subspan(at), [](std::int32_t sample) { return sample; });
}

std::uint32_t bits_of(float sample) {
    return bit_cast<std::uint32_t>(sample);
}

}  // namespace

Interleaved::Interleaved(const Sound& sound) : sound_(sound) {
    if (!sound.is_stereo()) {
        return;
    }
    both_.resize(2 * sound.frames());
    for (std::size_t k = 0; k < sound.frames(); ++k) {
        both_[2 * k] = sound.samples[k];
        both_[2 * k + 1] = sound.right[k];
    }
}

StoredSamples quantise(const Frames& frames, SampleFormat format) {
    const std::span<const float> samples = frames.samples;
    StoredSamples stored;
    stored.format = format;
    stored.channels = frames.channels;
    if (format == SampleFormat::float32) {
        stored.floats.assign(samples.begin(), samples.end());
        return stored;
    }
    const float full_scale = full_scale_of(format);
    stored.integers.resize(samples.size());
    std::transform(samples.begin(), samples.end(), stored.integers.begin(),
                   [full_scale](float sample) { return to_integer(sample, full_scale); });
    return stored;
}

std::size_t sample_bytes(SampleFormat format) {
    switch (format) {
        case SampleFormat::int16:
            return 2;
        case SampleFormat::int24:
            return 3;
        case SampleFormat::float32:
            break;
    }
    return 4;
}

std::vector<std::uint8_t> canonical_bytes(const StoredSamples& samples) {
    const std::size_t count = std::max(samples.integers.size(), samples.floats.size());
    std::vector<std::uint8_t> bytes(count * sample_bytes(samples.format));
    const auto same = [](std::int32_t sample) { return sample; };
    switch (samples.format) {
        case SampleFormat::int16:
            put_bytes<2>(bytes.data(), samples.integers, same);
            break;
        case SampleFormat::int24:
            put_24_bits(bytes.data(), samples.integers);
            break;
        case SampleFormat::float32:
            put_bytes<4>(bytes.data(), samples.floats, bits_of);
            break;
    }
    return bytes;
}

void write_canonical(std::span<const float> samples, SampleFormat format,
                     std::span<std::uint8_t> out) {
    if (format == SampleFormat::float32) {
        put_bytes<4>(out.data(), samples, bits_of);
        return;
    }
    // In blocks, so that the compiler makes vector code of the first loop.
    constexpr std::size_t block = 1024;
    std::array<std::int32_t, block> integers{};
    const float full_scale = full_scale_of(format);
    const auto same = [](std::int32_t sample) { return sample; };
    for (std::size_t at = 0; at < samples.size(); at += block) {
        const std::size_t count = std::min(block, samples.size() - at);
        for (std::size_t k = 0; k < count; ++k) {
            integers[k] = to_integer(samples[at + k], full_scale);
        }
        const std::span<const std::int32_t> some(integers.data(), count);
        if (format == SampleFormat::int16) {
            put_bytes<2>(out.data() + 2 * at, some, same);
        } else {
            put_24_bits(out.data() + 3 * at, some);
        }
    }
}

}  // namespace drumgen
