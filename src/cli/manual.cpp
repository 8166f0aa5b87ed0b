#include "cli/manual.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <string_view>

#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/manual_text.h"
#include "document/builtin_presets.h"
#include "drumgen/instrument.h"
#include "measure/verdict.h"

namespace drumgen {
namespace {

constexpr std::string_view program = "drumgen";

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
std::string manual_entry_of(const CLI::Option& option) {
    const auto in = [](std::string_view mark) {
        return [mark](std::string_view text) {
            return formatted("{}{}{}", mark, escaped(text), mark);
        };
    };
    return formatted("\n{}\n\t{}.\n", names_of(option, in("*"), in("_")),
                     escaped(option.get_description()));
}

/// "*drumgen-render*(1), *drumgen-kick*(7)"
std::string see_also(std::string_view page) {
    std::vector<std::string> pages;
    if (page != program) {
        pages.emplace_back("*drumgen*(1)");
    }
    for (const Command* command : commands()) {
        if (page != command->name()) {
            pages.push_back(formatted("*drumgen-{}*(1)", escaped(command->name())));
        }
    }
    for (const Instrument* instrument : instruments()) {
        pages.push_back(formatted("*drumgen-{}*(7)", escaped(instrument->name)));
    }
    return listed(pages) + "\n";
}

std::string page_of(const Command& command) {
    std::string text = formatted(
        "drumgen-{}(1)\n\n# NAME\n\ndrumgen-{} - {}\n\n# SYNOPSIS\n\n*drumgen {}* [_OPTIONS_]",
        command.name(), command.name(), escaped(command.summary()), escaped(command.name()));
    command.inspect({}, [&text, &command](const CLI::App& app) {
        const std::vector<OptionGroup> groups = groups_of(app);
        for (const CLI::Option* option : groups.front().options) {
            text += formatted(" [_{}_]", escaped(option->get_name(true)));
        }
        text += formatted("\n\n# DESCRIPTION\n\n{}\n", escaped(command.description()));
        for (const auto& [name, options] : groups) {
            if (!name.empty() && !options.empty()) {
                text += formatted("\n# {}\n", upper_case(name));
            }
            for (const CLI::Option* option : options) {
                text += manual_entry_of(*option);
            }
        }
    });
    text += "\n# EXAMPLES\n\n```\n";
    for (const std::string_view example : lines_in(command.examples())) {
        text += formatted("$ {}\n", example);
    }
    return text + "```\n\n# SEE ALSO\n\n" + see_also(command.name());
}

/// The laws of a good file, with their bounds.
std::string laws() {
    std::string text;
    for (const Judgement& law : judge({}, {}, false)) {
        text += formatted("\n*{}*\n\t{} {}\n", escaped(law.law), bound_word(law.bound),
                          escaped(number_to_text(law.limit)));
    }
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

std::string manual(std::string_view page) {
    for (const Command* command : commands()) {
        if (page == command->name()) {
            return page_of(*command);
        }
    }
    if (page != program) {
        return "";
    }
    std::string text = filled_in(manual_text::head) + "\n# COMMANDS\n";
    for (const Command* command : commands()) {
        text += formatted("\n*drumgen-{}*(1)\n\t{}\n", escaped(command->name()),
                          escaped(command->summary()));
    }
    return text + filled_in(manual_text::laws) + laws() + filled_in(manual_text::tail) +
           see_also(page);
}

}  // namespace drumgen
