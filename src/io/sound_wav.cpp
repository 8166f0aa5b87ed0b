#include "io/sound_wav.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "io/riff.h"

namespace drumgen {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint32_t format_extensible = 0xFFFE;
constexpr std::uint32_t max_rate_hz = 1'000'000;

[[noreturn]] void refuse(std::string_view place, const std::string& reason) {
    throw Error(Status::invalid, std::string(place) + ": " + reason);
}

std::uint64_t number_at(Bytes bytes, std::size_t at, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t i = count; i > 0; --i) {
        number = number << 8 | bytes[at + i - 1];
    }
    return number;
}

std::string_view id_at(Bytes bytes, std::size_t at) {
    return {reinterpret_cast<const char*>(bytes.data()) + at, 4};
}

struct Format {
    std::uint64_t tag = 0;
    std::size_t channels = 0;
    std::uint64_t rate_hz = 0;
    std::size_t width = 0;  ///< bytes of a sample
};

struct Chunks {
    std::optional<Bytes> format;
    std::optional<Bytes> data;
    Bytes patch;
};

/// A program that writes to a pipe can't know the sizes, and puts the largest there.
bool is_unknown(std::uint64_t size) {
    return size >= 0x7FFFF000;
}

Chunks chunks_of(Bytes bytes, std::string_view place) {
    if (bytes.size() < riff_header_bytes || id_at(bytes, 0) != "RIFF" ||
        id_at(bytes, 8) != "WAVE") {
        refuse(place, "not a WAV file (no RIFF WAVE header)");
    }
    Chunks chunks;
    std::size_t at = riff_header_bytes;
    while (bytes.size() - at >= chunk_header_bytes && !(chunks.data && chunks.patch.data())) {
        const std::string_view id = id_at(bytes, at);
        std::uint64_t size = number_at(bytes, at + 4, 4);
        at += chunk_header_bytes;
        const std::size_t left = bytes.size() - at;
        if (size > left) {
            if (id == "data" && !is_unknown(size)) {
                refuse(place, "the WAV file is truncated: its \"data\" chunk says " +
                                  std::to_string(size) + " bytes, and " + std::to_string(left) +
                                  " are left");
            }
            size = left;
        }
        const Bytes body = bytes.subspan(at, size);
        if (id == "fmt " && !chunks.format) {
            chunks.format = body;
        } else if (id == "data" && !chunks.data) {
            chunks.data = body;
        } else if (id == patch_chunk_id) {
            chunks.patch = body;
        }
        // Chunks start at even offsets; the last one's padding may be missing.
        at = std::min<std::size_t>(at + size + size % 2, bytes.size());
    }
    return chunks;
}

Format format_of(Bytes chunk, std::string_view place) {
    constexpr std::size_t least_bytes = 16;
    constexpr std::size_t extensible_tag_at = 24;
    if (chunk.size() < least_bytes) {
        refuse(place, "not a WAV file: its \"fmt \" chunk is too short");
    }
    Format format;
    format.tag = number_at(chunk, 0, 2);
    if (format.tag == format_extensible && chunk.size() >= extensible_tag_at + 2) {
        format.tag = number_at(chunk, extensible_tag_at, 2);
    }
    format.channels = number_at(chunk, 2, 2);
    format.rate_hz = number_at(chunk, 4, 4);
    const std::size_t frame_bytes = number_at(chunk, 12, 2);
    if (format.channels == 0 || frame_bytes % format.channels != 0) {
        refuse(place, "has " + std::to_string(format.channels) + " channels in frames of " +
                          std::to_string(frame_bytes) + " bytes");
    }
    if (format.rate_hz < 1 || format.rate_hz > max_rate_hz) {
        refuse(place, "has a sample rate of " + std::to_string(format.rate_hz) + " Hz");
    }
    format.width = frame_bytes / format.channels;
    const bool is_pcm = format.tag == format_pcm && format.width >= 1 && format.width <= 4;
    const bool is_float = format.tag == format_float && (format.width == 4 || format.width == 8);
    if (!is_pcm && !is_float) {
        refuse(place, "holds format " + std::to_string(format.tag) + " with " +
                          std::to_string(8 * format.width) +
                          " bits; only PCM of 8, 16, 24 or 32 bits and float of 32 or 64 bits can "
                          "be measured");
    }
    return format;
}

double sample_at(Bytes data, std::size_t at, const Format& format) {
    const std::uint64_t bits = number_at(data, at, format.width);
    if (format.tag == format_float) {
        return format.width == 8
                   ? std::bit_cast<double>(bits)
                   : static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    }
    if (format.width == 1) {
        return (static_cast<double>(bits) - 128) / 128;
    }
    // The sign is the top bit of 32.
    const auto moved = static_cast<std::uint32_t>(bits << (32 - 8 * format.width));
    return static_cast<double>(static_cast<std::int32_t>(moved)) / 2147483648.0;
}

}  // namespace

SoundFile read_sound(Bytes bytes, std::string_view place) {
    const Chunks chunks = chunks_of(bytes, place);
    if (!chunks.format || !chunks.data) {
        refuse(place, std::string("the WAV file holds no samples (no \"") +
                          (chunks.format ? "data" : "fmt ") + "\" chunk)");
    }
    const Format format = format_of(*chunks.format, place);
    const std::size_t frame_bytes = format.channels * format.width;
    const std::size_t frames = chunks.data->size() / frame_bytes;
    if (frames == 0) {
        refuse(place, "the WAV file holds no samples");
    }
    if (frames > max_measured_frames) {
        refuse(place, "holds " + std::to_string(frames) + " frames; at most " +
                          std::to_string(max_measured_frames) + " can be measured");
    }
    SoundFile file;
    file.channels = static_cast<int>(format.channels);
    file.sound.sample_rate_hz = static_cast<double>(format.rate_hz);
    file.sound.samples.resize(frames);
    for (std::size_t k = 0; k < frames; ++k) {
        const auto sample = static_cast<float>(sample_at(*chunks.data, k * frame_bytes, format));
        if (!std::isfinite(sample)) {
            refuse(place, "sample " + std::to_string(k) + " is not a finite number");
        }
        file.sound.samples[k] = sample;
    }
    if (chunks.patch.size() <= max_wav_patch_bytes) {
        file.patch_json.assign(chunks.patch.begin(), chunks.patch.end());
        file.patch_json.resize(file.patch_json.find_last_not_of(std::string_view(" \0", 2)) + 1);
    }
    return file;
}

Signal as_signal(const StoredSamples& samples) {
    if (samples.format == SampleFormat::float32) {
        return {samples.floats.begin(), samples.floats.end()};
    }
    const float scale = samples.format == SampleFormat::int16 ? 1.0F / 32768 : 1.0F / 8388608;
    Signal signal(samples.integers.size());
    std::transform(samples.integers.begin(), samples.integers.end(), signal.begin(),
                   [scale](std::int32_t sample) { return static_cast<float>(sample) * scale; });
    return signal;
}

}  // namespace drumgen
