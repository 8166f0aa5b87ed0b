#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace drumgen {

/// Checks what a hostile or broken WAV gets wrong before a library sees it: every chunk lies inside
/// the file, there is one `fmt ` before one `data`, mono, in a format that we write.
///   place     names the file in messages
///   returns   the bytes of the RIFF form, without what follows it
/// Throws Error (invalid).
[[nodiscard]] std::span<const std::uint8_t> checked_riff(std::span<const std::uint8_t> bytes,
                                                         std::string_view place);

}  // namespace drumgen
