#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// Text as bytes, and back; numbers of files, lowest byte first.
namespace drumgen {

[[nodiscard]] inline std::span<const std::uint8_t> bytes_of(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

[[nodiscard]] inline std::string_view text_in(std::span<const std::uint8_t> bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Appends the lowest `count` bytes of a number, the lowest first.
template <class Bytes>
void put_little_endian(Bytes& bytes, std::uint64_t number, int count) {
    for (int i = 0; i < count; ++i) {
        bytes.push_back(static_cast<typename Bytes::value_type>(number >> (8 * i)));
    }
}

}  // namespace drumgen
