#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace drumgen {

/// SHA-256 in lower-case hex. Source: FIPS 180-4.
[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);

/// The same of each message. Two take little longer than one.
[[nodiscard]] std::vector<std::string> sha256_hex_of_all(
    std::span<const std::span<const std::uint8_t>> messages);

}  // namespace drumgen
