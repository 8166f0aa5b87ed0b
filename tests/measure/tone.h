#pragma once

#include <cmath>
#include <cstddef>

#include "drumgen/render.h"

namespace drumgen {

/// A sine of half of full scale.
[[nodiscard]] inline Sound tone(double hz, double length_s, double rate_hz = 48000) {
    Sound sound{Signal(static_cast<std::size_t>(length_s * rate_hz), 0.0F), rate_hz};
    for (std::size_t k = 0; k < sound.samples.size(); ++k) {
        sound.samples[k] =
            static_cast<float>(0.5 * std::sin(2 * M_PI * hz * static_cast<double>(k) / rate_hz));
    }
    return sound;
}

}  // namespace drumgen
