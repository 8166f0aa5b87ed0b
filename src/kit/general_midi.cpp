#include "kit/general_midi.h"

#include <algorithm>
#include <array>
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

}  // namespace

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
