#include "input/patch_arguments.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/problems.h"
#include "base/text.h"
#include "document/json_text.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "input/comparison.h"
#include "input/preset.h"
#include "input/read_kit.h"
#include "param/kit_keys.h"
#include "param/state.h"
#include "sound_file/sound_file.h"
#include "system/file.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// Takes a patch, with notes. Throws Error (invalid) when it is for another instrument than all
/// must be.
void accept(Patch& patch, const Instrument* instrument, std::vector<std::string>& notes) {
    if (instrument != nullptr && patch.instrument != instrument) {
        throw Error(Status::invalid,
                    formatted("{} is the instrument of a patch, where all must be {}, the first "
                              "word; leave that out",
                              in_quotes(patch.instrument->name), in_quotes(instrument->name)));
    }
    take_version(patch, notes);
}

/// Is that an object on one line, and more behind it?
bool is_stream(LineReader& reader) {
    const LineReader::Opening opening = reader.peek();
    return opening.has_more && opening.line.starts_with('{') &&
           parse_json(opening.line).is_complete;
}

/// Is that "kick/909.json", where the preset "kick/909" must be meant?
bool is_preset_with_ending(const std::string& word) {
    constexpr std::string_view ending = ".json";
    return word.ends_with(ending) && find_preset(word.substr(0, word.size() - ending.size()));
}

class PatchTaker {
public:
    PatchTaker(const PatchArguments& arguments, const Instrument* instrument)
        : arguments_(arguments), instrument_(instrument) {}

    void take(const std::string& word) {
        std::optional<Patch> preset;
        if (word.starts_with("{")) {
            take_json(word, "patch " + in_quotes(word));
        } else if (!is_path(word) && (preset = find_preset(word))) {
            if (std::optional<std::string> file = preset_file(word)) {
                given_.files.push_back(std::move(*file));
            }
            add(std::move(*preset), "", word.substr(word.rfind('/') + 1));
        } else if ((is_path(word) && !is_preset_with_ending(word)) || exists(word)) {
            take_file(word);
        } else if (const std::optional<KitPreset> kit = find_kit(word)) {
            if (!kit->file.empty()) {
                given_.files.push_back(kit->file);
            }
            KitReading reading = kit_reading(kit->place, folder_of(kit->file));
            add(kit_from_json(kit->json, reading), reading);
        } else {
            refuse(word);
        }
    }

    /// wav, stem   as of GivenPatch
    void add(Patch patch, const std::string& wav = "", const std::string& stem = "") {
        std::vector<std::string> notes;
        accept(patch, instrument_, notes);
        notes_.add(notes);
        given_.patches.push_back({std::move(patch), wav, stem});
    }

    [[nodiscard]] GivenPatches finish(Problems& problems) {
        given_.instrument = instrument_;
        Stating stating;
        stating.clamp = arguments_.clamp;
        for (GivenPatch& one : given_.patches) {
            state_all(one.patch, arguments_.statements, stating);
            problems.add(Status::invalid, stating.problems);
            notes_.add(stating.notes);
            stating.problems.clear();
            stating.notes.clear();
        }
        given_.notes = notes_.all();
        return std::move(given_);
    }

private:
    ///   path   of the file that it was read from, or none
    void take_json(std::string_view text, const std::string& place, const std::string& path = "",
                   bool is_wav = false) {
        PatchReading reading;
        reading.place = place;
        reading.instrument = instrument_;
        reading.clamp = arguments_.clamp;
        std::vector<Patch> patches = patches_from_json(text, reading);
        notes_.add(reading.notes);
        for (Patch& patch : patches) {
            add(std::move(patch), is_wav ? path : "",
                patches.size() == 1 && path != "-" ? stem_of(path) : "");
        }
    }

    ///   folder   that the files of slots are named from
    [[nodiscard]] KitReading kit_reading(const std::string& place, const std::string& folder = "") {
        KitReading reading;
        reading.place = place;
        reading.clamp = arguments_.clamp;
        reading.patch_of = [this, folder](const std::string& word) {
            GivenPatches slot = take_slot_patch(word, folder, arguments_.clamp);
            notes_.add(slot.notes);
            given_.files.insert(given_.files.end(), slot.files.begin(), slot.files.end());
            return std::move(slot.patches.front().patch);
        };
        return reading;
    }

