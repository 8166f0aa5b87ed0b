#include "document/patch_object.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "base/utf8.h"
#include "document/json_text.h"
#include "drumgen/error.h"
#include "param/kit_keys.h"
#include "param/patch_keys.h"
#include "param/slot_name.h"
#include "param/state.h"
#include "param/wording.h"

namespace drumgen {

namespace {

using nlohmann::json;

/// Keys of the full form. One of them, the seed aside, tells it from the flat form.
constexpr std::array full_keys{
    patch_keys::instrument, patch_keys::params,  patch_keys::render, patch_keys::name,
    patch_keys::version,    patch_keys::index,   patch_keys::score,  patch_keys::uncertainty,
    patch_keys::distance,   patch_keys::differs, patch_keys::hit,    patch_keys::hits,
    patch_keys::seed};

bool is_full_form(const json& object) {
    return std::any_of(full_keys.begin(), full_keys.end(), [&](std::string_view key) {
        return key != patch_keys::seed && object.contains(key);
    });
}

/// Keys that a line tells of a patch, and that change nothing.
bool is_told(std::string_view key) {
    constexpr std::array told{patch_keys::score,   patch_keys::uncertainty, patch_keys::distance,
                              patch_keys::differs, patch_keys::hit,         patch_keys::hits};
    return std::find(told.begin(), told.end(), key) != told.end();
}

bool has_row(std::span<const Parameter> rows, std::string_view key) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const Parameter& row) { return row.id.view() == key; });
}

/// Reads one object; each function takes one key of it.
class PatchReader {
public:
    PatchReader(const json& object, PatchReading& reading)
        : object_(object),
          reading_(reading),
          stating_{reading.place, reading.origin, reading.clamp, {}, {}} {}

    void read() {
        reading_.gains_db.push_back(0);
        patch_.render.resize(render_parameters().size());
        if (const Instrument* instrument = read_instrument()) {
            patch_ = empty_patch(*instrument);
        }
        const bool is_full = is_full_form(object_);
        for (const auto& [key, value] : object_.items()) {
            if (key == patch_keys::seed) {
                read_seed(value);
            } else if (is_full) {
                read_key(key, value);
            } else {
                read_param(key, value);
            }
        }
    }

    [[nodiscard]] const Patch& patch() const { return patch_; }
    [[nodiscard]] const Stating& stating() const { return stating_; }

private:
    const Instrument* read_instrument() {
        const auto found = object_.find(patch_keys::instrument);
        if (found == object_.end()) {
            if (reading_.instrument == nullptr) {
                problem(formatted("names no instrument; add {}: {}",
                                  in_quotes(patch_keys::instrument), known_instruments()));
            }
            return reading_.instrument;
        }
        if (!found->is_string()) {
            problem(formatted("instrument = {} is not {}", described(*found), known_instruments()));
            return nullptr;
        }
        const Instrument* instrument = nullptr;
        try {
            instrument = &find_instrument(found->get_ref<const std::string&>());
        } catch (const Error& error) {
            for (const std::string& line : error.problems()) {
                problem(line);
            }
            return nullptr;
        }
        if (reading_.instrument != nullptr && instrument != reading_.instrument) {
            problem(formatted("is a patch for {}, not for {}; ask for {}", instrument->name,
                              reading_.instrument->name, instrument->name));
            return nullptr;
        }
        return instrument;
    }

    static std::string known_instruments() {
        std::vector<std::string> names;
        for (const Instrument* instrument : instruments()) {
            names.push_back(in_quotes(instrument->name));
        }
        return listed_or(names);
    }

    void read_key(const std::string& key, const json& value) {
        if (key == patch_keys::params) {
            read_rows(key, value, &PatchReader::read_param);
        } else if (key == patch_keys::render) {
            read_rows(key, value, &PatchReader::read_setting);
        } else if (key == patch_keys::name) {
            read_name(value);
        } else if (key == patch_keys::version) {
            read_version(value);
        } else if (key == patch_keys::index) {
            read_index(value);
        } else if (key == kit_keys::gain_db) {
            read_gain(value);
        } else if (key != patch_keys::instrument && !is_told(key)) {
            unknown_key(key);
        }
    }

    void unknown_key(const std::string& key) {
        const auto belongs = [&](std::string_view object) {
            problem(formatted("{} belongs inside {}", in_quotes(key), in_quotes(object)));
        };
        if (patch_.instrument != nullptr && has_row(patch_.instrument->parameters, key)) {
            return belongs(patch_keys::params);
        }
        if (has_row(render_parameters(), key)) {
            return belongs(patch_keys::render);
        }
        const std::string remedy = "; parameters belong inside " + in_quotes(patch_keys::params);
        problem(
            formatted("unknown key {}{}", in_quotes(key), did_you_mean(key, full_keys, remedy)));
    }

