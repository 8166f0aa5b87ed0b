#include "measure/heat_image.h"

#include <algorithm>

#include "base/math.h"

namespace drumgen {

std::array<Colour, 256> heat_colours() {
    constexpr std::array<Colour, 9> points{{{0, 0, 4},
                                            {28, 16, 68},
                                            {79, 18, 123},
                                            {129, 37, 129},
                                            {181, 54, 122},
                                            {229, 80, 100},
                                            {251, 135, 97},
                                            {254, 194, 135},
                                            {252, 253, 191}}};
    std::array<Colour, 256> colours{};
    for (std::size_t k = 0; k < colours.size(); ++k) {
        const double at = static_cast<double>(k) / 255 * (points.size() - 1);
        const std::size_t below = std::min(static_cast<std::size_t>(at), points.size() - 2);
        const double part = at - static_cast<double>(below);
        for (std::size_t c = 0; c < 3; ++c) {
            const double mixed =
                points[below][c] + part * (points[below + 1][c] - points[below][c]);
            colours[k][c] = static_cast<std::uint8_t>(math::floor(mixed + 0.5));
        }
    }
    return colours;
}

IndexedImage heat_image(const Spectrogram& measured) {
    IndexedImage image{measured.columns, measured.rows, heat_colours(), {}};
    for (const float db : measured.level_db) {
        const double part = std::clamp(1 + static_cast<double>(db) / picture_range_db, 0.0, 1.0);
        image.pixels.push_back(static_cast<std::uint8_t>(math::floor(part * 255 + 0.5)));
    }
    return image;
}

}  // namespace drumgen
