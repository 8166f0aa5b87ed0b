#include "sound_file/ogg.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "sound_file/riff.h"

namespace drumgen {
namespace {

constexpr std::size_t serial_at = 14;
constexpr std::size_t checksum_at = 22;
constexpr std::size_t segments_at = 26;
constexpr std::size_t number_bytes = 4;

using Page = std::span<std::uint8_t>;

/// Highest bit first, no inversion.
std::uint32_t checksum(std::span<const std::uint8_t> bytes, std::uint32_t from = 0) {
    static const std::array<std::uint32_t, 256> table = [] {
        constexpr std::uint32_t polynomial = 0x04C11DB7;
        std::array<std::uint32_t, 256> rows{};
        for (std::uint32_t byte = 0; byte < rows.size(); ++byte) {
            std::uint32_t row = byte << 24;
            for (int bit = 0; bit < 8; ++bit) {
                row = row << 1 ^ ((row >> 31) != 0 ? polynomial : 0);
            }
            rows[byte] = row;
        }
        return rows;
    }();
    return std::accumulate(
        bytes.begin(), bytes.end(), from,
        [](std::uint32_t crc, std::uint8_t byte) { return crc << 8 ^ table[crc >> 24 ^ byte]; });
}

/// The pages, one behind the other, as far as they are whole.
std::vector<Page> pages_of(std::vector<std::uint8_t>& bytes) {
    std::vector<Page> pages;
    Page left(bytes);
    while (is_ogg(left) && left.size() > segments_at) {
        const std::size_t header = segments_at + 1 + left[segments_at];
        if (header > left.size()) {
            break;
        }
        const std::size_t size =
            std::accumulate(left.begin() + segments_at + 1,
                            left.begin() + static_cast<std::ptrdiff_t>(header), header);
        if (size > left.size()) {
            break;
        }
        pages.push_back(left.first(size));
        left = left.subspan(size);
    }
    return pages;
}

}  // namespace

bool is_ogg(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view magic = "OggS";
    return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
}

void set_ogg_serial(std::vector<std::uint8_t>& bytes) {
    const std::vector<Page> pages = pages_of(bytes);
    std::uint32_t content = 0;
    for (const Page page : pages) {
        set_number_at(page, serial_at, 0, number_bytes);
        set_number_at(page, checksum_at, 0, number_bytes);
        content = checksum(page, content);
    }
    for (const Page page : pages) {
        set_number_at(page, serial_at, content, number_bytes);
        set_number_at(page, checksum_at, checksum(page), number_bytes);
    }
}

}  // namespace drumgen
