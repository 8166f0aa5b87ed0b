#pragma once

#include <string>

#include "measure/features.h"

namespace drumgen {

/// A pitch as a key of the piano.
struct Key {
    int midi = 0;   ///< 69 is A4, 440 Hz
    int cents = 0;  ///< from there to the pitch, -50..50
};

/// The key nearest to a pitch. pitch_hz > 0.
[[nodiscard]] Key key_of(double pitch_hz);

/// "F#1"; 60 is C4.
[[nodiscard]] std::string key_name(int midi);

/// A line: length, peak, pitch.
[[nodiscard]] std::string summary(const Features& features);

/// The same, and of two channels how wide they are.
[[nodiscard]] std::string summary(const Sound& sound, const Features& features);

}  // namespace drumgen
