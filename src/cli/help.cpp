#include "cli/help.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "cli/command.h"

namespace drumgen {
namespace {

constexpr std::size_t width = 80;
constexpr std::size_t text_column = 26;

/// Words in lines of at most `width` columns, each behind `indent` spaces.
std::string wrapped(std::string_view text, std::size_t indent) {
    std::string lines;
    std::string line;
    const auto flush = [&] {
        lines += formatted("{}{}\n", std::string(indent, ' '), line);
        line.clear();
    };
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (!line.empty() && indent + character_count(line) + 1 + character_count(word) > width) {
            flush();
        }
        line += line.empty() ? std::string(word) : formatted(" {}", word);
    }
    flush();
    return lines;
}

/// Names on the left, their text on the right, or below when they are too long.
std::string entry_of(const CLI::Option& option) {
    const Styled as_it_is = [](std::string_view text) { return std::string(text); };
    const std::string names = "  " + names_of(option, as_it_is, as_it_is);
    const std::string text = wrapped(option.get_description(), text_column);
    if (names.size() + 2 > text_column) {
        return formatted("{}\n{}", names, text);
    }
    return padded(names, text_column) + text.substr(text_column);
}

}  // namespace

std::string overview() {
    std::string text =
        "drumgen synthesises drum sounds. Things to try:\n\n"
        "  drumgen render kick --seed 7 -o kick.wav         a kick\n"
        "  drumgen render snare/808-1 --show -o snare.wav   a preset, and its looks\n"
        "  drumgen propose hat -n 12 | drumgen render - --page hats.html\n"
        "                                                   new hats, in a browser\n"
        "  drumgen audition kick                            say what you like; it learns\n"
        "  drumgen export-kit 808 -o 808.zip                a kit for a sampler\n"
        "  drumgen list presets                             what has a name\n\n"
        "usage: drumgen COMMAND [OPTIONS]\n\ncommands:\n";
    for (const Command* command : commands()) {
        text += padded(formatted("  {}", command->name()), 16);
        text += formatted("{}\n", command->summary());
    }
    return text +
           "\n  --version     print the version; with --json as JSON\n"
           "  --help        print this, or the options of a command behind it\n";
}

std::vector<OptionGroup> groups_of(const CLI::App& app) {
    std::vector<OptionGroup> groups{{"", {}}};
    for (const CLI::Option* option : app.get_options()) {
        const std::string name = option->get_positional() ? "" : option->get_group();
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&name](const OptionGroup& known) { return known.name == name; });
        if (group == groups.end()) {
            groups.push_back({name, {}});
            group = groups.end() - 1;
        }
        group->options.push_back(option);
    }
    // What belongs to no topic comes last.
    std::stable_partition(groups.begin(), groups.end(),
                          [](const OptionGroup& group) { return group.name != "Options"; });
    return groups;
}

std::string names_of(const CLI::Option& option, const Styled& bold, const Styled& plain) {
    if (option.get_positional()) {
        return plain(option.get_name(true));
    }
    std::string names;
    for (const std::string& name : option.get_snames()) {
        names += (names.empty() ? "" : ", ") + bold("-" + name);
    }
    for (const std::string& name : option.get_lnames()) {
        names += (names.empty() ? "" : ", ") + bold("--" + name);
    }
    if (!option.get_type_name().empty() && option.get_items_expected_max() > 0) {
        names += " " + plain(option.get_type_name());
    }
    return names;
}

std::vector<std::string_view> lines_in(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        lines.push_back(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(text.size(), lines.back().size() + 1));
    }
    return lines;
}

std::string help_text(const Command& command, const CLI::App& app) {
    const std::vector<OptionGroup> groups = groups_of(app);
    std::string text = formatted("usage: drumgen {} [OPTIONS]", command.name());
    for (const CLI::Option* option : groups.front().options) {
        text += formatted(" [{}{}]", option->get_name(true),
                          option->get_items_expected_max() > 1 ? " ..." : "");
    }
    text += "\n\nExamples:\n";
    for (const std::string_view example : lines_in(command.examples())) {
        const std::size_t pipe = example.size() + 2 > width ? example.find(" | ") : example.npos;
        text += pipe == example.npos ? formatted("  {}\n", example)
                                     : formatted("  {} |\n      {}\n", example.substr(0, pipe),
                                                 example.substr(pipe + 3));
    }
    text += "\n" + wrapped(command.description(), 0);
    for (const auto& [name, options] : groups) {
        if (!options.empty()) {
            text += name.empty() ? "\n" : formatted("\n{}:\n", name);
        }
        for (const CLI::Option* option : options) {
            text += entry_of(*option);
        }
    }
    return text;
}

}  // namespace drumgen
