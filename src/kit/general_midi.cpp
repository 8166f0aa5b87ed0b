#include "kit/general_midi.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "param/slot_name.h"

namespace drumgen {
namespace {

struct DrumName {
    std::string_view name;
    int key;
};

constexpr std::array drum_names{
    DrumName{"acoustic_bass_drum", 35},
    DrumName{"kick_2", 35},
    DrumName{"kick", 36},
    DrumName{"bass_drum", 36},
    DrumName{"bd", 36},
    DrumName{"side_stick", 37},
    DrumName{"rim", 37},
    DrumName{"rimshot", 37},
    DrumName{"rs", 37},
    DrumName{"snare", 38},
    DrumName{"acoustic_snare", 38},
    DrumName{"sd", 38},
    DrumName{"clap", 39},
    DrumName{"hand_clap", 39},
    DrumName{"cp", 39},
    DrumName{"electric_snare", 40},
    DrumName{"snare_2", 40},
    DrumName{"low_floor_tom", 41},
    DrumName{"floor_tom", 41},
    DrumName{"closed_hat", closed_hat_key},
    DrumName{"closed_hi_hat", closed_hat_key},
    DrumName{"closed_hihat", closed_hat_key},
    DrumName{"hat", closed_hat_key},
    DrumName{"hi_hat", closed_hat_key},
    DrumName{"hihat", closed_hat_key},
    DrumName{"hat_closed", closed_hat_key},
    DrumName{"ch", closed_hat_key},
    DrumName{"high_floor_tom", 43},
    DrumName{"pedal_hat", pedal_hat_key},
    DrumName{"pedal_hi_hat", pedal_hat_key},
    DrumName{"pedal_hihat", pedal_hat_key},
    DrumName{"hat_pedal", pedal_hat_key},
    DrumName{"foot_hat", pedal_hat_key},
    DrumName{"low_tom", 45},
    DrumName{"lt", 45},
    DrumName{"tom", 45},
    DrumName{"open_hat", open_hat_key},
    DrumName{"open_hi_hat", open_hat_key},
    DrumName{"open_hihat", open_hat_key},
    DrumName{"hat_open", open_hat_key},
    DrumName{"oh", open_hat_key},
    DrumName{"low_mid_tom", 47},
    DrumName{"mid_tom", 47},
    DrumName{"mt", 47},
    DrumName{"high_mid_tom", 48},
    DrumName{"hi_mid_tom", 48},
    DrumName{"crash", 49},
    DrumName{"crash_cymbal", 49},
    DrumName{"crash_1", 49},
    DrumName{"cymbal", 49},
    DrumName{"cy", 49},
    DrumName{"high_tom", 50},
    DrumName{"hi_tom", 50},
    DrumName{"ht", 50},
    DrumName{"ride", 51},
    DrumName{"ride_cymbal", 51},
    DrumName{"ride_1", 51},
    DrumName{"china", 52},
    DrumName{"chinese_cymbal", 52},
    DrumName{"ride_bell", 53},
    DrumName{"tambourine", 54},
    DrumName{"splash", 55},
    DrumName{"splash_cymbal", 55},
    DrumName{"cowbell", 56},
    DrumName{"cb", 56},
    DrumName{"crash_2", 57},
    DrumName{"vibraslap", 58},
    DrumName{"ride_2", 59},
    DrumName{"high_bongo", 60},
    DrumName{"hi_bongo", 60},
    DrumName{"bongo", 60},
    DrumName{"low_bongo", 61},
    DrumName{"mute_high_conga", 62},
    DrumName{"mute_hi_conga", 62},
    DrumName{"high_conga", 62},
    DrumName{"open_high_conga", 63},
    DrumName{"open_hi_conga", 63},
    DrumName{"mid_conga", 63},
    DrumName{"conga", 63},
    DrumName{"low_conga", 64},
    DrumName{"high_timbale", 65},
    DrumName{"low_timbale", 66},
    DrumName{"high_agogo", 67},
    DrumName{"agogo", 67},
    DrumName{"low_agogo", 68},
    DrumName{"cabasa", 69},
    DrumName{"maracas", 70},
    DrumName{"maraca", 70},
    DrumName{"shaker", 70},
    DrumName{"claves", 75},
    DrumName{"clave", 75},
    DrumName{"high_wood_block", 76},
    DrumName{"hi_wood_block", 76},
    DrumName{"wood_block", 76},
    DrumName{"low_wood_block", 77},
    DrumName{"mute_triangle", 80},
    DrumName{"open_triangle", 81},
    DrumName{"triangle", 81},
};

/// Next of kin; who else there is follows from theirs.
struct Kin {
    int key;
    std::array<int, 4> nearest;  ///< 0: none more
};

// What plays for what is missing in SoundFonts and drum machines; toms by their pitch.
constexpr std::array kin{
    Kin{35, {36, 41}},          // acoustic bass drum
    Kin{36, {35, 41}},          // bass drum
    Kin{37, {75, 76, 40, 38}},  // side stick
    Kin{38, {40, 37, 39}},      // acoustic snare
    Kin{39, {40, 38, 37}},      // hand clap
    Kin{40, {38, 37, 39}},      // electric snare
    Kin{41, {43, 45, 47, 36}},  // low floor tom
    Kin{42, {44, 46, 70}},      // closed hi-hat
    Kin{43, {41, 45, 47}},      // high floor tom
    Kin{44, {42, 46, 70}},      // pedal hi-hat
    Kin{45, {43, 47, 41, 48}},  // low tom
    Kin{46, {44, 42, 49}},      // open hi-hat
    Kin{47, {48, 45, 50, 43}},  // low-mid tom
    Kin{48, {50, 47, 45}},      // high-mid tom
    Kin{49, {57, 55, 52, 51}},  // crash 1
    Kin{50, {48, 47, 65, 45}},  // high tom
    Kin{51, {59, 53, 49, 57}},  // ride 1
    Kin{52, {49, 57, 55}},      // Chinese cymbal
    Kin{53, {51, 59, 56}},      // ride bell
    Kin{54, {70, 69, 42}},      // tambourine
    Kin{55, {49, 57, 52}},      // splash
    Kin{56, {67, 68, 53}},      // cowbell
    Kin{57, {49, 55, 52}},      // crash 2
    Kin{58, {69, 70, 54}},      // vibraslap
    Kin{59, {51, 53, 49}},      // ride 2
    Kin{60, {61, 62, 63, 50}},  // high bongo
    Kin{61, {60, 64, 63, 48}},  // low bongo
    Kin{62, {63, 60, 64, 50}},  // mute high conga
    Kin{63, {62, 64, 61, 48}},  // open high conga
    Kin{64, {63, 61, 62, 45}},  // low conga
    Kin{65, {66, 60, 50, 48}},  // high timbale
    Kin{66, {65, 61, 47, 45}},  // low timbale
    Kin{67, {68, 56, 53}},      // high agogo
    Kin{68, {67, 56, 53}},      // low agogo
    Kin{69, {70, 54, 42}},      // cabasa
    Kin{70, {69, 54, 42}},      // maracas
    Kin{71, {81, 67, 56}},      // short whistle
    Kin{72, {71, 81, 67, 56}},  // long whistle
    Kin{73, {69, 70, 54}},      // short guiro
    Kin{74, {73, 69, 70, 54}},  // long guiro
    Kin{75, {76, 77, 37, 56}},  // claves
    Kin{76, {75, 77, 37, 56}},  // high wood block
    Kin{77, {76, 75, 37, 56}},  // low wood block
    Kin{78, {79, 62, 63, 60}},  // mute cuica
    Kin{79, {78, 63, 64, 61}},  // open cuica
    Kin{80, {81, 53, 67, 56}},  // mute triangle
    Kin{81, {80, 53, 67, 56}},  // open triangle
};
static_assert(kin.size() == last_drum_key - first_drum_key + 1);

const Kin& kin_of(int key) {
    return kin[static_cast<std::size_t>(key - first_drum_key)];
}

}  // namespace

std::vector<int> relatives_of(int key) {
    std::vector<int> known{key};
    const auto add = [&known](int other) {
        if (other != 0 && std::find(known.begin(), known.end(), other) == known.end()) {
            known.push_back(other);
        }
    };
    for (std::size_t at = 0; at < known.size(); ++at) {
        for (const int other : kin_of(known[at]).nearest) {
            add(other);
        }
    }
    // Families that have none in common: whoever is nearest on the keyboard.
    for (int apart = 1; apart <= last_drum_key - first_drum_key; ++apart) {
        for (const int other : {key - apart, key + apart}) {
            add(other >= first_drum_key && other <= last_drum_key ? other : 0);
        }
    }
    known.erase(known.begin());
    return known;
}

std::optional<int> general_midi_key(std::string_view name) {
    const std::string plain = plain_name(name);
    const auto* const found =
        std::find_if(drum_names.begin(), drum_names.end(),
                     [&plain](const DrumName& drum) { return drum.name == plain; });
    return found == drum_names.end() ? std::nullopt : std::optional(found->key);
}

std::optional<int> general_midi_key_within(std::string_view name) {
    const std::vector<std::string> words = words_in_name(name);
    for (std::size_t count = words.size(); count > 0; --count) {
        for (std::size_t first = 0; first + count <= words.size(); ++first) {
            std::string part;
            for (std::size_t k = first; k < first + count; ++k) {
                part += (part.empty() ? "" : "_") + words[k];
            }
            if (const std::optional<int> key = general_midi_key(part)) {
                return key;
            }
        }
    }
    return std::nullopt;
}

}  // namespace drumgen
