#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace drumgen {

/// Sizes of a RIFF form: "RIFF", its size and "WAVE"; a chunk's name and size.
inline constexpr std::size_t riff_header_bytes = 12;
inline constexpr std::size_t chunk_header_bytes = 8;

/// Formats of samples, as a `fmt ` chunk tells them.
/// Source: Multimedia Programming Interface and Data Specifications 1.0, IBM and Microsoft, 1991.
inline constexpr std::uint16_t format_pcm = 1;
inline constexpr std::uint16_t format_float = 3;

/// Checks what a hostile or broken WAV gets wrong before a library sees it: every chunk lies inside
/// the file, there is one `fmt ` before one `data`, mono, in a format that we write.
///   place     names the file in messages
///   returns   the bytes of the RIFF form, without what follows it
/// Throws Error (invalid).
[[nodiscard]] std::span<const std::uint8_t> checked_riff(std::span<const std::uint8_t> bytes,
                                                         std::string_view place);

/// The content of the first chunk of that name in what checked_riff returned; empty when there is
/// none.
[[nodiscard]] std::span<const std::uint8_t> find_chunk(std::span<const std::uint8_t> riff,
                                                       std::string_view id);

}  // namespace drumgen
