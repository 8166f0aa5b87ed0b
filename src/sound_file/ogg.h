#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace drumgen {

/// Are those pages of an Ogg file, by their first bytes?
[[nodiscard]] bool is_ogg(std::span<const std::uint8_t> bytes);

/// Numbers the one stream of an Ogg file by what it holds. libsndfile draws the number from the
/// clock, and the same sound would give other bytes each time.
///   bytes   whole pages, as libsndfile writes them
/// Source: RFC 3533.
void set_ogg_serial(std::vector<std::uint8_t>& bytes);

}  // namespace drumgen
