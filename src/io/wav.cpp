#include "io/wav.h"

#include <algorithm>
#include <bit>

namespace drumgen {
namespace {

/// Nearest integer, ties to even: adding 1.5 * 2^52 leaves no bits for a fraction, and the CPU
/// rounds as IEEE 754 tells it. |x| < 2^51.
double rounded(double x) {
    constexpr double shift = 6755399441055744.0;
    return (x + shift) - shift;
}

/// A sample as an integer of full scale 2^(bits - 1), saturating; not a number becomes the lowest.
std::int32_t to_integer(float sample, double full_scale) {
    const double scaled = static_cast<double>(sample) * full_scale;
    return static_cast<std::int32_t>(
        rounded(std::min(full_scale - 1, std::max(-full_scale, scaled))));
}

/// Little-endian bytes of numbers, `width` of each.
template <std::size_t width, class Numbers, class Convert>
std::vector<std::uint8_t> to_bytes(const Numbers& numbers, Convert convert) {
    std::vector<std::uint8_t> bytes(numbers.size() * width);
    std::uint8_t* out = bytes.data();
    for (const auto number : numbers) {
        const auto bits = convert(number);
        for (std::size_t i = 0; i < width; ++i) {
            *out++ = static_cast<std::uint8_t>(bits >> (8 * i));
        }
    }
    return bytes;
}

}  // namespace

StoredSamples quantise(std::span<const float> samples, SampleFormat format) {
    StoredSamples stored;
    stored.format = format;
    if (format == SampleFormat::float32) {
        stored.floats.assign(samples.begin(), samples.end());
        return stored;
    }
    const double full_scale = format == SampleFormat::int16 ? 32768 : 8388608;
    stored.integers.resize(samples.size());
    std::transform(samples.begin(), samples.end(), stored.integers.begin(),
                   [full_scale](float sample) { return to_integer(sample, full_scale); });
    return stored;
}

std::vector<std::uint8_t> canonical_bytes(const StoredSamples& samples) {
    const auto unsigned_bits = [](std::int32_t sample) {
        return static_cast<std::uint32_t>(sample);
    };
    switch (samples.format) {
        case SampleFormat::int16:
            return to_bytes<2>(samples.integers, unsigned_bits);
        case SampleFormat::int24:
            return to_bytes<3>(samples.integers, unsigned_bits);
        case SampleFormat::float32:
            break;
    }
    return to_bytes<4>(samples.floats,
                       [](float sample) { return std::bit_cast<std::uint32_t>(sample); });
}

}  // namespace drumgen
