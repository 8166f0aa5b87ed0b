#include "export/kit_arguments.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/problems.h"
#include "base/text.h"
#include "base/utf8.h"
#include "document/kit_json.h"
#include "document/kit_of_lines.h"
#include "drumgen/error.h"
#include "input/patch_arguments.h"
#include "input/preset.h"
#include "input/read_kit.h"
#include "param/kit_keys.h"
#include "param/slot_name.h"
#include "param/state.h"
#include "system/file.h"
#include "system/path.h"

namespace drumgen {
namespace {

class KitTaker {
public:
    explicit KitTaker(const KitArguments& arguments) : arguments_(arguments) {}

    void take_word() {
        const std::string& word = arguments_.word;
        std::optional<KitPreset> preset;
        if (word.starts_with("{")) {
            take_json(word, "kit " + in_quotes(word), ".");
        } else if (!is_path(word) && (preset = find_kit(word))) {
            if (!preset->file.empty()) {
                given_.files.push_back(preset->file);
            }
            take_json(preset->json, preset->place, folder_of(preset->file));
        } else if (is_folder(word)) {
            given_.path = word;
            KitReading reading = reading_of(word, word);
            given_.kits = {kit_in_folder(word, reading, given_.files)};
            note(reading);
        } else if (is_path(word) || exists(word)) {
            take_file(word);
        } else {
            throw Error(Status::invalid,
                        formatted("{} is no kit, file or folder{}", in_quotes(word),
                                  did_you_mean(word, kit_names(),
                                               "; drumgen list kits tells the names of kits")));
        }
    }

    /// "NAME=PATCH"
    void take_slot(const std::string& text) {
        const std::size_t equals = text.find('=');
        if (equals == text.npos || equals == 0 || equals + 1 == text.size()) {
            throw Error(
                Status::invalid,
                formatted(
                    "--slot {} is not NAME=PATCH, such as \"--slot closed_hat=hat/808-closed\"",
                    in_quotes(text)));
        }
        const std::string name = text.substr(0, equals);
        const Patch patch = patch_of(text.substr(equals + 1), "");
        if (given_.kits.empty()) {
            given_.kits.emplace_back();
        }
        for (Kit& kit : given_.kits) {
            const auto known =
                std::find_if(kit.slots.begin(), kit.slots.end(),
                             [&name](const Slot& slot) { return slot.name == name; });
            if (known != kit.slots.end()) {
                known->patch = patch;
                continue;
            }
            Slot slot;
            slot.name = name;
            slot.patch = patch;
            kit.slots.push_back(std::move(slot));
        }
    }

    /// States the settings, after all slots are there.
    void state(Kit& kit, std::vector<std::string>& problems) {
        for (Slot& slot : kit.slots) {
            if (slot.patch.instrument == nullptr) {
                continue;  // told already
            }
            take_version(slot.patch, given_.notes);
            slot.patch.index.reset();
            Stating stating;
            stating.clamp = arguments_.clamp;
            state_all(slot.patch, arguments_.settings, stating);
            problems.insert(problems.end(), stating.problems.begin(), stating.problems.end());
            given_.notes.insert(given_.notes.end(), stating.notes.begin(), stating.notes.end());
        }
    }

    [[nodiscard]] GivenKits& given() { return given_; }

private:
    void take_file(const std::string& path) {
        const std::string place = input_place(path);
        std::vector<std::uint8_t> bytes =
            read_file(path, is_archive_name(path) ? max_archive_bytes : max_input_bytes);
        given_.files.push_back(path);
        if (is_zip(bytes) || is_archive_name(path)) {
            given_.path = path;
            KitReading reading = reading_of(place, "");
            given_.kits = {kit_in(ZipReader(std::move(bytes), place), reading)};
            note(reading);
        } else {
            take_json({bytes.begin(), bytes.end()}, place, folder_of(path));
        }
    }

    void take_json(const std::string& text, const std::string& place, const std::string& folder) {
        KitReading reading = reading_of(place, folder);
        if (is_patch_lines(text)) {
            given_.kits = {kit_of_patch_lines(text, reading)};
        } else {
            given_.kits = kits_from_json(text, reading);
        }
        note(reading);
    }

    /// folder   that the files of slots are named from
    [[nodiscard]] KitReading reading_of(const std::string& place, const std::string& folder) {
        KitReading reading;
        reading.place = place;
        reading.clamp = arguments_.clamp;
        const bool is_here = folder == "." || arguments_.word == "-";
        reading.patch_of = [this, base = is_here ? "" : folder](const std::string& word) {
            return patch_of(word, base);
        };
        return reading;
    }

    Patch patch_of(const std::string& word, const std::string& folder) {
        GivenPatches slot = take_slot_patch(word, folder, arguments_.clamp);
        given_.files.insert(given_.files.end(), slot.files.begin(), slot.files.end());
        given_.notes.insert(given_.notes.end(), slot.notes.begin(), slot.notes.end());
        return std::move(slot.patches.front().patch);
    }

    void note(const KitReading& reading) {
        given_.notes.insert(given_.notes.end(), reading.notes.begin(), reading.notes.end());
    }

    const KitArguments& arguments_;
    GivenKits given_;
};

/// A name for a kit that tells none: that of its file.
std::string name_of(const std::string& word) {
    if (word.empty() || word == "-" || word.starts_with("{")) {
        return "kit";
    }
    const std::string stem = stem_of(normal_path(word));
    return stem.empty() ? "kit" : stem;
}

}  // namespace

GivenKits take_kits(const KitArguments& arguments) {
    if (arguments.word.empty() && arguments.slots.empty()) {
        throw Error(Status::invalid,
                    "no kit given: name a kit's file, ZIP or folder, - for standard input, or "
                    "sounds with --slot NAME=PATCH");
    }
    KitTaker taker(arguments);
    Problems problems;
    if (!arguments.word.empty()) {
        problems.guarded([&] { taker.take_word(); });
    }
    const bool is_read = problems.are_none();
    for (const std::string& slot : arguments.slots) {
        problems.guarded([&] { taker.take_slot(slot); });
    }
    for (Kit& kit : taker.given().kits) {
        if (!arguments.name.empty()) {
            kit.name = arguments.name;
        } else if (kit.name.empty()) {
            kit.name = name_of(arguments.word);
        }
        const auto count = [&problems](const std::string& flag, const std::string& text,
                                       int& number) {
            if (!text.empty()) {
                problems.guarded([&] {
                    number =
                        static_cast<int>(whole_number_of(flag, text, {1, kit_keys::max_layers}));
                });
            }
        };
        count("--velocities", arguments.velocities, kit.velocities);
        count("--round-robins", arguments.round_robins, kit.round_robins);
        if (has_control(kit.name) || character_count(kit.name) > kit_keys::max_title_length) {
            problems.add(
                Status::invalid,
                {formatted("--name {} holds a control character or more than {} characters",
                           in_quotes(kit.name), kit_keys::max_title_length)});
        }
        if (is_read) {
            std::vector<std::string> more;
            taker.state(kit, more);
            if (problems.are_none()) {
                check_kit(kit, "", more);
            }
            problems.add(Status::invalid, more);
        }
    }
    problems.check();
    return std::move(taker.given());
}

}  // namespace drumgen
