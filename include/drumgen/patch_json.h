#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// How patches are read from JSON.
struct PatchReading {
    std::string place;  ///< what messages call the text, such as "kick.json" or "standard input"
    const Instrument* instrument =
        nullptr;  ///< assumed when the JSON names none (the flat form needs it)
    Origin origin = Origin::given;
    bool clamp = false;
    std::vector<std::string> notes;  ///< out: one line each, for standard error
    std::vector<double> gains_db{};  ///< out: of each patch's slot in a kit, as its line says
};

/// Largest JSON text of one patch, in bytes, and how deep it may nest.
inline constexpr std::size_t max_patch_bytes = 1 << 20;
inline constexpr int max_json_depth = 32;

/// One patch from one JSON object: {"instrument", "seed", "params", "render", "name",
/// "sound_version"}, or the flat form {"punch_decay": 0.8, "seed": 7}. Throws Error (invalid) with
/// all problems of the text at once.
[[nodiscard]] Patch patch_from_json(std::string_view text, PatchReading& reading);

/// Patches from one JSON object (over several lines) or from JSON Lines. Blank lines are skipped;
/// an input without any patch is an error. Problems of all lines are collected, each with
/// "place:line".
[[nodiscard]] std::vector<Patch> patches_from_json(std::string_view text, PatchReading& reading);

/// What a line tells of a patch beside it.
struct PatchTold {
    std::optional<std::uint64_t> index{};  ///< its place in a data set
    std::optional<double> score{};         ///< probability that it is liked
    std::optional<double> uncertainty{};   ///< how far that may be off
    std::optional<double> distance_db{};   ///< from the recording that it matches
    std::string differs{};                 ///< what differs most from that, in words; may be empty
    std::optional<double> gain_db{};       ///< of its slot in a kit
    std::optional<std::size_t> hit{};      ///< of a loop, from 1: the one that it was matched to
    std::vector<std::size_t> hits{};       ///< of a loop, from 1: those that it stands for
};

/// The patch as one line of JSON, keys in the table's order, numbers in shortest form. Reading it
/// back gives an equal patch.
[[nodiscard]] std::string patch_to_json(const Patch& patch, const PatchTold& told = {});

}  // namespace drumgen
