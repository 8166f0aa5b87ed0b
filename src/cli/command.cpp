#include "cli/command.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.h"
#include "cli/help.h"
#include "cli/hints.h"
#include "system/file.h"

namespace drumgen {
namespace {

std::vector<const Command*>& registry() {
    static std::vector<const Command*> all;
    return all;
}

/// Makes `--punch_decay` and `--punch-decay` one, and refuses `--tune=`, after which CLI11 would
/// take the next word for the value.
void normalise(Words& words) {
    for (std::string& word : words) {
        if (word == "--") {
            return;
        }
        if (!word.starts_with("--")) {
            continue;
        }
        const std::size_t end = std::min(word.find('='), word.size());
        std::replace(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(end), '_', '-');
        if (end + 1 == word.size()) {
            throw Error(Status::invalid, word + " has no value behind the =");
        }
    }
}

std::vector<std::string> flags_of(const CLI::App& app) {
    std::vector<std::string> flags;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            flags.push_back("--" + name);
        }
    }
    return flags;
}

/// Refuses `-output x.wav`, where CLI11 would take the value "utput".
void refuse_single_dash(const Command& command, const CLI::App& app, const std::string& word) {
    constexpr std::size_t least = 3;  // letters that must be those of a long flag
    const std::string name = word.substr(0, word.find('='));
    if (name.size() < 1 + least || name.starts_with("--") || !name.starts_with("-")) {
        return;
    }
    for (const std::string& flag : flags_of(app)) {
        if (flag.starts_with("-" + name)) {
            throw Error(Status::invalid,
                        formatted("{}: unknown flag {}, did you mean {}?", command.name(),
                                  in_quotes(name), in_quotes(flag)));
        }
    }
}

/// Refuses `-output`, and `--tune -o x.wav`, where CLI11 would take -o for the value.
void refuse_misread(const Command& command, const CLI::App& app, const Words& words) {
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        refuse_single_dash(command, app, words[i]);
        const CLI::Option* const option = app.get_option_no_throw(words[i]);
        const bool takes_value =
            option != nullptr && words[i].starts_with("-") && option->get_items_expected_max() > 0;
        if (!takes_value || i + 1 == words.size()) {
            continue;
        }
        const std::string& next = words[i + 1];
        const std::string name = next.substr(0, next.find('='));
        if (name.size() > 1 && name.starts_with("-") && app.get_option_no_throw(name) != nullptr) {
            throw Error(
                Status::invalid,
                formatted("{}: {} needs {} behind it, and {} is a flag; where it is meant, "
                          "write {}={}",
                          command.name(), words[i],
                          option->get_type_name().empty() ? "a value" : option->get_type_name(),
                          in_quotes(next), words[i], next));
        }
        ++i;
    }
}

/// What is left over after parsing: flags that nobody knows.
void refuse_unknown(const Command& command, const CLI::App& app, Words words) {
    std::vector<std::string> problems;
    words.emplace_back("--help");
    Words unknown = app.remaining();
    // What ends the options is none.
    if (const auto mark = std::find(unknown.begin(), unknown.end(), "--"); mark != unknown.end()) {
        unknown.erase(mark);
    }
    for (const std::string& word : unknown) {
        std::vector<std::string> flags;
        command.inspect(words, [&flags](const CLI::App& full) { flags = flags_of(full); });
        const std::string flag = word.substr(0, word.find('='));
        std::string hint = hint_for(command.name(), flag);
        if (hint.empty()) {
            const std::string remedy = formatted("; see drumgen {} --help", command.name());
            hint = did_you_mean(flag, flags, remedy);
        }
        problems.push_back(formatted("{}: {} {}{}", command.name(),
                                     word.starts_with("-") ? "unknown flag" : "cannot use",
                                     in_quotes(flag), hint));
    }
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
}

}  // namespace

Command::Command(std::string_view name, std::string_view summary, std::string_view description,
                 std::string_view examples, Define define)
    : name_(name),
      summary_(summary),
      description_(description),
      examples_(examples),
      define_(define) {
    registry().push_back(this);
}

Status Command::run(Words words) const {
    normalise(words);
    CLI::App app(std::string(description_), "drumgen " + std::string(name_));
    app.allow_extras();
    const Action act = define_(app, words);
    refuse_misread(*this, app, words);
    try {
        app.parse(Words(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
        write_stdout(help_text(*this, app));
        return Status::done;
    } catch (const CLI::ArgumentMismatch& error) {
        const std::string text = error.what();
        throw Error(Status::invalid,
                    formatted("{}: {} needs a value", name_, text.substr(0, text.find(':'))));
    } catch (const CLI::ParseError& error) {
        throw Error(Status::invalid, formatted("{}: {}", name_, error.what()));
    }
    refuse_unknown(*this, app, words);
    return act();
}

void Command::inspect(const Words& words, const std::function<void(const CLI::App&)>& visit) const {
    CLI::App app(std::string(description_), "drumgen " + std::string(name_));
    (void)define_(app, words);
    visit(app);
}

std::vector<const Command*> commands() {
    std::vector<const Command*> sorted = registry();
    std::sort(sorted.begin(), sorted.end(), [](const Command* left, const Command* right) {
        return left->name() < right->name();
    });
    return sorted;
}

bool asks_for_help(const Words& words) {
    return std::any_of(words.begin(), words.end(),
                       [](const std::string& word) { return word == "--help" || word == "-h"; });
}

}  // namespace drumgen
