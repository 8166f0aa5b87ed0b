#include "document/kit_json.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/utf8.h"
#include "document/json_text.h"
#include "document/patch_object.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "param/kit_keys.h"
#include "param/patch_keys.h"
#include "param/slot_name.h"
#include "param/state.h"

namespace drumgen {
namespace {

using nlohmann::json;

constexpr std::array kit_key_names{
    kit_keys::index, kit_keys::fit,      kit_keys::velocities, kit_keys::round_robins,
    kit_keys::name,  kit_keys::kit_name, kit_keys::slots,      kit_keys::description,
    kit_keys::date,  kit_keys::version,  patch_keys::version};
constexpr std::array slot_key_names{kit_keys::patch,    kit_keys::key,      kit_keys::choke,
                                    kit_keys::gain_db,  kit_keys::pan,      kit_keys::velocity,
                                    kit_keys::level_db, kit_keys::loudness, kit_keys::files,
                                    kit_keys::features};

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The instrument that a slot's name tells: "kick", or a part of it, "closed_hat".
const Instrument* instrument_in(std::string_view name) {
    const Instrument* found = nullptr;
    for (const Instrument* instrument : instruments()) {
        const std::string padded = formatted("_{}_", plain_name(name));
        if (padded.find(formatted("_{}_", instrument->name)) != padded.npos) {
            if (found != nullptr) {
                return nullptr;
            }
            found = instrument;
        }
    }
    return found;
}

class KitReader {
public:
    KitReader(KitReading& reading, std::vector<std::string>& problems)
        : reading_(reading), problems_(problems) {}

    Kit read(const json& object) {
        Kit kit;
        if (!object.is_object() || !object.contains(kit_keys::slots)) {
            problem("is no kit; a kit is an object with " + in_quotes(kit_keys::slots));
            return kit;
        }
        for (const auto& [key, value] : object.items()) {
            if (key == kit_keys::name || key == kit_keys::kit_name) {
                read_name(key, value, kit);
            } else if (key == kit_keys::slots) {
                read_slots(value, kit);
            } else if (key == kit_keys::index) {
                read_index(value, kit);
            } else if (key == kit_keys::velocities) {
                kit.velocities = count(key, value);
            } else if (key == kit_keys::round_robins) {
                kit.round_robins = count(key, value);
            } else if (!is_among(kit_key_names, key)) {
                const std::string remedy = "; sounds belong inside " + in_quotes(kit_keys::slots);
                problem(formatted("unknown key {}{}", in_quotes(key),
                                  did_you_mean(key, kit_key_names, remedy)));
            }
        }
        return kit;
    }

private:
    void problem(const std::string& text) {
        problems_.push_back(message(place_.empty() ? reading_.place : place_, "", text));
    }

    void read_name(const std::string& key, const json& value, Kit& kit) {
        if (!value.is_string()) {
            return problem(formatted("{} = {} is not text", key, described(value)));
        }
        kit.name = value.get<std::string>();
        if (has_control(kit.name)) {
            problem(formatted("{} = {} holds a control character", key, in_quotes(kit.name)));
        }
        if (character_count(kit.name) > kit_keys::max_title_length) {
            problem(formatted("{} has {} characters, at most {} are allowed", key,
                              character_count(kit.name), kit_keys::max_title_length));
        }
    }

    void read_index(const json& value, Kit& kit) {
        kit.index = whole_number(value);
        if (!kit.index || *kit.index > patch_keys::max_index) {
            problem(formatted("index = {} is not a whole number from 0 to 2^53", described(value)));
        }
    }

    void read_slots(const json& slots, Kit& kit) {
        if (!slots.is_object()) {
            return problem(
                formatted("{} = {} is not an object", kit_keys::slots, described(slots)));
        }
        if (const std::string text = slot_count_problem(slots.size()); !text.empty()) {
            return problem(text);
        }
        for (const auto& [name, value] : slots.items()) {
            place_ = message(reading_.place, "", "slot " + in_quotes(name));
            Slot slot;
            slot.name = name;
            read_slot(value, slot);
            kit.slots.push_back(std::move(slot));
            place_.clear();
        }
    }

