#include "archive/gzip.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/bytes.h"

namespace drumgen {
namespace {

/// The checksum of RFC 1952, chapter 8.
std::uint32_t crc32_of(std::span<const std::uint8_t> bytes) {
    constexpr std::uint32_t polynomial = 0xEDB88320;
    static const std::array<std::uint32_t, 256> table = [] {
        std::array<std::uint32_t, 256> rows{};
        for (std::uint32_t n = 0; n < rows.size(); ++n) {
            std::uint32_t c = n;
            for (int bit = 0; bit < 8; ++bit) {
                c = (c & 1) != 0 ? polynomial ^ (c >> 1) : c >> 1;
            }
            rows[n] = c;
        }
        return rows;
    }();
    std::uint32_t crc = ~std::uint32_t{0};
    for (const std::uint8_t byte : bytes) {
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8);
    }
    return ~crc;
}

}  // namespace

std::vector<std::uint8_t> gzip_stored(std::span<const std::uint8_t> bytes) {
    constexpr std::size_t most = 65535;  // of a stored block
    constexpr std::uint8_t deflate = 8;  // the only method there is
    constexpr std::uint8_t any_system = 255;
    std::vector<std::uint8_t> file{0x1F, 0x8B, deflate, 0, 0, 0, 0, 0, 0, any_system};
    file.reserve(bytes.size() + bytes.size() / most * 5 + 64);
    std::size_t at = 0;
    do {
        const std::size_t size = std::min(most, bytes.size() - at);
        file.push_back(at + size == bytes.size() ? 1 : 0);  // the last block; stored
        put_little_endian(file, size, 2);
        put_little_endian(file, ~size, 2);
        file.insert(file.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
        at += size;
    } while (at < bytes.size());
    put_little_endian(file, crc32_of(bytes), 4);
    put_little_endian(file, bytes.size(), 4);
    return file;
}

}  // namespace drumgen
