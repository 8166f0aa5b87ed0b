#pragma once

#include <cstddef>
#include <string_view>

#include "drumgen/parameter.h"

/// The keys of a kit in JSON, with what their help and limits are.
namespace drumgen::kit_keys {

inline constexpr std::string_view name = "name";
inline constexpr std::string_view kit_name = "kit_name";  ///< the same in kit_info.json
inline constexpr std::string_view slots = "slots";
inline constexpr std::string_view velocities = "velocities";
inline constexpr std::string_view round_robins = "round_robins";
inline constexpr std::string_view description = "description";  ///< for a reader

inline constexpr std::string_view patch = "patch";
inline constexpr std::string_view key = "key";
inline constexpr std::string_view choke = "choke";
inline constexpr std::string_view gain_db = "gain_db";
inline constexpr std::string_view pan = "pan";
inline constexpr std::string_view velocity = "velocity";

inline constexpr std::string_view index = "index";
inline constexpr std::string_view fit = "fit";  ///< of a proposed kit; told, not read

// What kit_info.json tells besides; reading it back passes over these.
inline constexpr std::string_view date = "date";
inline constexpr std::string_view features = "features";
inline constexpr std::string_view files = "files";
inline constexpr std::string_view level_db = "level_db";
inline constexpr std::string_view loudness = "loudness_lufs";
inline constexpr std::string_view version = "drumgen_version";

inline constexpr std::string_view name_help = "Title of the kit, without control characters";
inline constexpr std::string_view slots_help =
    "The sounds by their names. Each is a patch: the text of a preset or file, or an object, with "
    "what follows beside it or around it";
inline constexpr std::string_view patch_help =
    "The sound: a preset, a file, or a patch as an object. Left out, the object is the patch";
inline constexpr std::string_view key_help =
    "MIDI key that plays it; left out, that of the slot's name in General MIDI, or a free one";
inline constexpr std::string_view choke_help =
    "Slots of one group cut each other off, 0 none; left out, closed, pedal and open hat do";
inline constexpr std::string_view gain_help = "Louder or quieter than the kit would have it";
inline constexpr std::string_view pan_help = "From -1, left, to 1, right";
inline constexpr std::string_view velocity_help = "How hard the drum is hit, as of a render";

inline constexpr std::string_view velocities_help =
    "Layers of each slot, rendered at rising velocities";
inline constexpr std::string_view round_robins_help =
    "Variations of each layer, which hits play in turn";

inline constexpr int max_key = 127;
inline constexpr int max_layers = 16;  ///< and as many variations of each
inline constexpr Range gain_range_db{-40, 20};
inline constexpr Range level_range_db{-60, 0};
inline constexpr Range pan_range{-1, 1};
inline constexpr std::size_t max_slots = 128;         ///< one for each MIDI key
inline constexpr std::size_t max_name_length = 64;    ///< characters of a slot's name
inline constexpr std::size_t max_title_length = 200;  ///< characters of a kit's name

}  // namespace drumgen::kit_keys
