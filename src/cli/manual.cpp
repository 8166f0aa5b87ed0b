#include "cli/manual.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <string_view>

#include "base/text.h"
#include "cli/command.h"
#include "cli/manual_text.h"
#include "drumgen/instrument.h"
#include "io/preset.h"

namespace drumgen {
namespace {

/// Text in which scdoc finds no markup.
std::string escaped(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (std::string_view("\\*_#<>`~[]|.").find(c) != std::string_view::npos) {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

std::string upper_case(std::string_view text) {
    std::string upper;
    for (const char c : text) {
        upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return upper;
}

/// "*-o*, *--output* _FILE_" and its help.
std::string entry_of(const CLI::Option& option) {
    std::string names;
    for (const std::string& name : option.get_snames()) {
        names += fmt::format("{}{}*", names.empty() ? "*-" : ", *-", escaped(name));
    }
    for (const std::string& name : option.get_lnames()) {
        names += fmt::format("{}{}*", names.empty() ? "*--" : ", *--", escaped(name));
    }
    if (option.get_positional()) {
        names = fmt::format("_{}_", escaped(option.get_name(true)));
    }
    if (!option.get_type_name().empty() && option.get_items_expected_max() > 0) {
        names += fmt::format(" _{}_", escaped(option.get_type_name()));
    }
    return fmt::format("\n{}\n\t{}.\n", names, escaped(option.get_description()));
}

std::string section_of(const Command& command) {
    std::string text = fmt::format("\n# {}\n\n*drumgen {}* [_OPTIONS_]", upper_case(command.name()),
                                   escaped(command.name()));
    command.inspect({}, [&text, &command](const CLI::App& app) {
        for (const CLI::Option* option : app.get_options()) {
            if (option->get_positional()) {
                text += fmt::format(" [_{}_]", escaped(option->get_name(true)));
            }
        }
        text += fmt::format("\n\n{}\n", escaped(command.description()));
        for (const CLI::Option* option : app.get_options()) {
            text += entry_of(*option);
        }
    });
    return text;
}

/// The text with its @words@ filled in from the first instrument.
std::string filled_in(std::string_view text) {
    const Instrument& instrument = *instruments().front();
    const Parameter& row = instrument.parameters.front();
    const Range& range = row.propose;
    const std::map<std::string_view, std::string> words{
        {"instrument", std::string(instrument.name)}, {"key", std::string(row.id.view())},
        {"low", number_to_text(range.min)},           {"standard", number_to_text(row.standard)},
        {"high", number_to_text(range.max)},          {"preset", builtin_presets().at(0).name},
    };
    std::string filled;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t from = std::min(text.find('@', start), text.size());
        filled += text.substr(start, from - start);
        if (from == text.size()) {
            break;
        }
        const std::size_t to = text.find('@', from + 1);
        filled += words.at(text.substr(from + 1, to - from - 1));
        start = to + 1;
    }
    return filled;
}

}  // namespace

std::string manual() {
    std::string text = filled_in(manual_text::head);
    for (const Command* command : commands()) {
        text += section_of(*command);
    }
    text += filled_in(manual_text::tail);
    const char* separator = "";
    for (const Instrument* instrument : instruments()) {
        text += fmt::format("{}{}*(7)", separator, "*drumgen-" + escaped(instrument->name));
        separator = ", ";
    }
    return text + "\n";
}

}  // namespace drumgen
