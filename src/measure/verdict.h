#pragma once

#include <string_view>
#include <vector>

#include "drumgen/render.h"
#include "measure/features.h"

namespace drumgen {

enum class Bound { at_most, below, at_least };

/// One law of a rendered file, judged. The limits are those that tests/laws hold every render to.
struct Judgement {
    std::string_view law;
    double measured = 0;
    Bound bound = Bound::at_most;
    double limit = 0;

    [[nodiscard]] bool passes() const noexcept;
};

/// "at most", "below", "at least".
[[nodiscard]] std::string_view bound_word(Bound bound);

/// Judges every law that the samples alone can tell of.
///   features          of that sound
///   length_is_asked   the length was chosen, so the sound need not have fallen by its end
[[nodiscard]] std::vector<Judgement> judge(const Sound& sound, const Features& features,
                                           bool length_is_asked);

/// Samples at the end of a sound that have to be quiet: 64, or below 44.1 kHz as many as are no
/// longer than 64 at that rate.
[[nodiscard]] std::size_t end_length(double rate_hz);

/// By how much the last 5 ms are below the loudest, dB; 200 for a silent end or sound.
[[nodiscard]] double fall_db(const Sound& sound);

}  // namespace drumgen
