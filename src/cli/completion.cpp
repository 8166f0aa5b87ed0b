#include "cli/completion.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "cli/list_kinds.h"
#include "drumgen/instrument.h"
#include "drumgen/patch.h"
#include "input/preset.h"
#include "kit/kit_format.h"
#include "param/reference.h"

namespace drumgen {
namespace {

/// Gathers what begins as the word that is typed.
class Candidates {
public:
    explicit Candidates(std::string_view begun) : begun_(begun) {}

    void add(std::string_view word, std::string_view what = "") {
        if (word.starts_with(begun_)) {
            text_ += formatted("{}\t{}\n", word, what);
        }
    }
    template <class Names>
    void add_all(const Names& names, std::string_view what) {
        for (const auto& name : names) {
            add(name, what);
        }
    }
    void add_files() { text_ += ":files\n"; }

    void add_patches() {
        add_all(instrument_names(), "instrument");
        add_all(preset_names(), "preset");
        add_files();
    }

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string_view begun_;
    std::string text_;
};

/// The choices of the parameter whose flag that is; none for any other.
std::span<const std::string_view> choices_of(std::string_view flag) {
    const auto has_flag = [flag](const Parameter& row) { return flag_name(row) == flag; };
    const auto settings = render_parameters();
    if (const auto row = std::find_if(settings.begin(), settings.end(), has_flag);
        row != settings.end()) {
        return row->choices;
    }
    for (const Instrument* instrument : instruments()) {
        const auto rows = instrument->parameters;
        if (const auto row = std::find_if(rows.begin(), rows.end(), has_flag); row != rows.end()) {
            return row->choices;
        }
    }
    return {};
}

/// What an option may have for its value, or what may stand without one, by how help calls it.
void add_values(Candidates& candidates, const std::string& type, std::string_view flag) {
    if (type.find('|') != type.npos) {
        std::string_view left = type;
        while (!left.empty()) {
            const std::string_view word = left.substr(0, left.find('|'));
            candidates.add(word);
            left.remove_prefix(std::min(left.size(), word.size() + 1));
        }
    } else if (type == "PATCH") {
        candidates.add_patches();
    } else if (type == "KIT") {
        candidates.add_all(kit_names(), "kit");
        candidates.add_files();
    } else if (type == "WHAT") {
        candidates.add_all(list_kinds(), "");
        candidates.add_all(instrument_names(), "instrument");
    } else if (type == "KIND") {
        candidates.add_all(instrument_names(), "instrument");
    } else if (type == "NAME,...") {
        for (const KitFormat* const format : kit_formats()) {
            candidates.add(format->name, format->summary);
        }
    } else if (type == "FILE" || type == "NAME") {
        candidates.add_files();
    } else {
        candidates.add_all(choices_of(flag), "");
    }
}

void add_options(Candidates& candidates, const CLI::App& app) {
    for (const CLI::Option* const option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            candidates.add("--" + name, option->get_description());
        }
        for (const std::string& name : option->get_snames()) {
            candidates.add("-" + name, option->get_description());
        }
    }
}

}  // namespace

std::string completions(const Words& words) {
    Candidates candidates(words.empty() ? std::string_view() : words.back());
    if (words.size() <= 1) {
        for (const Command* const command : commands()) {
            candidates.add(command->name(), command->summary());
        }
        candidates.add("--help", "print what there is");
        candidates.add("--version", "print the version");
        return candidates.text();
    }
    const auto all = commands();
    const auto command = std::find_if(all.begin(), all.end(), [&words](const Command* known) {
        return known->name() == words.front();
    });
    if (command == all.end()) {
        return "";
    }
    Words typed(words.begin() + 1, words.end() - 1);
    typed.emplace_back("--help");  // all options that fit the words
    (*command)->inspect(typed, [&](const CLI::App& app) {
        const std::string& before = words[words.size() - 2];
        const CLI::Option* const option =
            before.starts_with("-") ? app.get_option_no_throw(before) : nullptr;
        if (option != nullptr && option->get_items_expected_max() > 0) {
            add_values(candidates, option->get_type_name(), before);
        } else if (words.back().starts_with("-")) {
            add_options(candidates, app);
        } else {
            if (words.front() == "feedback" && words.size() == 2) {
                candidates.add("like", "say that you like what comes behind");
                candidates.add("dislike", "say that you don't");
            }
            for (const CLI::Option* const positional : app.get_options()) {
                if (positional->get_positional()) {
                    const std::string name = positional->get_name(true);
                    add_values(candidates, name == "LABEL" ? "PATCH" : name, "");
                }
            }
        }
    });
    return candidates.text();
}

}  // namespace drumgen
