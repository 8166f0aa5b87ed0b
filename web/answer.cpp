#include "answer.h"

#include <exception>
#include <sstream>

#include "base/text.h"
#include "document/builtin_presets.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "param/patch_keys.h"

namespace drumgen {

Answer& answer() {
    static Answer last;
    return last;
}

int answered(const std::function<Answer()>& work) {
    answer() = {};
    try {
        answer() = work();
        return 0;
    } catch (const Error& error) {
        for (const std::string& problem : error.problems()) {
            answer().text += (answer().text.empty() ? "" : "\n") + problem;
        }
        return static_cast<int>(error.status());
    } catch (const std::exception& error) {
        answer().text = error.what();
        return static_cast<int>(Status::failed);
    }
}

Patch patch_of(const std::string& text) {
    PatchReading reading;
    reading.place = "patch";
    return patch_from_json(text, reading);
}

Patch preset_patch(const std::string& name) {
    const Preset* preset = named(builtin_presets(), name);
    if (preset == nullptr) {
        throw Error(Status::invalid,
                    formatted("unknown preset {}; a page has no files", in_quotes(name)));
    }
    return patch_of_preset(preset->name, preset->json, preset->name);
}

std::uint64_t seed_of(const std::string& text) {
    return whole_number_of("seed", text, {0, patch_keys::max_seed});
}

std::uint64_t index_of(const std::string& text) {
    return whole_number_of("index", text, {0, patch_keys::max_index});
}

void check_fraction(const char* name, double value) {
    if (!(value >= 0 && value <= 1)) {
        throw Error(Status::invalid, formatted("{} is not a number from 0 to 1", name));
    }
}

std::vector<std::string> words_in(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
    return words;
}

}  // namespace drumgen
