#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The chunks of a WAV, read without a library: loading one costs a process as much as a sound.
namespace drumgen {

/// Sizes of a RIFF form: "RIFF", its size and "WAVE"; a chunk's name and size.
inline constexpr std::size_t riff_header_bytes = 12;
inline constexpr std::size_t chunk_header_bytes = 8;

/// Formats of samples, as a `fmt ` chunk tells them.
/// Source: Multimedia Programming Interface and Data Specifications 1.0, IBM and Microsoft, 1991.
inline constexpr std::uint16_t format_pcm = 1;
inline constexpr std::uint16_t format_float = 3;
inline constexpr std::uint16_t format_extensible = 0xFFFE;

/// A little-endian number of up to 4 bytes.
[[nodiscard]] std::uint32_t number_at(std::span<const std::uint8_t> bytes, std::size_t at,
                                      std::size_t count);

/// Writes one of up to 8 bytes over what is there.
void set_number_at(std::span<std::uint8_t> bytes, std::size_t at, std::uint64_t number,
                   std::size_t count);

/// One chunk.
struct Chunk {
    std::string_view id;
    std::span<const std::uint8_t> body;  ///< what is there of it
    std::size_t size = 0;                ///< what it says to have
    std::size_t at = 0;                  ///< of its header, from the start of the file

    [[nodiscard]] bool is_cut() const noexcept { return size > body.size(); }
};

/// Walks the chunks of a form, one behind the other.
class ChunkWalk {
public:
    /// bytes   the file, or any part of it that chunks fill from `at` on
    explicit ChunkWalk(std::span<const std::uint8_t> bytes, std::size_t at = riff_header_bytes)
        : bytes_(bytes), at_(at) {}

    /// The next chunk; none when there is no header left.
    [[nodiscard]] std::optional<Chunk> next();

    /// Was there a chunk of odd length without its byte of padding?
    [[nodiscard]] bool lacks_padding() const noexcept { return lacks_padding_; }

private:
    [[nodiscard]] bool is_name_at(std::size_t at) const;

    std::span<const std::uint8_t> bytes_;
    std::size_t at_;
    bool lacks_padding_ = false;
};

/// Is it a RIFF form of type WAVE, by its first bytes?
[[nodiscard]] bool is_wave(std::span<const std::uint8_t> bytes);

/// What a `fmt ` chunk tells.
struct WaveFormat {
    std::uint32_t tag = 0;  ///< of an extensible format that which it stands for
    std::uint32_t channels = 0;
    std::uint32_t rate_hz = 0;
    std::uint32_t bits = 0;         ///< of a sample
    std::uint32_t frame_bytes = 0;  ///< of a sample of each channel
};

/// What a person calls it: "Vorbis", "24-bit PCM", or "format 4711 with 8 bits".
[[nodiscard]] std::string name_of(const WaveFormat& format);

/// Throws Error (invalid) for one that is too short or has no possible rate.
[[nodiscard]] WaveFormat wave_format(std::span<const std::uint8_t> body, std::string_view place);

/// Checks what a hostile or broken WAV gets wrong before a library sees it: every chunk lies inside
/// the file, there is one `fmt ` before one `data`.
///   place     names the file in messages
///   returns   the bytes of the RIFF form, without what follows it
/// Throws Error (invalid).
[[nodiscard]] std::span<const std::uint8_t> checked_riff(std::span<const std::uint8_t> bytes,
                                                         std::string_view place);

/// What a `fmt ` chunk tells of a mono WAV as we write them, or somebody does. Throws Error (invalid)
/// for any other.
[[nodiscard]] WaveFormat own_format(std::span<const std::uint8_t> body, std::string_view place);

/// The content of the first chunk of that name; empty when there is none.
[[nodiscard]] std::span<const std::uint8_t> find_chunk(std::span<const std::uint8_t> bytes,
                                                       std::string_view id);

}  // namespace drumgen