    /// The sounds of a kit, each named by its slot.
    void add(Kit kit, const KitReading& reading) {
        notes_.add(reading.notes);
        for (Slot& slot : kit.slots) {
            slot.patch.name = slot.name;
            if (slot.level_db < 0) {
                Stating stating;
                state_render_number(slot.patch, kit_keys::gain_db, slot.level_db, stating);
            }
            add(std::move(slot.patch));
        }
    }

    void take_file(const std::string& path) {
        if (is_folder(path)) {
            KitReading reading = kit_reading(path);
            add(kit_in_folder(path, reading, given_.files), reading);
            return;
        }
        auto reader = std::make_shared<LineReader>(path);
        const std::string& place = reader->place();
        if (arguments_.takes_streams && is_stream(*reader)) {
            given_.files.push_back(path);
            given_.streams.push_back(
                {std::move(reader), given_.patches.size(), given_.sounds.size()});
            return;
        }
        const bool is_archive = is_archive_name(path);
        std::vector<std::uint8_t> bytes =
            reader->all(is_archive ? max_archive_bytes : max_input_bytes);
        const std::string_view text = text_in(bytes);
        given_.files.push_back(path);
        if (is_archive || is_zip(bytes)) {
            KitReading reading = kit_reading(place);
            add(kit_in(ZipReader(std::move(bytes), place), reading), reading);
            return;
        }
        if (is_kit_json(text)) {
            KitReading reading = kit_reading(place, path == "-" ? "" : folder_of(path));
            add(kit_from_json(text, reading), reading);
            return;
        }
        const bool is_sound = is_sound_file(bytes, path);
        if (is_sound && arguments_.takes_sounds) {
            given_.sounds.push_back(
                {path, path == "-" ? bytes : std::vector<std::uint8_t>{}, given_.patches.size()});
        } else if (is_sound) {
            const WavTags tags = carried_patch(bytes, place);
            take_json(tags.patch_json, place, path, true);
            if (tags.is_from_comment) {
                notes_.add({comment_note(bytes, place, given_.patches.back().patch)});
            }
        } else if (const std::size_t first = text.find_first_not_of(" \t\r\n");
                   first != text.npos && text[first] != '{' && text[first] != '[') {
            throw Error(Status::invalid,
                        message(place, "",
                                "holds no patch: it is neither JSON, which begins with {, nor a "
                                "kit or sound file that is known"));
        } else {
            take_json(text, place, path);
        }
    }

    [[noreturn]] static void refuse(const std::string& word) {
        if (instrument_named(word) != nullptr) {
            throw Error(Status::invalid,
                        formatted("{} is an instrument, which can only stand first; name a "
                                  "preset of it, or write it as {{\"instrument\": {}}}",
                                  in_quotes(word), in_quotes(word)));
        }
        std::vector<std::string> names = preset_names();
        // A preset is no file, and its name is in lower case.
        std::string plain = word.ends_with(".json") ? word.substr(0, word.size() - 5) : word;
        plain = in_lower_case(plain);
        if (plain != word && std::find(names.begin(), names.end(), plain) != names.end()) {
            throw Error(Status::invalid,
                        formatted("{} is no instrument, preset or file, did you mean {}?",
                                  in_quotes(word), in_quotes(plain)));
        }
        for (const std::string_view name : instrument_names()) {
            names.emplace_back(name);
        }
        throw Error(Status::invalid,
                    formatted("{} is no instrument, preset or file{}", in_quotes(word),
                              did_you_mean(word, names, "; see drumgen list presets")));
    }

    const PatchArguments& arguments_;
    const Instrument* instrument_;
    GivenPatches given_;
    Lines notes_;
};

