#include "render/level_curve.h"

#include <cstdint>

namespace drumgen {

LevelCurve measure_level(const Signal& sound, const Kernels& kernels) {
    LevelCurve curve;
    const auto size = static_cast<std::int64_t>(sound.size());
    for (std::int64_t at = 0; at + LevelCurve::step <= size; at += LevelCurve::step) {
        curve.energies.push_back(
            kernels.dot(sound.data() + at, sound.data() + at, LevelCurve::step));
    }
    return curve;
}

}  // namespace drumgen
