#include "measure/extremes.h"

#include <algorithm>
#include <cstddef>
#include <span>

namespace drumgen {

std::vector<Extremes> extremes_of(const Sound& sound, int columns) {
    const auto count = static_cast<std::size_t>(columns);
    std::vector<Extremes> extremes(count);
    const std::size_t frames = sound.samples.size();
    if (frames == 0) {
        return extremes;
    }
    for (std::size_t column = 0; column < count; ++column) {
        const std::size_t from = frames * column / count;
        const std::size_t to = std::max(frames * (column + 1) / count, from + 1);
        const auto part = std::span(sound.samples).subspan(from, to - from);
        const auto [low, high] = std::minmax_element(part.begin(), part.end());
        extremes[column] = {*low, *high};
    }
    return extremes;
}

}  // namespace drumgen
