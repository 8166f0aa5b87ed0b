#include "kit/levels.h"

#include <algorithm>
#include <array>

#include "base/math.h"
#include "base/text.h"
#include "param/kit_keys.h"

namespace drumgen {
namespace {

struct KeyTarget {
    int first_key;
    int last_key;
    double lu;
};

// The first that holds a key counts. Between the quartiles over the kits of Debian's hydrogen-data,
// each sound beside its kit's loudest kick, and near the median; where those have fewer than five
// of a kind, by what is said of mixes.
constexpr std::array targets{
    KeyTarget{35, 36, 0},    // kicks
    KeyTarget{37, 37, -3},   // rim
    KeyTarget{38, 38, -1},   // snare
    KeyTarget{39, 39, -6},   // clap
    KeyTarget{40, 40, -1},   // second snare
    KeyTarget{42, 42, -10},  // closed hat
    KeyTarget{44, 44, -10},  // pedal hat
    KeyTarget{46, 46, -5},   // open hat
    KeyTarget{49, 49, -3},   // crash
    KeyTarget{41, 50, -1},   // toms, which have what is left of these keys
    KeyTarget{51, 51, -7},   // ride
    KeyTarget{52, 52, -4},   // china
    KeyTarget{53, 53, -7},   // ride's bell
    KeyTarget{54, 54, -10},  // tambourine
    KeyTarget{55, 55, -4},   // splash
    KeyTarget{56, 56, -6},   // cowbell
    KeyTarget{57, 57, -3},   // second crash
    KeyTarget{59, 59, -7},   // second ride
    KeyTarget{60, 66, -5},   // bongos, congas, timbales
    KeyTarget{67, 68, -6},   // agogos
    KeyTarget{69, 70, -10},  // cabasa, maracas
    KeyTarget{75, 77, -9},   // claves, wood blocks
    KeyTarget{80, 81, -10},  // triangles
};

constexpr double usual_lu = -4;

/// A kit is not made quieter than this for the sake of one sound that can't be loud, such as a
/// click.
constexpr double least_kick_lufs = -24;

}  // namespace

double target_lu(int key) {
    const auto* const found =
        std::find_if(targets.begin(), targets.end(), [key](const KeyTarget& target) {
            return key >= target.first_key && key <= target.last_key;
        });
    return found == targets.end() ? usual_lu : found->lu;
}

std::vector<double> levels_db(const KitPlan& plan, const std::vector<double>& loudness_lufs,
                              Levels levels, std::vector<std::string>& notes) {
    const std::size_t count = plan.voices.size();
    // How far each must be raised, up to what all are lowered by together.
    std::vector<double> wanted(count);
    double highest = -1000;
    for (std::size_t i = 0; i < count; ++i) {
        const KitVoice& voice = plan.voices[i];
        wanted[i] = voice.gain_db;
        if (levels == Levels::balanced) {
            wanted[i] += target_lu(voice.key) - loudness_lufs[i];
        }
        highest = std::max(highest, wanted[i]);
    }
    double offset = -highest;
    if (levels == Levels::balanced) {
        offset = std::max(offset, least_kick_lufs);
    } else {
        offset = std::min(offset, 0.0);  // nothing asks to be raised: nothing changes
    }
    std::vector<double> gains(count);
    for (std::size_t i = 0; i < count; ++i) {
        constexpr double steps = 100;  // in a dB: fine enough, and short to read
        const double gain = math::nearest(wanted[i] + offset, steps);
        if (gain > 1) {
            notes.push_back(
                formatted("{} is {} dB below its level in the kit: its peak is at the limit",
                          in_quotes(plan.voices[i].name),
                          number_to_text(static_cast<double>(math::floor(gain + 0.5)))));
        }
        gains[i] = std::clamp(gain, kit_keys::level_range_db.min, 0.0);
    }
    return gains;
}

}  // namespace drumgen
