#include "document/kit_of_lines.h"

#include <set>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "document/json_text.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "param/kit_keys.h"
#include "param/patch_keys.h"
#include "param/slot_name.h"

namespace drumgen {
namespace {

/// The name of a slot for a patch: its own, as far as a slot may be called so, or its instrument's.
std::string slot_name_of(const Patch& patch) {
    std::string name;
    std::size_t count = 0;
    for (const Character& letter : characters_of(patch.name)) {
        const bool parts_path = letter.bytes == "/" || letter.bytes == "\\";
        const bool is_odd_first = name.empty() && (letter.bytes == "." || letter.bytes == " ");
        if (!is_odd_first && count + 4 < kit_keys::max_name_length) {
            name += parts_path ? "_" : letter.bytes;
            ++count;
        }
    }
    while (name.ends_with(' ')) {
        name.pop_back();
    }
    return slot_name_problem(name).empty() ? name : std::string(patch.instrument->name);
}

}  // namespace

bool is_patch_lines(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) {
        return false;
    }
    const std::string_view line = text.substr(first, text.find('\n', first) - first);
    const JsonText parsed = parse_json(line, max_patch_bytes);
    return parsed.value && parsed.value->is_object() &&
           parsed.value->contains(std::string(patch_keys::instrument)) &&
           !parsed.value->contains(std::string(kit_keys::slots));
}

Kit kit_of_patch_lines(std::string_view text, KitReading& reading) {
    PatchReading lines;
    lines.place = reading.place;
    lines.clamp = reading.clamp;
    // Before anything of what may be a million is read.
    if (const std::string problem = slot_count_problem(numbered_lines(text).size());
        !problem.empty()) {
        throw Error(Status::invalid, message(reading.place, "", problem));
    }
    Kit kit;
    std::set<std::string> taken;
    std::vector<Patch> patches = patches_from_json(text, lines);
    for (std::size_t k = 0; k < patches.size(); ++k) {
        Slot slot;
        slot.name = unique_name(slot_name_of(patches[k]), taken);
        slot.patch = std::move(patches[k]);
        slot.gain_db = lines.gains_db[k];
        kit.slots.push_back(std::move(slot));
    }
    reading.notes.insert(reading.notes.end(), lines.notes.begin(), lines.notes.end());
    std::vector<std::string> problems;
    check_kit(kit, reading.place, problems);
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
    return kit;
}

}  // namespace drumgen
