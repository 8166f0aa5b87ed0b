#include "measure/summary.h"

#include <array>
#include <string_view>

#include "base/math.h"
#include "base/text.h"
#include "base/units.h"

namespace drumgen {

Key key_of(double pitch_hz) {
    const auto cents = math::floor(100 * midi_from_hz(pitch_hz) + 0.5);
    const auto midi = math::floor(static_cast<double>(cents + 50) / 100);
    return {static_cast<int>(midi), static_cast<int>(cents - 100 * midi)};
}

std::string key_name(int midi) {
    constexpr std::array<std::string_view, 12> names{"C",  "C#", "D",  "D#", "E",  "F",
                                                     "F#", "G",  "G#", "A",  "A#", "B"};
    const int octave = static_cast<int>(math::floor(midi / 12.0)) - 1;
    return std::string(names[static_cast<std::size_t>(midi - 12 * (octave + 1))]) +
           std::to_string(octave);
}

std::string summary(const Features& features) {
    std::string text = fixed(features.duration_s, 3) + " s, ";
    if (features.true_peak > 0) {
        const double peak_db = db_from_gain(features.true_peak);
        text += formatted("true peak {} dBTP, ", fixed(peak_db, 2));
    } else {
        return text + "silent";
    }
    if (features.f0_hz <= 0) {
        return text + "no clear pitch";
    }
    const Key key = key_of(features.f0_hz);
    return formatted("{}pitch {} Hz ({} {}{} cents)", text, fixed(features.f0_hz, 2),
                     key_name(key.midi), key.cents < 0 ? "" : "+", key.cents);
}

std::string summary(const Sound& sound, const Features& features) {
    if (!sound.is_stereo()) {
        return summary(features);
    }
    const StereoFeatures stereo = measure_stereo(sound);
    return formatted("{}, two channels, side {} of the middle, correlation {}", summary(features),
                     fixed(stereo.width, 2), fixed(stereo.correlation, 2));
}

}  // namespace drumgen
