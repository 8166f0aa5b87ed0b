#pragma once

#include <vector>

#include "drumgen/render.h"

namespace drumgen {

/// Level over time and frequency, dB below the loudest point of all.
struct Spectrogram {
    int columns = 0;  ///< over time, the first at 0 s, the last at the end
    int rows = 0;     ///< over frequency, the highest first, evenly in octaves
    double low_hz = 0;
    double high_hz = 0;
    std::vector<float> level_db;  ///< rows * columns, row by row, -200..0
};

/// Measures it with windows that shrink from 85 ms for low frequencies to 11 ms for high ones, so
/// that the pitch of a kick and the edge of a click both show.
///   low_hz, high_hz   of the lowest and the highest row; what the sound can't hold is silent
[[nodiscard]] Spectrogram spectrogram(const Sound& sound, int columns, int rows, double low_hz,
                                      double high_hz);

}  // namespace drumgen
