#include "measure/text_picture.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/utf8.h"
#include "measure/extremes.h"

namespace drumgen {

namespace {

/// Which dots are set.
class Dots {
public:
    Dots(int width, int height)
        : width_(static_cast<std::size_t>(width)),
          dots_(width_ * static_cast<std::size_t>(height)) {}

    void set(int x, int y) { dots_[index(x, y)] = true; }
    [[nodiscard]] bool at(int x, int y) const { return dots_[index(x, y)]; }

private:
    [[nodiscard]] std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y) * width_ + static_cast<std::size_t>(x);
    }

    std::size_t width_;
    std::vector<bool> dots_;
};

/// Each column from the lowest to the highest sample of its time.
Dots waveform_dots(const Sound& sound, int width, int height) {
    float peak = 0;
    for (const float sample : sound.samples) {
        peak = std::max(peak, sample < 0 ? -sample : sample);
    }
    const float scale = peak > 0 ? 1 / peak : 0;
    const auto row_of = [&](float sample) {
        const float part = (1 - sample * scale) / 2;
        return std::clamp(static_cast<int>(part * static_cast<float>(height)), 0, height - 1);
    };
    Dots dots(width, height);
    int x = 0;
    for (const auto& [low, high] : extremes_of(sound, width)) {
        for (int y = row_of(high); y <= row_of(low); ++y) {
            dots.set(x, y);
        }
        ++x;
    }
    return dots;
}

/// A Braille character in UTF-8: U+2800 and a bit for each dot.
std::string braille(const Dots& dots, int x, int y) {
    // Unicode counts dots 1-3 and 4-6 down the columns, then 7 and 8 below them.
    constexpr std::uint32_t bits[4][2]{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    char32_t code = 0x2800;
    for (int row = 0; row < 4; ++row) {
        for (int column = 0; column < 2; ++column) {
            code |= dots.at(x + column, y + row) ? bits[row][column] : 0;
        }
    }
    return utf8_of(code);
}

}  // namespace

std::string text_waveform(const Sound& sound, const TextPicture& picture) {
    const int wide = picture.has_unicode ? 2 : 1;
    const int high = picture.has_unicode ? 4 : 2;
    const Dots dots = waveform_dots(mid_of(sound), picture.columns * wide, picture.rows * high);
    std::string text;
    for (int row = 0; row < picture.rows; ++row) {
        for (int column = 0; column < picture.columns; ++column) {
            if (picture.has_unicode) {
                text += braille(dots, column * wide, row * high);
                continue;
            }
            const bool above = dots.at(column, row * high);
            const bool below = dots.at(column, row * high + 1);
            text += above && below ? ':' : above ? '\'' : below ? '.' : ' ';
        }
        text += '\n';
    }
    return text;
}

}  // namespace drumgen