    void read_slot(const json& value, Slot& slot) {
        if (value.is_string()) {
            return take_word(value.get<std::string>(), slot);
        }
        if (!value.is_object()) {
            return problem(described(value) +
                           " is not a sound; give a preset, a file, or a patch as an object");
        }
        const auto patch = value.find(kit_keys::patch);
        if (patch == value.end()) {
            json rest = value;
            for (const std::string_view key : slot_key_names) {
                rest.erase(std::string(key));
            }
            take_object(rest, slot);
        } else if (patch->is_string()) {
            take_word(patch->get<std::string>(), slot);
        } else {
            take_object(*patch, slot);
        }
        for (const auto& [key, setting] : value.items()) {
            read_setting(key, setting, patch != value.end(), slot);
        }
    }

    void take_word(const std::string& word, Slot& slot) {
        // A kit may be anybody's.
        if (const std::string reason = word.starts_with("{") ? "" : path_problem(word);
            !reason.empty()) {
            return problem(formatted("{} {}; copy it there, or name it with --slot NAME=FILE",
                                     in_quotes(word), reason));
        }
        try {
            slot.patch = reading_.patch_of(word);
        } catch (const Error& error) {
            for (const std::string& line : error.problems()) {
                problem(line);
            }
        }
    }

    void take_object(const json& object, Slot& slot) {
        PatchReading patch;
        patch.place = place_;
        patch.clamp = reading_.clamp;
        const bool names_one = object.is_object() && object.contains(patch_keys::instrument);
        patch.instrument = names_one ? nullptr : instrument_in(slot.name);
        slot.patch = patch_from_object(object, patch, problems_);
        reading_.notes.insert(reading_.notes.end(), patch.notes.begin(), patch.notes.end());
    }

    void read_setting(const std::string& key, const json& value, bool is_wrapped, Slot& slot) {
        if (key == kit_keys::key) {
            slot.key = number(key, value, kit_keys::max_key);
        } else if (key == kit_keys::choke) {
            slot.choke = number(key, value, kit_keys::max_key);
        } else if (key == kit_keys::gain_db) {
            slot.gain_db = real(key, value, kit_keys::gain_range_db, " dB");
        } else if (key == kit_keys::pan) {
            slot.pan = real(key, value, kit_keys::pan_range, "");
        } else if (key == kit_keys::level_db) {
            slot.level_db = real(key, value, kit_keys::level_range_db, " dB");
        } else if (key == kit_keys::velocity) {
            read_velocity(value, slot);
        } else if (is_wrapped && !is_among(slot_key_names, key)) {
            const std::string remedy =
                "; what makes the sound belongs inside " + in_quotes(kit_keys::patch);
            problem(formatted("unknown key {}{}", in_quotes(key),
                              did_you_mean(key, slot_key_names, remedy)));
        }
    }

    std::optional<int> number(const std::string& key, const json& value, int most) {
        const std::optional<std::uint64_t> whole = whole_number(value);
        if (!whole || *whole > static_cast<std::uint64_t>(most)) {
            problem(formatted("{} = {} is not a whole number from 0 to {}", key, described(value),
                              most));
            return std::nullopt;
        }
        return static_cast<int>(*whole);
    }

    int count(const std::string& key, const json& value) {
        const std::optional<std::uint64_t> whole = whole_number(value);
        if (!whole || *whole < 1 || *whole > kit_keys::max_layers) {
            problem(formatted("{} = {} is not a whole number from 1 to {}", key, described(value),
                              kit_keys::max_layers));
            return 1;
        }
        return static_cast<int>(*whole);
    }

    double real(const std::string& key, const json& value, Range range, const std::string& unit) {
        const double number = value.is_number() ? value.get<double>() : range.max + 1;
        if (number < range.min || number > range.max) {
            problem(formatted("{} = {} is outside {}..{}{}", key, described(value),
                              number_to_text(range.min), number_to_text(range.max), unit));
            return 0;
        }
        return number;
    }

    void read_velocity(const json& value, Slot& slot) {
        if (slot.patch.instrument == nullptr) {
            return;  // told already
        }
        Stating stating;
        stating.place = place_;
        stating.clamp = reading_.clamp;
        if (value.is_number()) {
            state_render_number(slot.patch, kit_keys::velocity, value.get<double>(), stating);
        } else {
            state_render_other(slot.patch, kit_keys::velocity, described(value), stating);
        }
        problems_.insert(problems_.end(), stating.problems.begin(), stating.problems.end());
        reading_.notes.insert(reading_.notes.end(), stating.notes.begin(), stating.notes.end());
    }

