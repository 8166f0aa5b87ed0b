#include "sound_file/riff.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/bytes.h"
#include "sound_file/refuse_file.h"

namespace drumgen {
namespace {

/// More than any honest file has; each costs the library memory.
constexpr int max_chunks = 64;

constexpr std::uint32_t max_rate_hz = 1'000'000;

std::string_view id_at(std::span<const std::uint8_t> bytes, std::size_t at) {
    return text_in(bytes.subspan(at, 4));
}

/// A chunk's name as a message can show it.
std::string printable(std::string_view id) {
    std::string text(id);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

}  // namespace

WaveFormat own_format(std::span<const std::uint8_t> body, std::string_view place) {
    const WaveFormat format = wave_format(body, place);
    if (format.channels < 1 || format.channels > 2) {
        refuse_file(place, "has {} channels; a sound of ours has one or two", format.channels);
    }
    const bool is_pcm = format.tag == format_pcm && (format.bits == 16 || format.bits == 24);
    const bool is_float = format.tag == format_float && format.bits == 32;
    if (!is_pcm && !is_float) {
        refuse_file(
            place,
            "holds format {} with {} bits; only 16 or 24-bit PCM and 32-bit float can be read",
            format.tag, format.bits);
    }
    return format;
}

std::uint32_t number_at(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t count) {
    std::uint32_t number = 0;
    for (std::size_t i = count; i > 0; --i) {
        number = number << 8 | bytes[at + i - 1];
    }
    return number;
}

void set_number_at(std::span<std::uint8_t> bytes, std::size_t at, std::uint64_t number,
                   std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        bytes[at + i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
}

std::optional<Chunk> ChunkWalk::next() {
    if (at_ > bytes_.size() || bytes_.size() - at_ < chunk_header_bytes) {
        return std::nullopt;
    }
    Chunk chunk;
    chunk.id = id_at(bytes_, at_);
    chunk.size = number_at(bytes_, at_ + 4, 4);
    chunk.at = at_;
    at_ += chunk_header_bytes;
    chunk.body = bytes_.subspan(at_, std::min(chunk.size, bytes_.size() - at_));
    // Chunks start at even offsets; the last one's padding may be missing.
    const std::size_t end = at_ + chunk.body.size();
    at_ = std::min(end + chunk.size % 2, bytes_.size());
    // Some programs forget it everywhere.
    if (at_ > end && !is_name_at(at_) && is_name_at(end)) {
        at_ = end;
        lacks_padding_ = true;
    }
    return chunk;
}

bool ChunkWalk::is_name_at(std::size_t at) const {
    if (bytes_.size() - at < chunk_header_bytes) {
        return false;
    }
    const std::string_view id = id_at(bytes_, at);
    return std::all_of(id.begin(), id.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_wave(std::span<const std::uint8_t> bytes) {
    return bytes.size() >= riff_header_bytes && id_at(bytes, 0) == "RIFF" &&
           id_at(bytes, 8) == "WAVE";
}

WaveFormat wave_format(std::span<const std::uint8_t> body, std::string_view place) {
    constexpr std::size_t least_bytes = 16;
    constexpr std::size_t extensible_tag_at = 24;
    if (body.size() < least_bytes) {
        refuse_file(place, "not a WAV file: its \"fmt \" chunk is too short");
    }
    WaveFormat format{.tag = number_at(body, 0, 2),
                      .channels = number_at(body, 2, 2),
                      .rate_hz = number_at(body, 4, 4),
                      .bits = number_at(body, 14, 2),
                      .frame_bytes = number_at(body, 12, 2)};
    if (format.tag == format_extensible && body.size() >= extensible_tag_at + 2) {
        format.tag = number_at(body, extensible_tag_at, 2);
    }
    if (format.rate_hz < 1 || format.rate_hz > max_rate_hz) {
        refuse_file(place, "has a sample rate of {} Hz", format.rate_hz);
    }
    return format;
}

// Source: RFC 2361, and for what came later the registry that FFmpeg keeps (libavformat/riff.c).
std::string name_of(const WaveFormat& format) {
    struct Codec {
        std::uint32_t tag;
        std::string_view name;
    };
    constexpr std::array<Codec, 19> codecs{{
        {0x0002, "Microsoft ADPCM"},
        {0x0006, "A-law"},
        {0x0007, "mu-law"},
        {0x0011, "IMA ADPCM"},
        {0x0031, "GSM 6.10"},
        {0x0040, "G.721 ADPCM"},
        {0x0050, "MPEG audio"},
        {0x0055, "MP3"},
        {0x00FF, "AAC"},
        {0x0161, "WMA"},
        {0x1610, "AAC"},
        {0x2000, "AC-3"},
        {0x674F, "Vorbis"},
        {0x6750, "Vorbis"},
        {0x6751, "Vorbis"},
        {0x676F, "Vorbis"},
        {0x6770, "Vorbis"},
        {0x704F, "Opus"},
        {0xF1AC, "FLAC"},
    }};
    if (format.tag == format_pcm || format.tag == format_float) {
        return formatted("{}-bit {}", format.bits, format.tag == format_pcm ? "PCM" : "float");
    }
    const auto* const codec =
        std::find_if(codecs.begin(), codecs.end(),
                     [&format](const Codec& known) { return known.tag == format.tag; });
    return codec != codecs.end() ? formatted("{} (format {})", codec->name, format.tag)
                                 : formatted("format {} with {} bits", format.tag, format.bits);
}

std::span<const std::uint8_t> checked_riff(std::span<const std::uint8_t> bytes,
                                           std::string_view place) {
    if (!is_wave(bytes)) {
        refuse_file(place, "not a WAV file (no RIFF WAVE header)");
    }
    const std::size_t end = std::size_t{number_at(bytes, 4, 4)} + chunk_header_bytes;
    if (end > bytes.size() || end < riff_header_bytes) {
        refuse_file(place, "the WAV file is truncated: its header says {} bytes, and there are {}",
                    end, bytes.size());
    }
    int chunks = 0;
    bool has_format = false;
    bool has_data = false;
    ChunkWalk walk(bytes.first(end));
    while (const std::optional<Chunk> chunk = walk.next()) {
        if (chunk->is_cut()) {
            refuse_file(place,
                        "the WAV file is truncated: chunk \"{}\" says {} bytes, and {} are left",
                        printable(chunk->id), chunk->size, chunk->body.size());
        }
        const bool is_format = chunk->id == "fmt ";
        const bool is_data = chunk->id == "data";
        if ((is_format && has_format) || (is_data && (has_data || !has_format)) ||
            ++chunks > max_chunks) {
            refuse_file(place, "not a WAV file that can be read: its chunks are out of order");
        }
        has_format = has_format || is_format;
        has_data = has_data || is_data;
    }
    if (!has_data) {
        refuse_file(place, "the WAV file holds no samples (no \"data\" chunk)");
    }
    return bytes.first(end);
}

std::span<const std::uint8_t> find_chunk(std::span<const std::uint8_t> bytes, std::string_view id) {
    ChunkWalk walk(bytes);
    while (const std::optional<Chunk> chunk = walk.next()) {
        if (chunk->id == id) {
            return chunk->body;
        }
    }
    return {};
}

}  // namespace drumgen
