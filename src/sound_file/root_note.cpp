#include "sound_file/root_note.h"

#include "base/math.h"
#include "base/units.h"

namespace drumgen {

void set_root_note(WavTags& tags, double pitch_hz) {
    // Own logarithm: the C library's could round to another cent on another machine.
    constexpr double a4_hz = 440;
    constexpr double a4_cents = 6900;
    const double octaves = octaves_from_ratio(pitch_hz / a4_hz);
    const auto cents = static_cast<int>(math::floor(a4_cents + 1200 * octaves + 0.5));
    const auto note = static_cast<int>(math::floor((cents + 50) / 100.0));
    if (note >= 0 && note <= 127 && cents >= 0) {
        tags.root_note = note;
        tags.root_cents = cents - note * 100;
    }
}

}  // namespace drumgen
