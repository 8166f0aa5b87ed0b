#include "kit/hydrogen_rows.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "base/text.h"
#include "kit/general_midi.h"

namespace drumgen {
namespace {

/// A row of Hydrogen's own kits, and the drums that may be it.
/// Source: GMRockKit of Hydrogen 1.2, and its map of types, 2.0.
struct OwnRow {
    std::string_view name;
    std::string_view type;
    int key;
    std::array<int, 3> others;  ///< keys that are it where its own has no drum; 0: none more
};

constexpr int semi_open_hat_key = 82;  // as GMRockKit has it
constexpr std::array own_rows{
    OwnRow{"kick", "Kick", 36, {35}},
    OwnRow{"side stick", "Stick", 37, {}},
    OwnRow{"snare", "Snare", 38, {}},
    OwnRow{"hand clap", "Hand Clap", 39, {}},
    OwnRow{"snare rimshot", "Snare Rimshot", 40, {}},
    OwnRow{"floor tom", "Tom Floor", 41, {43, 45}},
    OwnRow{"hat closed", "Hi-hat Closed", closed_hat_key, {}},
    OwnRow{"tom 2", "Tom Low", 47, {48, 45, 43}},
    OwnRow{"hat pedal", "Hi-hat Pedal", pedal_hat_key, {}},
    OwnRow{"tom 1", "Tom Mid", 50, {48}},
    OwnRow{"hat open", "Hi-hat Open", open_hat_key, {}},
    OwnRow{"cowbell", "Cowbell", 56, {}},
    OwnRow{"ride", "Ride Bow", 51, {59}},
    OwnRow{"crash", "Crash", 49, {57}},
    OwnRow{"ride 2", "Ride Bow 2", 59, {}},
    OwnRow{"splash", "Splash", 55, {}},
    OwnRow{"hat semi-open", "Hi-hat Semi-Open", semi_open_hat_key, {}},
    OwnRow{"ride bell", "Ride Bell", 53, {}},
};

struct Type {
    int key;
    std::string_view name;
};

/// Of what stands behind those.
constexpr std::array types{
    Type{35, "Kick 2"},         Type{36, "Kick"},
    Type{37, "Stick"},          Type{38, "Snare"},
    Type{39, "Hand Clap"},      Type{40, "Snare 2"},
    Type{41, "Tom Floor"},      Type{42, "Hi-hat Closed"},
    Type{43, "Tom Floor 2"},    Type{44, "Hi-hat Pedal"},
    Type{45, "Tom Low"},        Type{46, "Hi-hat Open"},
    Type{47, "Tom Low 2"},      Type{48, "Tom Mid 2"},
    Type{49, "Crash"},          Type{50, "Tom High"},
    Type{51, "Ride Bow"},       Type{52, "China"},
    Type{53, "Ride Bell"},      Type{54, "Tambourine"},
    Type{55, "Splash"},         Type{56, "Cowbell"},
    Type{57, "Crash 2"},        Type{58, "Vibra Slap"},
    Type{59, "Ride Bow 2"},     Type{60, "Bongo High"},
    Type{61, "Bongo Low"},      Type{62, "Conga High Mute"},
    Type{63, "Conga High"},     Type{64, "Conga Low"},
    Type{65, "Timbale High"},   Type{66, "Timbale Low"},
    Type{67, "Agogo High"},     Type{68, "Agogo Low"},
    Type{69, "Cabasa Up"},      Type{70, "Maracas"},
    Type{75, "Claves"},         Type{76, "Wood Block High"},
    Type{77, "Wood Block Low"}, Type{80, "Triangle Mute"},
    Type{81, "Triangle"},
};

/// Gives rows their voices.
class RowPlan {
public:
    explicit RowPlan(const KitPlan& plan) : plan_(plan) {}

    std::vector<HydrogenRow> rows() {
        std::array<const KitVoice*, own_rows.size()> own{};
        // Each row's own drum first, so that no other takes it.
        for (std::size_t row = 0; row < own_rows.size(); ++row) {
            own[row] = take(own_rows[row].key);
        }
        for (std::size_t row = 0; row < own_rows.size(); ++row) {
            for (const int key : own_rows[row].others) {
                own[row] = own[row] == nullptr ? take(key) : own[row];
            }
        }
        std::vector<HydrogenRow> rows;
        for (std::size_t row = 0; row < own_rows.size(); ++row) {
            const auto& [name, type, key, others] = own_rows[row];
            if (own[row] != nullptr) {
                rows.push_back({own[row], own[row]->name, own[row]->key, std::string(type)});
            } else {
                const KitVoice& voice = relative_of(key);
                rows.push_back(
                    {&voice, formatted("{} ({})", name, voice.name), key, std::string(type), true});
            }
        }
        for (const KitVoice& voice : plan_.voices) {
            if (taken_.count(&voice) == 0) {
                rows.push_back({&voice, voice.name, voice.key, type_of(voice.key, rows)});
            }
        }
        return rows;
    }

    /// Those of the voices as they are.
    std::vector<HydrogenRow> plain_rows() {
        std::vector<HydrogenRow> rows;
        for (const KitVoice& voice : plan_.voices) {
            rows.push_back({&voice, voice.name, voice.key, type_of(voice.key, rows)});
        }
        return rows;
    }

private:
    [[nodiscard]] const KitVoice* voice_on(int key) const {
        const auto found = std::find_if(plan_.voices.begin(), plan_.voices.end(),
                                        [key](const KitVoice& voice) { return voice.key == key; });
        return found == plan_.voices.end() ? nullptr : &*found;
    }

    const KitVoice* take(int key) {
        const KitVoice* voice = voice_on(key);
        return voice != nullptr && taken_.insert(voice).second ? voice : nullptr;
    }

    [[nodiscard]] const KitVoice& relative_of(int key) const {
        const bool is_semi_open = key == semi_open_hat_key;
        if (const KitVoice* open = is_semi_open ? voice_on(open_hat_key) : nullptr) {
            return *open;
        }
        for (const int relative : relatives_of(is_semi_open ? open_hat_key : key)) {
            if (const KitVoice* voice = voice_on(relative)) {
                return *voice;
            }
        }
        return plan_.voices.front();  // no drum of General MIDI
    }

    static std::string type_of(int key, const std::vector<HydrogenRow>& rows) {
        const auto* const known = std::find_if(types.begin(), types.end(),
                                               [key](const Type& type) { return type.key == key; });
        const bool is_taken =
            known != types.end() && std::any_of(rows.begin(), rows.end(), [known](const auto& row) {
                return row.type == known->name;
            });
        return known == types.end() || is_taken ? "" : std::string(known->name);
    }

    const KitPlan& plan_;
    std::set<const KitVoice*> taken_;
};

}  // namespace

std::vector<HydrogenRow> hydrogen_rows(const KitPlan& plan) {
    RowPlan rows(plan);
    return plan.answered == AnsweredKeys::own ? rows.plain_rows() : rows.rows();
}

}  // namespace drumgen
