#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace drumgen {

/// SHA-256 in lower-case hex. Source: FIPS 180-4.
[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);

}  // namespace drumgen
