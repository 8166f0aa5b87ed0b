#pragma once

#include <vector>

#include "drumgen/render.h"
#include "listen.h"

namespace drumgen {

/// A hit on an instrument as it is without settings.
struct PlayedStroke {
    const char* instrument;
    double at_s;
    double level;
};

/// A recording of these at 48 kHz.
inline Sound played(const std::vector<PlayedStroke>& strokes, double seconds) {
    Sound recording{Signal(static_cast<std::size_t>(seconds * 48000), 0.0F), 48000};
    for (const auto& [instrument, at_s, level] : strokes) {
        const Signal hit = listen::sound_of(instrument, {});
        const auto first = static_cast<std::size_t>(at_s * 48000);
        for (std::size_t k = 0; k < hit.size() && first + k < recording.samples.size(); ++k) {
            recording.samples[first + k] += static_cast<float>(level) * hit[k];
        }
    }
    return recording;
}

}  // namespace drumgen
