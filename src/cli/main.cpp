#include <algorithm>
#include <exception>
#include <initializer_list>
#include <new>

#include "base/text.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/help.h"
#include "cli/messages.h"
#include "cli/version.h"
#include "drumgen/error.h"
#include "drumgen/instrument.h"
#include "system/file.h"
#include "system/process.h"

namespace drumgen {
namespace {

[[noreturn]] void refuse_command(const std::string& word) {
    std::vector<std::string_view> names{"--version", "--help"};
    for (const Command* command : commands()) {
        names.push_back(command->name());
    }
    const std::string remedy =
        instrument_named(word) != nullptr
            ? formatted(", did you mean {}?", in_quotes("drumgen render " + word))
            : did_you_mean(word, names, "; see drumgen --help");
    throw Error(Status::invalid,
                formatted("unknown {} {}{}", word.starts_with("-") ? "flag" : "command",
                          in_quotes(word), remedy));
}

Status print_version(const Words& words) {
    const bool json = words.size() == 2 && words[1] == "--json";
    if (words.size() > 1 && !json) {
        throw Error(Status::invalid, words[0] + " takes only --json, not " + in_quotes(words[1]));
    }
    write_stdout(json ? version_json() : version_text());
    return Status::done;
}

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), word) != names.end();
}

/// Runs drumgen with the words behind the program's name. Throws Error.
Status run_command_line(Words words) {
    prepare_process();
    if (words.empty()) {
        tell_as_is(overview());
        return Status::invalid;
    }
    // `drumgen help render kick` is `drumgen render kick --help`.
    if (is_one_of(words[0], {"help", "--help", "-h"})) {
        if (words.size() == 1) {
            write_stdout(overview());
            return Status::done;
        }
        words.erase(words.begin());
        words.emplace_back("--help");
    }
    if (is_one_of(words[0], {"--version", "-V", "version"})) {
        return print_version(words);
    }
    if (words[0] == "__complete") {  // what the scripts in completions/ ask
        write_stdout(completions(Words(words.begin() + 1, words.end())));
        return Status::done;
    }
    for (const Command* command : commands()) {
        if (command->name() == words[0]) {
            return command->run(Words(words.begin() + 1, words.end()));
        }
    }
    refuse_command(words[0]);
}

}  // namespace
}  // namespace drumgen

int main(int argc, char** argv) {
    using drumgen::Status;
    Status status = Status::failed;
    try {
        status = drumgen::run_command_line(drumgen::words_of_command_line(argc, argv));
    } catch (const drumgen::Error& error) {
        drumgen::tell(drumgen::first_problems(error.problems()));
        if (!error.conclusion().empty()) {
            drumgen::tell(error.conclusion());
        }
        status = error.status();
    } catch (const std::bad_alloc&) {
        drumgen::tell("out of memory");
    } catch (const std::exception& error) {
        drumgen::tell(error.what());
    }
    return static_cast<int>(status);
}
