#include "io/riff.h"

#include <algorithm>
#include <string>

#include "base/error.h"

namespace drumgen {
namespace {

constexpr std::size_t fmt_bytes = 16;

/// More than any honest file has; each costs the library memory.
constexpr int max_chunks = 64;

constexpr std::uint32_t max_rate_hz = 1'000'000;

constexpr std::uint32_t format_extensible = 0xFFFE;

std::uint32_t number_at(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t count) {
    std::uint32_t number = 0;
    for (std::size_t i = count; i > 0; --i) {
        number = number << 8 | bytes[at + i - 1];
    }
    return number;
}

std::string_view id_at(std::span<const std::uint8_t> bytes, std::size_t at) {
    return {reinterpret_cast<const char*>(bytes.data()) + at, 4};
}

/// A chunk's name as a message can show it.
std::string printable(std::string_view id) {
    std::string text(id);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

[[noreturn]] void refuse(std::string_view place, const std::string& reason) {
    throw Error(Status::invalid, std::string(place) + ": " + reason);
}

void check_format(std::span<const std::uint8_t> fmt, std::string_view place) {
    if (fmt.size() < fmt_bytes) {
        refuse(place, "not a WAV file: its \"fmt \" chunk is too short");
    }
    const std::uint32_t tag = number_at(fmt, 0, 2);
    const std::uint32_t channels = number_at(fmt, 2, 2);
    const std::uint32_t rate_hz = number_at(fmt, 4, 4);
    const std::uint32_t bits = number_at(fmt, 14, 2);
    if (channels != 1) {
        refuse(place, "has " + std::to_string(channels) + " channels; only mono can be read");
    }
    if (rate_hz < 1 || rate_hz > max_rate_hz) {
        refuse(place, "has a sample rate of " + std::to_string(rate_hz) + " Hz");
    }
    const bool integers = tag != format_float && (bits == 16 || bits == 24);
    const bool floats = tag != format_pcm && bits == 32;
    const bool known = tag == format_pcm || tag == format_float || tag == format_extensible;
    if (!known || !(integers || floats)) {
        refuse(place, "holds format " + std::to_string(tag) + " with " + std::to_string(bits) +
                          " bits; only 16 or 24-bit PCM and 32-bit float can be read");
    }
}

}  // namespace

std::span<const std::uint8_t> checked_riff(std::span<const std::uint8_t> bytes,
                                           std::string_view place) {
    if (bytes.size() < riff_header_bytes || id_at(bytes, 0) != "RIFF" ||
        id_at(bytes, 8) != "WAVE") {
        refuse(place, "not a WAV file (no RIFF WAVE header)");
    }
    const std::size_t end = std::size_t{number_at(bytes, 4, 4)} + chunk_header_bytes;
    if (end > bytes.size() || end < riff_header_bytes) {
        refuse(place, "the WAV file is truncated: its header says " + std::to_string(end) +
                          " bytes, and there are " + std::to_string(bytes.size()));
    }
    int chunks = 0;
    bool has_format = false;
    bool has_data = false;
    std::size_t at = riff_header_bytes;
    while (end - at >= chunk_header_bytes) {
        const std::string_view id = id_at(bytes, at);
        const std::size_t size = number_at(bytes, at + 4, 4);
        at += chunk_header_bytes;
        if (size > end - at) {
            refuse(place, "the WAV file is truncated: chunk \"" + printable(id) + "\" says " +
                              std::to_string(size) + " bytes, and " + std::to_string(end - at) +
                              " are left");
        }
        const bool is_format = id == "fmt ";
        const bool is_data = id == "data";
        if ((is_format && has_format) || (is_data && (has_data || !has_format)) ||
            ++chunks > max_chunks) {
            refuse(place, "not a WAV file that can be read: its chunks are out of order");
        }
        if (is_format) {
            check_format(bytes.subspan(at, size), place);
        }
        has_format = has_format || is_format;
        has_data = has_data || is_data;
        // Chunks start at even offsets; the last one's padding may be missing.
        at = std::min(at + size + size % 2, end);
    }
    if (!has_data) {
        refuse(place, "the WAV file holds no samples (no \"data\" chunk)");
    }
    return bytes.first(end);
}

std::span<const std::uint8_t> find_chunk(std::span<const std::uint8_t> riff, std::string_view id) {
    std::size_t at = riff_header_bytes;
    while (at < riff.size() && riff.size() - at >= chunk_header_bytes) {
        const std::size_t size = number_at(riff, at + 4, 4);
        const std::size_t start = at + chunk_header_bytes;
        if (id_at(riff, at) == id) {
            return riff.subspan(start, size);
        }
        at = start + size + size % 2;
    }
    return {};
}

}  // namespace drumgen
