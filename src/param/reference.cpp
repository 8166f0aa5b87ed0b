#include "param/reference.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "drumgen/patch.h"
#include "param/patch_keys.h"
#include "param/standard.h"
#include "param/wording.h"

namespace drumgen {

namespace {

/// A row as the reader sees it.
struct Entry {
    std::string id;
    std::string allowed;
    std::string standard;
    std::string help;
};

/// Rows under a heading.
struct Section {
    std::string title;
    std::vector<Entry> entries;
};

///   standard   what stands when the row is left out; empty where no constant does
std::string default_text(const Parameter& row, std::optional<double> standard) {
    if (!standard) {
        return row.layer.empty() ? "none" : "from macros";
    }
    return row.choices.empty() ? number_to_text(*standard) : value_text(row, *standard);
}

Entry entry_of(const Parameter& row, std::optional<double> standard) {
    return {std::string(row.id), allowed_text(row), default_text(row, standard),
            std::string(row.help)};
}

std::string help_text(const Parameter& row, std::optional<double> standard) {
    const bool has_default = standard || !row.layer.empty();
    return formatted("{} ({}{})", row.help, allowed_text(row),
                     has_default ? ", default " + default_text(row, standard) : "");
}

/// Macros, one section for each layer, rendering and seed.
std::vector<Section> sections_of(const Instrument& instrument) {
    std::vector<Section> sections{{"Macros", {}}};
    for (const std::string_view layer : instrument.layers) {
        sections.push_back({"Layer " + std::string(layer), {}});
    }
    const auto standards = standards_of(instrument);
    for (std::size_t i = 0; i < standards.size(); ++i) {
        const Parameter& row = instrument.parameters[i];
        const auto layer = std::find(instrument.layers.begin(), instrument.layers.end(), row.layer);
        const auto index =
            layer == instrument.layers.end() ? 0 : 1 + (layer - instrument.layers.begin());
        sections[static_cast<std::size_t>(index)].entries.push_back(entry_of(row, standards[i]));
    }
    Section rendering{"Rendering", {}};
    const auto settings = render_parameters();
    const auto render_defaults = render_standards();
    for (std::size_t i = 0; i < settings.size(); ++i) {
        rendering.entries.push_back(entry_of(settings[i], render_defaults[i]));
    }
    rendering.entries.push_back({std::string(patch_keys::seed),
                                 formatted("0..{}", patch_keys::max_seed),
                                 std::to_string(Patch{}.seed), std::string(patch_keys::seed_help)});
    sections.push_back(std::move(rendering));
    return sections;
}

/// Breaks a paragraph into lines of at most 80 characters, at spaces.
std::string wrapped(std::string_view text) {
    constexpr std::size_t width = 80;
    std::string lines;
    while (text.size() > width) {
        const std::size_t space = text.rfind(' ', width);
        if (space == text.npos) {
            break;
        }
        lines += std::string(text.substr(0, space)) + "\n";
        text.remove_prefix(space + 1);
    }
    return formatted("{}{}\n", lines, text);
}

/// Text in which neither scdoc nor Markdown finds markup.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\_*`|<").find(c) != std::string_view::npos) {
            out += '\\';
        }
        out += c;
    }
    return out;
}

std::string upper_case(std::string text) {
    for (char& c : text) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return text;
}

/// Commands that set the first macro to the upper end of its proposals.
std::vector<std::string> examples(const Instrument& instrument) {
    const Parameter& row = instrument.parameters.front();
    const std::string name(instrument.name);
    const std::string value = number_to_text(row.propose.max);
    const std::string start = formatted("drumgen render {} ", name);
    const std::string target = formatted(" -o {}.wav", name);
    return {formatted("{}{} {}{}", start, flag_name(row), value, target),
            formatted("{}'{{{}: {}, {}: 7}}'{}", start, in_quotes(row.id), value,
                      in_quotes(patch_keys::seed), target)};
}

}  // namespace

std::string flag_name(const Parameter& row) {
    std::string name = "--" + std::string(row.id);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

std::string flag_help(const Instrument& instrument, const Parameter& row) {
    const auto index = static_cast<std::size_t>(&row - instrument.parameters.data());
    return help_text(row, standards_of(instrument)[index]);
}

std::string flag_help(const Parameter& row) {
    return help_text(row, row.optional ? std::nullopt : std::optional(row.standard));
}

std::string reference_text(const Instrument& instrument) {
    const std::vector<Section> sections = sections_of(instrument);
    std::size_t id_width = 0;
    std::size_t allowed_width = 0;
    std::size_t standard_width = 0;
    for (const Section& section : sections) {
        for (const Entry& entry : section.entries) {
            id_width = std::max(id_width, entry.id.size());
            allowed_width = std::max(allowed_width, entry.allowed.size());
            standard_width = std::max(standard_width, entry.standard.size());
        }
    }
    std::string text = formatted("{}: {}\n\n{}", instrument.name, instrument.summary,
                                 wrapped(instrument.description));
    for (const Section& section : sections) {
        text +=
            formatted("\n  {}{}{}\n", padded(section.title, id_width + 2),
                      padded("allowed", allowed_width + 2), padded("default", standard_width + 2));
        text.erase(text.find_last_not_of(" \n") + 1);
        text += "\n";
        for (const Entry& entry : section.entries) {
            text += formatted("  {}{}{}{}\n", padded(entry.id, id_width + 2),
                              padded(entry.allowed, allowed_width + 2),
                              padded(entry.standard, standard_width + 2), entry.help);
        }
    }
    return text;
}

std::string reference_markdown(const Instrument& instrument) {
    std::string text = formatted("# {}\n\n{}.\n\n{}", instrument.name, escaped(instrument.summary),
                                 wrapped(escaped(instrument.description)));
    for (const Section& section : sections_of(instrument)) {
        text +=
            formatted("\n## {}\n\n| parameter | allowed | default | meaning |\n|---|---|---|---|\n",
                      section.title);
        for (const Entry& entry : section.entries) {
            text += formatted("| `{}` | {} | {} | {} |\n", entry.id, escaped(entry.allowed),
                              escaped(entry.standard), escaped(entry.help));
        }
    }
    text += "\n## Examples\n\n```sh\n";
    for (const std::string& command : examples(instrument)) {
        text += command + "\n";
    }
    return text + "```\n";
}

std::string reference_man(const Instrument& instrument) {
    const std::string name(instrument.name);
    const std::string page = "drumgen-" + name;
    std::string text = formatted(
        "{}(7)\n\n# NAME\n\n{} - {}\n\n# DESCRIPTION\n\n{}\nEach name below is a key of a patch "
        "and a flag of *drumgen render {}*,\nwith dashes for underscores.\n",
        page, page, escaped(instrument.summary), wrapped(escaped(instrument.description)), name);
    for (const Section& section : sections_of(instrument)) {
        text += formatted("\n# {}\n", upper_case(section.title));
        for (const Entry& entry : section.entries) {
            text += formatted("\n*{}* ({}, default {})\n\t{}.\n", escaped(entry.id),
                              escaped(entry.allowed), escaped(entry.standard), escaped(entry.help));
        }
    }
    text += "\n# EXAMPLES\n";
    for (const std::string& command : examples(instrument)) {
        text += formatted("\n\t{}\n", escaped(command));
    }
    return text + "\n# SEE ALSO\n\n*drumgen*(1)\n";
}

}  // namespace drumgen