    void read_rows(const std::string& key, const json& rows,
                   void (PatchReader::*read_row)(const std::string&, const json&)) {
        if (!rows.is_object()) {
            return problem(formatted("{} = {} is not an object", key, described(rows)));
        }
        for (const auto& [row, value] : rows.items()) {
            (this->*read_row)(row, value);
        }
    }

    void read_param(const std::string& key, const json& value) {
        if (patch_.instrument == nullptr) {
            return;  // told already
        }
        if (value.is_number()) {
            state_number(patch_, key, value.get<double>(), stating_);
        } else if (value.is_string()) {
            state_word(patch_, key, value.get_ref<const std::string&>(), stating_);
        } else {
            state_other(patch_, key, described(value), stating_);
        }
    }

    void read_setting(const std::string& key, const json& value) {
        if (value.is_number()) {
            state_render_number(patch_, key, value.get<double>(), stating_);
        } else if (value.is_string()) {
            state_render_word(patch_, key, value.get_ref<const std::string&>(), stating_);
        } else {
            state_render_other(patch_, key, described(value), stating_);
        }
    }

    void read_gain(const json& value) {
        const Range range = kit_keys::gain_range_db;
        const double gain_db = value.is_number() ? value.get<double>() : range.max + 1;
        if (gain_db < range.min || gain_db > range.max) {
            return problem(formatted("{} = {} is outside {}..{} dB", kit_keys::gain_db,
                                     described(value), number_to_text(range.min),
                                     number_to_text(range.max)));
        }
        reading_.gains_db.back() = gain_db;
    }

    void read_seed(const json& value) {
        if (const auto seed = whole_number(value)) {
            patch_.seed = *seed;
        } else {
            problem(seed_problem(described(value)));
        }
    }

    void read_version(const json& value) {
        const auto version = whole_number(value);
        if (version && *version >= 1 && *version <= patch_keys::max_version) {
            patch_.version = static_cast<int>(*version);
        } else {
            problem(formatted("{} = {} is not a whole number from 1", patch_keys::version,
                              described(value)));
        }
    }

    void read_index(const json& value) {
        patch_.index = whole_number(value);
        if (!patch_.index || *patch_.index > patch_keys::max_index) {
            problem(formatted("{} = {} is not a whole number from 0 to 2^53", patch_keys::index,
                              described(value)));
        }
    }

    void read_name(const json& value) {
        if (!value.is_string()) {
            return problem(formatted("{} = {} is not text", patch_keys::name, described(value)));
        }
        const auto& name = value.get_ref<const std::string&>();
        if (character_count(name) > patch_keys::max_name_length) {
            return problem(formatted("name has {} characters, at most {} are allowed",
                                     character_count(name), patch_keys::max_name_length));
        }
        if (has_control(name)) {
            return problem(formatted("name = {} holds a control character", in_quotes(name)));
        }
        patch_.name = name;
    }

    void problem(const std::string& text) {
        const std::string_view subject =
            patch_.instrument == nullptr ? std::string_view() : patch_.instrument->name;
        stating_.problems.push_back(message(stating_.place, subject, text));
    }

    const json& object_;
    PatchReading& reading_;
    Stating stating_;
    Patch patch_;
};

}  // namespace

Patch patch_from_object(const json& value, PatchReading& reading,
                        std::vector<std::string>& problems) {
    if (!value.is_object()) {
        problems.push_back(message(
            reading.place, "",
            described(value) + " is not a patch; a patch is an object, many are one a line"));
        return {};
    }
    const json* object = &value;
    const auto told = value.find(patch_keys::patch);
    if (told != value.end() && !value.contains(patch_keys::instrument)) {
        if (!told->is_object()) {
            problems.push_back(message(reading.place, "",
                                       "tells of a sound that carries no patch; give the line of "
                                       "one that drumgen made"));
            return {};
        }
        object = &*told;
    }
    PatchReader reader(*object, reading);
    reader.read();
    const Stating& stating = reader.stating();
    problems.insert(problems.end(), stating.problems.begin(), stating.problems.end());
    reading.notes.insert(reading.notes.end(), stating.notes.begin(), stating.notes.end());
    Patch patch = reader.patch();
    if (object != &value && !patch.index && value.contains(patch_keys::index)) {
        // A manifest has it beside the patch.
        patch.index = whole_number(value[patch_keys::index]);
    }
    return patch;
}

}  // namespace drumgen
