#include "cli/statement_flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <map>

#include "base/text.h"
#include "param/patch_keys.h"
#include "param/reference.h"
#include "param/render_table.h"
#include "param/wording.h"

namespace drumgen {
namespace {

struct StatementFlag {
    const CLI::Option* option = nullptr;
    Statement::Target target = Statement::Target::parameter;
    std::string key;    ///< empty: the text is an assignment
    std::string value;  ///< of a flag that has none of its own
};

using StatementFlags = std::vector<StatementFlag>;

/// An option that may come more than once, each time with one value, read later in order.
const CLI::Option* add_flag(CLI::App& app, const std::string& names, const std::string& type,
                            const std::string& help, const std::string& group) {
    return app
        .add_option(
            names, [](const CLI::results_t&) { return true; }, help)
        ->type_name(type)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group(group);
}

std::string type_of(const Parameter& row) {
    if (!row.choices.empty()) {
        return "WORD";
    }
    std::string unit(unit_symbol(row.unit));
    return unit.empty() ? "NUMBER" : unit;
}

bool is_used(const std::string& flag, const Words& words) {
    return std::any_of(words.begin(), words.end(), [&flag](const std::string& word) {
        return word.starts_with(flag) && (word.size() == flag.size() || word[flag.size()] == '=');
    });
}

/// Does a word name the instrument or one of its presets?
bool is_named(const Instrument& instrument, const Words& words) {
    return std::any_of(words.begin(), words.end(), [&instrument](const std::string& word) {
        return std::string_view(word).substr(0, word.find('/')) == instrument.name;
    });
}

/// Adds the flags of all instruments' rows that are wanted, each once.
void add_parameter_flags(CLI::App& app, const Words& words, StatementFlags& flags) {
    const bool help = asks_for_help(words);
    for (const Instrument* instrument : instruments()) {
        const bool all = help && is_named(*instrument, words);
        for (const Parameter& row : instrument->parameters) {
            const std::string flag = flag_name(row);
            if ((all || is_used(flag, words)) && app.get_option_no_throw(flag) == nullptr) {
                std::string group = formatted("Parameters of {}", instrument->name);
                if (!row.layer.empty()) {
                    group += formatted(", layer {}", row.layer);
                }
                flags.push_back({add_flag(app, flag, type_of(row), flag_help(row), group),
                                 Statement::Target::parameter, std::string(row.id.view()), ""});
            }
        }
    }
}

void add_setting_rows(CLI::App& app, const std::string& group, StatementFlags& flags) {
    for (const Parameter& row : render_parameters()) {
        flags.push_back({add_flag(app, flag_name(row), type_of(row), flag_help(row), group),
                         Statement::Target::setting, std::string(row.id.view()), ""});
    }
    const Parameter& width = render_parameters()[render_row_of(&RenderSettings::width)];
    const std::string help =
        formatted("One channel, whatever a patch or a kit says: as {} 0", flag_name(width));
    flags.push_back({app.add_flag_function(
                            "--mono", [](std::int64_t) {}, help)
                         ->group(group),
                     Statement::Target::setting, std::string(width.id.view()), "0"});
}

std::vector<Statement> statements_in_order(const CLI::App& app, const StatementFlags& flags) {
    std::vector<Statement> statements;
    std::map<const CLI::Option*, std::size_t> taken;
    for (const CLI::Option* option : app.parse_order()) {
        const auto flag =
            std::find_if(flags.begin(), flags.end(),
                         [option](const StatementFlag& known) { return known.option == option; });
        if (flag == flags.end()) {
            continue;
        }
        const std::string& text =
            flag->value.empty() ? option->results().at(taken[option]++) : flag->value;
        statements.push_back(flag->key.empty() ? statement_of(text)
                                               : Statement{flag->target, flag->key, text});
    }
    return statements;
}

}  // namespace

std::function<std::vector<Statement>()> add_setting_flags(CLI::App& app) {
    StatementFlags flags;
    add_setting_rows(app, "Rendering", flags);
    return [&app, flags] { return statements_in_order(app, flags); };
}

std::function<std::vector<Statement>()> add_statement_flags(CLI::App& app, const Words& words) {
    const std::string group = "Patch and rendering";
    StatementFlags flags;
    flags.push_back(
        {add_flag(app, "--seed", "N", "Seed of all noise, 0..2^64-1 (default 0)", group),
         Statement::Target::seed, std::string(patch_keys::seed), ""});
    flags.push_back({add_flag(app, "--set", "KEY=VALUE",
                              "Set a parameter, the seed, or a render setting (render.KEY)", group),
                     Statement::Target::parameter, "", ""});
    flags.push_back(
        {add_flag(app, "--note", "NOTE",
                  "Tune the instrument to a note (F#1) or a pitch in Hz (46.25)", group),
         Statement::Target::pitch, "note", ""});
    add_setting_rows(app, group, flags);
    add_parameter_flags(app, words, flags);
    return [&app, flags] { return statements_in_order(app, flags); };
}

}  // namespace drumgen
