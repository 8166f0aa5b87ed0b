#include "match/difference.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/math.h"
#include "base/units.h"

namespace drumgen {
namespace {

// What each part is worth. Of two drums of a kind and one of another, of different kits, the two are
// the nearer as often with these as by levels alone (./dev bench match); they are what levels of a
// half octave can't tell.
constexpr double pitch_unit_octaves = 10.0 / 1200;  ///< a difference of this is worth 1 dB
constexpr double most_pitch_units = 5;
constexpr double noisiness_db = 10;  ///< between a tone and noise
constexpr double attack_db = 1;      ///< for each doubling
constexpr double course_worth = 1;
constexpr double course_range_db = 30;  ///< what is further below the loudest window counts as that

double squared(double x) {
    return x * x;
}

/// The level of all bands in each window, dB below the loudest, 0 to course_range_db.
std::array<double, hit_windows> course_of(const HitTable& hit, std::size_t windows) {
    std::array<double, hit_windows> energies{};
    double most = 0;
    for (std::size_t window = 0; window < windows; ++window) {
        for (std::size_t band = 0; band < hit_bands; ++band) {
            energies[window] += static_cast<double>(hit.share[band * hit_windows + window]);
        }
        // As power, so that long windows are no louder.
        energies[window] /= hit_edges_ms[window + 1] - hit_edges_ms[window];
        most = std::max(most, energies[window]);
    }
    for (double& energy : energies) {
        const double least = most * math::exp(-course_range_db / 10 * math::log(10));
        energy = most > 0 ? db_from_power(std::max(energy, least) / most) : 0;
    }
    return energies;
}

/// How much of a hit's energy is in the windows that are known, dB.
double known_db(const HitTable& hit, std::size_t windows) {
    if (windows >= hit_windows) {
        return 0;
    }
    double share = 0;
    for (std::size_t cell = 0; cell < hit_cells; ++cell) {
        share += cell % hit_windows < windows ? static_cast<double>(hit.share[cell]) : 0;
    }
    return share > 0 ? db_from_power(share) : 0;
}

}  // namespace

double Difference::total() const noexcept {
    return math::sqrt(squared(level_db) + squared(pitch) + squared(noisiness) + squared(attack) +
                      squared(course));
}

double shared_tone(const HitTable& a, const HitTable& b, std::size_t cell) noexcept {
    const double share =
        math::sqrt(static_cast<double>(a.share[cell]) * static_cast<double>(b.share[cell]));
    return share * squared(squared(static_cast<double>(a.coherence[cell]) *
                                   static_cast<double>(b.coherence[cell])));
}

Difference difference(const HitTable& wanted, const HitTable& other) noexcept {
    double levels = 0;
    double pitches = 0;
    double noises = 0;
    const double offset = known_db(wanted, wanted.windows) - known_db(other, wanted.windows);
    for (std::size_t cell = 0; cell < hit_cells; ++cell) {
        if (cell % hit_windows >= wanted.windows) {
            continue;
        }
        levels += squared(static_cast<double>(wanted.level_db[cell]) -
                          static_cast<double>(other.level_db[cell]) - offset);
        const auto share = static_cast<double>(wanted.share[cell]);
        const auto other_share = static_cast<double>(other.share[cell]);
        const auto tone = static_cast<double>(wanted.coherence[cell]);
        const auto other_tone = static_cast<double>(other.coherence[cell]);
        const double apart = std::abs(static_cast<double>(wanted.pitch[cell]) -
                                      static_cast<double>(other.pitch[cell]));
        pitches += shared_tone(wanted, other, cell) *
                   squared(std::min(apart / pitch_unit_octaves, most_pitch_units));
        noises += 0.5 * (share + other_share) * squared(tone - other_tone);
    }
    Difference result;
    result.level_db = math::sqrt(levels / static_cast<double>(hit_bands * wanted.windows));
    result.pitch = math::sqrt(pitches);
    result.noisiness = noisiness_db * math::sqrt(noises);
    result.attack = attack_db * std::abs(octaves_from_ratio(other.attack_ms / wanted.attack_ms));
    const auto course = course_of(wanted, wanted.windows);
    const auto other_course = course_of(other, wanted.windows);
    double courses = 0;
    for (std::size_t window = 0; window < wanted.windows; ++window) {
        courses += squared(course[window] - other_course[window]);
    }
    result.course = course_worth * math::sqrt(courses / static_cast<double>(wanted.windows));
    return result;
}

}  // namespace drumgen
