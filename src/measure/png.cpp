#include "measure/png.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace drumgen {

namespace {

using Bytes = std::vector<std::uint8_t>;

void put_big_endian(Bytes& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out.push_back(static_cast<std::uint8_t>(number >> shift));
    }
}

std::uint32_t crc_32(std::span<const std::uint8_t> bytes) {
    static const auto table = [] {
        std::array<std::uint32_t, 256> entries{};
        for (std::uint32_t k = 0; k < entries.size(); ++k) {
            std::uint32_t crc = k;
            for (int bit = 0; bit < 8; ++bit) {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0);
            }
            entries[k] = crc;
        }
        return entries;
    }();
    std::uint32_t crc = 0xFFFFFFFF;
    for (const std::uint8_t byte : bytes) {
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8);
    }
    return ~crc;
}

std::uint32_t adler_32(std::span<const std::uint8_t> bytes) {
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    for (const std::uint8_t byte : bytes) {
        low = (low + byte) % 65521;
        high = (high + low) % 65521;
    }
    return high << 16 | low;
}

void put_chunk(Bytes& out, std::string_view name, std::span<const std::uint8_t> body) {
    put_big_endian(out, static_cast<std::uint32_t>(body.size()));
    const std::size_t start = out.size();
    out.insert(out.end(), name.begin(), name.end());
    out.insert(out.end(), body.begin(), body.end());
    put_big_endian(out, crc_32(std::span(out).subspan(start)));
}

/// A zlib stream of stored blocks.
Bytes stored(std::span<const std::uint8_t> bytes) {
    constexpr std::size_t largest = 65535;
    Bytes out{0x78, 0x01};
    for (std::size_t at = 0; at < bytes.size(); at += largest) {
        const std::size_t count = std::min(largest, bytes.size() - at);
        const bool is_last = at + count == bytes.size();
        const auto low = static_cast<std::uint8_t>(count & 0xFF);
        const auto high = static_cast<std::uint8_t>(count >> 8);
        out.insert(out.end(), {static_cast<std::uint8_t>(is_last ? 1 : 0), low, high,
                               static_cast<std::uint8_t>(~low), static_cast<std::uint8_t>(~high)});
        const auto block = bytes.subspan(at, count);
        out.insert(out.end(), block.begin(), block.end());
    }
    put_big_endian(out, adler_32(bytes));
    return out;
}

}  // namespace

std::vector<std::uint8_t> png_bytes(const IndexedImage& image) {
    Bytes header;
    put_big_endian(header, static_cast<std::uint32_t>(image.width));
    put_big_endian(header, static_cast<std::uint32_t>(image.height));
    // 8 bits, palette, deflate, the standard filters, not interlaced.
    header.insert(header.end(), {8, 3, 0, 0, 0});
    Bytes palette;
    for (const Colour& colour : image.palette) {
        palette.insert(palette.end(), colour.begin(), colour.end());
    }
    Bytes rows;
    const auto width = static_cast<std::size_t>(image.width);
    for (std::size_t at = 0; at + width <= image.pixels.size(); at += width) {
        rows.push_back(0);  // no filter
        const auto row = std::span(image.pixels).subspan(at, width);
        rows.insert(rows.end(), row.begin(), row.end());
    }
    Bytes out{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    put_chunk(out, "IHDR", header);
    put_chunk(out, "PLTE", palette);
    put_chunk(out, "IDAT", stored(rows));
    put_chunk(out, "IEND", {});
    return out;
}

std::string base64(const std::vector<std::uint8_t>& bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8 | (at + k < bytes.size() ? bytes[at + k] : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            const bool is_there = at + k <= bytes.size();
            text += is_there ? digits[group >> (18 - 6 * k) & 63] : '=';
        }
    }
    return text;
}

}  // namespace drumgen
