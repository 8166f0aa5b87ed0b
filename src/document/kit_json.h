#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/kit.h"

namespace drumgen {

/// How a kit is read from JSON.
struct KitReading {
    std::string place;  ///< what messages call the text, such as "kit.json"
    /// The patch that a word names: a preset, a file. Throws Error.
    std::function<Patch(const std::string& word)> patch_of;
    bool clamp = false;
    std::vector<std::string> notes;  ///< out: one line each, for standard error
};

/// The file of an exported kit that tells what it holds.
inline constexpr const char* kit_info_path = "kit_info.json";

/// Largest JSON text of a kit, in bytes.
inline constexpr std::size_t max_kit_bytes = 8 << 20;

/// Is that text an object with slots, and so a kit and no patch?
[[nodiscard]] bool is_kit_json(std::string_view text);

/// A kit from {"name", "slots": {NAME: ..., ...}}, as schema kit describes it, or from a
/// kit_info.json. Throws Error (invalid) with all problems of the text at once.
[[nodiscard]] Kit kit_from_json(std::string_view text, KitReading& reading);

/// The kits of a text: one object over many lines, or one a line. Throws Error (invalid) with all
/// problems, each with "place:line".
[[nodiscard]] std::vector<Kit> kits_from_json(std::string_view text, KitReading& reading);

/// A kit as one line of JSON: index, name, and its slots' patches; keys and chokes are left to
/// their names.
///   fit_json   under "fit"; empty: none
[[nodiscard]] std::string kit_to_json(const Kit& kit, const std::string& fit_json);

/// What is wrong with so many slots; empty when nothing is.
[[nodiscard]] std::string slot_count_problem(std::size_t count);

/// Adds what is wrong with the kit as a whole: names that are none or stand twice, keys taken
/// twice, too many slots.
void check_kit(const Kit& kit, const std::string& place, std::vector<std::string>& problems);

}  // namespace drumgen
