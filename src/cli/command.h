#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/error.h"

namespace CLI {
class App;
}

namespace drumgen {

/// What the user typed after the command's name.
using Words = std::vector<std::string>;

/// One command. A new one is one new file with a static Command in it; nothing else changes.
class Command {
public:
    /// Does the work, after the words were parsed.
    using Action = std::function<Status()>;

    /// Adds the options to `app`, and says what to do once they are parsed. May look at the words
    /// to add only what they use, since each option costs start-up time; words that ask for help
    /// get every option that fits them.
    using Define = Action (*)(CLI::App& app, const Words& words);

    /// Registers itself. All texts must live for ever.
    ///   examples   command lines, one a line, that work one after another in an empty folder
    Command(std::string_view name, std::string_view summary, std::string_view description,
            std::string_view examples, Define define);

    [[nodiscard]] std::string_view name() const { return name_; }
    [[nodiscard]] std::string_view summary() const { return summary_; }          ///< one line
    [[nodiscard]] std::string_view description() const { return description_; }  ///< a paragraph
    [[nodiscard]] std::string_view examples() const { return examples_; }        ///< lines

    /// Parses the words and does the work. Throws Error (invalid) for what the command does not
    /// know, with the nearest flag.
    [[nodiscard]] Status run(Words words) const;

    /// Calls `visit` with the command's options, those of `words` included.
    void inspect(const Words& words, const std::function<void(const CLI::App&)>& visit) const;

private:
    std::string_view name_;
    std::string_view summary_;
    std::string_view description_;
    std::string_view examples_;
    Define define_;
};

/// All commands, sorted by name.
[[nodiscard]] std::vector<const Command*> commands();

/// Does a word ask for help?
[[nodiscard]] bool asks_for_help(const Words& words);

}  // namespace drumgen