void check_words(const std::vector<std::string>& words) {
    if (words.empty()) {
        throw Error(Status::invalid,
                    "no patch given: name an instrument, preset or file, or - for standard input");
    }
    check_stdin_once(words);
}

}  // namespace

GivenPatches take_patches(const PatchArguments& arguments) {
    std::span<const std::string> words = arguments.words;
    check_words(arguments.words);
    const bool are_instruments =
        words.size() > 1 && std::all_of(words.begin(), words.end(), [](const std::string& word) {
            return instrument_named(word) != nullptr;
        });
    const Instrument* instrument = are_instruments ? nullptr : instrument_named(words[0]);
    PatchTaker taker(arguments, instrument);
    if (instrument != nullptr) {
        words = words.subspan(1);
        if (words.empty()) {
            taker.add(empty_patch(*instrument));
        }
    }
    if (are_instruments) {
        for (const std::string& word : words) {
            taker.add(empty_patch(*instrument_named(word)));
        }
        words = {};
    }
    Problems problems;
    for (const std::string& word : words) {
        problems.guarded([&] { taker.take(word); });
    }
    GivenPatches given = taker.finish(problems);
    problems.check();
    return given;
}

Patch take_one_patch(const std::vector<std::string>& words, const std::string& what,
                     std::vector<std::string>& notes) {
    PatchArguments arguments;
    arguments.words = words;
    GivenPatches given = take_patches(arguments);
    notes.insert(notes.end(), given.notes.begin(), given.notes.end());
    if (given.patches.size() != 1) {
        throw Error(Status::invalid,
                    formatted("{} is {} patches; give one", what, given.patches.size()));
    }
    return std::move(given.patches.front().patch);
}

GivenPatches take_slot_patch(const std::string& word, const std::string& folder, bool clamp) {
    if (word == "-") {
        throw Error(Status::invalid, "a slot can't be read from standard input; name a file");
    }
    PatchArguments slot;
    slot.clamp = clamp;
    const std::string file = path_below(folder == "." ? "" : folder, word);
    const bool is_there = !word.starts_with("{") && exists(file);
    // What kit_in_folder names has its folder already.
    slot.words = {is_there ? file : word};
    GivenPatches given = take_patches(slot);
    if (given.patches.size() != 1) {
        throw Error(Status::invalid, formatted("{} is {} patches, where a slot takes one",
                                               in_quotes(word), given.patches.size()));
    }
    return given;
}

void check_stdin_once(const std::vector<std::string>& words) {
    if (std::count(words.begin(), words.end(), "-") > 1) {
        throw Error(Status::invalid, "- is given twice; standard input can be read once");
    }
}

bool is_path(std::string_view word) {
    constexpr std::array<std::string_view, 2> endings{".json", ".jsonl"};
    return word == "-" || is_absolute(word) || word.starts_with(".") || is_archive_name(word) ||
           is_sound_file({}, word) ||
           std::any_of(endings.begin(), endings.end(),
                       [word](std::string_view ending) { return word.ends_with(ending); });
}

void take_version(Patch& patch, std::vector<std::string>& notes) {
    if (patch.version != sound_version) {
        notes.push_back(
            formatted("a patch was made with sound version {}; this is {} and may sound different",
                      patch.version, sound_version));
        patch.version = sound_version;
    }
}

Patch patch_of_line(const std::string& line, const std::string& place, const Instrument* instrument,
                    const PatchArguments& arguments, std::vector<std::string>& notes) {
    PatchReading reading;
    reading.place = place;
    reading.instrument = instrument;
    reading.clamp = arguments.clamp;
    Patch patch = patch_from_json(line, reading);
    notes.insert(notes.end(), reading.notes.begin(), reading.notes.end());
    accept(patch, instrument, notes);
    Stating stating;
    stating.clamp = arguments.clamp;
    stating.place = place;
    state_all(patch, arguments.statements, stating);
    notes.insert(notes.end(), stating.notes.begin(), stating.notes.end());
    if (!stating.problems.empty()) {
        throw Error(Status::invalid, stating.problems);
    }
    return patch;
}

}  // namespace drumgen
