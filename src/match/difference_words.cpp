#include "match/difference_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "base/units.h"
#include "match/difference.h"

namespace drumgen {
namespace {

/// A stretch of bands or windows, with what follows "too loud" of it.
struct Stretch {
    std::size_t first;
    std::size_t last;  ///< the one behind
    std::string_view words;
};

constexpr std::array pitches{Stretch{0, 5, "below 200 Hz"}, Stretch{5, 10, "from 200 Hz to 1 kHz"},
                             Stretch{10, 15, "from 1 to 5 kHz"},
                             Stretch{15, hit_bands, "above 5 kHz"}};
constexpr std::array times{Stretch{0, 2, "in the first 15 ms"}, Stretch{2, 4, "from 15 to 80 ms"},
                           Stretch{4, hit_windows, "after 80 ms"}};

/// Something that differs, and how much that matters.
struct Remark {
    double weight;
    std::string text;
};

/// Share of the energy of all that is the floor of a recording.
constexpr double floor_share = 1e-6;

double energy_of(const HitTable& hit, const Stretch& pitch, const Stretch& time) {
    double sum = floor_share;
    for (std::size_t band = pitch.first; band < pitch.last; ++band) {
        for (std::size_t window = time.first; window < time.last; ++window) {
            sum += static_cast<double>(hit.share[band * hit_windows + window]);
        }
    }
    return sum;
}

/// Does the recording have something above its floor there? What it lacks can't be told in dB.
bool is_heard(double energy) {
    return energy >= 2 * floor_share;
}

/// What is quiet matters less: half as much 20 dB below all.
double importance(double wanted, double other) {
    return 1 / (1 - db_from_power(std::max(wanted, other)) / 20);
}

std::string rounded(double x) {
    return fixed(std::abs(x), 0);
}

/// Treble beside bass in a stretch of time, where both move.
void add_brightness(const HitTable& wanted, const HitTable& other, const Stretch& time,
                    std::vector<Remark>& remarks) {
    constexpr Stretch bass{0, 10, ""};
    constexpr Stretch treble{10, hit_bands, ""};
    const double low = energy_of(wanted, bass, time);
    const double high = energy_of(wanted, treble, time);
    const double other_low = energy_of(other, bass, time);
    const double other_high = energy_of(other, treble, time);
    if (!is_heard(low) || !is_heard(high)) {
        return;
    }
    const double brighter = db_from_power(other_high / high) - db_from_power(other_low / low);
    const double weight =
        std::abs(brighter) * std::min(importance(low, other_low), importance(high, other_high));
    remarks.push_back({weight, formatted("{} dB too {} {}", rounded(brighter),
                                         brighter > 0 ? "bright" : "dark", time.words)});
}

void add_levels(const HitTable& wanted, const HitTable& other, const Stretch& time,
                std::vector<Remark>& remarks) {
    for (const Stretch& pitch : pitches) {
        const double energy = energy_of(wanted, pitch, time);
        if (!is_heard(energy)) {
            continue;
        }
        const double other_energy = energy_of(other, pitch, time);
        const double louder = db_from_power(other_energy / energy);
        remarks.push_back({std::abs(louder) * importance(energy, other_energy),
                           formatted("{} dB too {} {} {}", rounded(louder),
                                     louder > 0 ? "loud" : "quiet", pitch.words, time.words)});
    }
}

/// The pitch of the loudest tone that both have.
void add_pitch(const HitTable& wanted, const HitTable& other, std::vector<Remark>& remarks) {
    double most = 0;
    double apart = 0;
    for (std::size_t cell = 0; cell < hit_cells; ++cell) {
        const double tone = shared_tone(wanted, other, cell);
        if (tone > most) {
            most = tone;
            apart = 1200 * static_cast<double>(other.pitch[cell] - wanted.pitch[cell]);
        }
    }
    constexpr double least_tone = 0.05;
    if (most > least_tone) {
        constexpr double cents_per_db = 15;
        remarks.push_back(
            {std::abs(apart) / cents_per_db,
             formatted("{} cents too {}", rounded(apart), apart > 0 ? "high" : "low")});
    }
}

void add_attack(const HitTable& wanted, const HitTable& other, std::vector<Remark>& remarks) {
    const double longer = other.attack_ms - wanted.attack_ms;
    remarks.push_back({2 * std::abs(longer), formatted("attack {} ms too {}", rounded(longer),
                                                       longer > 0 ? "slow" : "fast")});
}

}  // namespace

std::string difference_words(const HitTable& wanted, const HitTable& other) {
    std::vector<Remark> remarks;
    for (const Stretch& time : times) {
        if (time.last <= wanted.windows) {
            add_brightness(wanted, other, time, remarks);
            add_levels(wanted, other, time, remarks);
        }
    }
    add_pitch(wanted, other, remarks);
    add_attack(wanted, other, remarks);
    std::stable_sort(remarks.begin(), remarks.end(),
                     [](const Remark& a, const Remark& b) { return a.weight > b.weight; });
    constexpr double least_weight = 1;
    constexpr std::size_t most = 2;
    std::vector<std::string> texts;
    for (const Remark& remark : remarks) {
        if (remark.weight >= least_weight && texts.size() < most) {
            texts.push_back(remark.text);
        }
    }
    return texts.empty() ? "nothing that is heard" : listed(texts);
}

}  // namespace drumgen
