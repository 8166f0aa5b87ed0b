#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace drumgen {

/// A gzip file of those bytes, not compressed, so that it is the same whatever zlib would make of
/// it; without a date or a name. Source: RFC 1951 and 1952.
[[nodiscard]] std::vector<std::uint8_t> gzip_stored(std::span<const std::uint8_t> bytes);

}  // namespace drumgen