    KitReading& reading_;
    std::vector<std::string>& problems_;
    std::string place_;  // of the slot that is read
};

/// The kit in a line that export-kit --json prints, or the value itself.
const json& kit_in(const json& value) {
    const auto kit = value.find("kit");
    const bool is_told = value.is_object() && !value.contains(kit_keys::slots) &&
                         kit != value.end() && kit->is_object();
    return is_told ? *kit : value;
}

}  // namespace

bool is_kit_json(std::string_view text) {
    if (text.find("\"slots\"") == text.npos) {
        return false;
    }
    const JsonText parsed = parse_json(text, max_kit_bytes);
    return parsed.value && parsed.value->is_object() &&
           kit_in(*parsed.value).contains(kit_keys::slots);
}

Kit kit_from_json(std::string_view text, KitReading& reading) {
    const JsonText parsed = parse_json(text, max_kit_bytes);
    std::vector<std::string> problems;
    for (const std::string& problem : parsed.problems) {
        problems.push_back(message(reading.place, "", problem));
    }
    Kit kit;
    if (parsed.value) {
        kit = KitReader(reading, problems).read(kit_in(*parsed.value));
    }
    check_kit(kit, reading.place, problems);
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
    return kit;
}

std::vector<Kit> kits_from_json(std::string_view text, KitReading& reading) {
    std::vector<Kit> kits;
    std::vector<std::string> problems;
    const std::string place = reading.place;
    std::size_t number = 0;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view line = text.substr(start, end - start);
        ++number;
        start = end + 1;
        if (line.find_first_not_of(" \t\r") == line.npos) {
            continue;
        }
        reading.place = formatted("{}:{}", place, number);
        try {
            kits.push_back(kit_from_json(line, reading));
        } catch (const Error& error) {
            problems.insert(problems.end(), error.problems().begin(), error.problems().end());
            // The first line tells whether a kit stands in each.
            const bool is_one =
                kits.empty() && number == 1 && !parse_json(line, max_kit_bytes).is_complete;
            if (is_one) {
                reading.place = place;
                return {kit_from_json(text, reading)};
            }
        }
    }
    reading.place = place;
    if (kits.empty() && problems.empty()) {
        problems.push_back(message(place, "", "is empty, where a kit in JSON is expected"));
    }
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
    return kits;
}

std::string kit_to_json(const Kit& kit, const std::string& fit_json) {
    JsonWriter writer;
    writer.begin_object();
    if (kit.index) {
        writer.member(kit_keys::index, *kit.index);
    }
    writer.member(kit_keys::name, kit.name);
    if (!fit_json.empty()) {
        writer.member_json(kit_keys::fit, fit_json);
    }
    writer.key(kit_keys::slots).begin_object();
    for (const Slot& slot : kit.slots) {
        writer.member_json(slot.name, patch_to_json(slot.patch));
    }
    return writer.end().end().text();
}

std::string slot_count_problem(std::size_t count) {
    return count > kit_keys::max_slots
               ? formatted("has {} slots, at most {} are allowed, one a key", count,
                           kit_keys::max_slots)
               : "";
}

void check_kit(const Kit& kit, const std::string& place, std::vector<std::string>& problems) {
    std::map<std::string, std::string> names;
    std::map<int, std::string> keys;
    for (const Slot& slot : kit.slots) {
        const auto problem = [&](const std::string& text) {
            problems.push_back(message(place, "slot " + in_quotes(slot.name), text));
        };
        if (const std::string reason = slot_name_problem(slot.name); !reason.empty()) {
            problem("the name " + reason);
        }
        const auto [twin, is_new] = names.emplace(in_lower_case(slot.name), slot.name);
        if (!is_new) {
            problem(formatted(
                "is named as {}, but for the case of letters; file systems may not tell them apart",
                in_quotes(twin->second)));
        }
        if (slot.key) {
            const auto [other, is_free] = keys.emplace(*slot.key, slot.name);
            if (!is_free) {
                problem(formatted("key = {} is that of {} already", *slot.key,
                                  in_quotes(other->second)));
            }
        }
    }
    if (const std::string text = slot_count_problem(kit.slots.size()); !text.empty()) {
        problems.push_back(message(place, "", text));
    } else if (kit.slots.empty() && problems.empty()) {
        problems.push_back(message(place, "", "has no slots; a kit needs one at least"));
    }
}

}  // namespace drumgen
