#pragma once

#include "base/math.h"

/// The one place where units are converted: ms, Hz, dB, semitones outside; seconds, cycles, linear
/// gain inside.
namespace drumgen {

[[nodiscard]] constexpr double seconds_from_ms(double ms) noexcept {
    return ms / 1000;
}

[[nodiscard]] constexpr double ms_from_seconds(double seconds) noexcept {
    return seconds * 1000;
}

[[nodiscard]] inline double gain_from_db(double db) noexcept {
    return math::exp(db * 0.11512925464970228420);  // ln(10) / 20
}

/// ratio > 0.
[[nodiscard]] inline double db_from_gain(double ratio) noexcept {
    return 20 * math::log(ratio) / math::log(10);
}

/// The same of a ratio of powers.
[[nodiscard]] inline double db_from_power(double ratio) noexcept {
    return 10 * math::log(ratio) / math::log(10);
}

/// What twice a power is above it.
inline constexpr double doubled_power_db = 3.0102999566398120;

/// The level of a power whose full scale is 1; what is less than that of silence is silence.
inline constexpr double silence_db = -200;
[[nodiscard]] inline double level_db(double power) noexcept {
    return power > 1e-20 ? db_from_power(power) : silence_db;
}

/// Octaves that one pitch is above another. ratio > 0.
[[nodiscard]] inline double octaves_from_ratio(double ratio) noexcept {
    return math::log(ratio) / math::ln_2;
}

/// Key of a pitch as MIDI counts them: 69 is 440 Hz, 12 an octave. pitch_hz > 0.
[[nodiscard]] inline double midi_from_hz(double pitch_hz) noexcept {
    return 69 + 12 * math::log(pitch_hz / 440) / math::ln_2;
}

/// Pitch of a MIDI key in equal temperament, A4 (69) at 440 Hz.
[[nodiscard]] inline double hz_from_midi(double key) noexcept {
    return 440 * math::exp((key - 69) / 12 * math::ln_2);
}

}  // namespace drumgen
