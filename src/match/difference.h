#pragma once

#include "match/hit_table.h"

namespace drumgen {

/// How far two hits are apart. Each part is in dB, or worth as much as so many dB.
struct Difference {
    double level_db = 0;   ///< RMS of the levels' differences over the cells
    double pitch = 0;      ///< of tones, where both hits have them
    double noisiness = 0;  ///< of how much is tone
    double attack = 0;     ///< of the time that the energy takes to come
    double course = 0;     ///< of all bands' energy over the windows, which is how it decays

    /// All of them together, dB.
    [[nodiscard]] double total() const noexcept;
};

/// How much of both hits' energy is one tone in a cell; what is half noise is none.
[[nodiscard]] double shared_tone(const HitTable& a, const HitTable& b, std::size_t cell) noexcept;

/// The difference over the windows that are known of the first.
[[nodiscard]] Difference difference(const HitTable& wanted, const HitTable& other) noexcept;

}  // namespace drumgen
