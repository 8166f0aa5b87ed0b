#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace drumgen {

using Colour = std::array<std::uint8_t, 3>;  ///< red, green, blue

/// An image of at most 256 colours, row by row from the top.
struct IndexedImage {
    int width = 0;
    int height = 0;
    std::array<Colour, 256> palette{};
    std::vector<std::uint8_t> pixels;  ///< width * height indices into the palette
};

/// A PNG file, not compressed. Source: ISO/IEC 15948, RFC 1950, RFC 1951.
[[nodiscard]] std::vector<std::uint8_t> png_bytes(const IndexedImage& image);

/// Source: RFC 4648.
[[nodiscard]] std::string base64(const std::vector<std::uint8_t>& bytes);

}  // namespace drumgen
