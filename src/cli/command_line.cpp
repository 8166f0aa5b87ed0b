#include "cli/command_line.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cfenv>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "cli/version.h"
#include "drumgen/instrument.h"
#include "io/file.h"

namespace drumgen {
namespace {

/// A sound's buffers are larger than malloc's 128 KiB, above which it maps fresh pages for each and
/// gives them back: 800 page faults for one kick, 600 when it keeps them. In a virtual machine a
/// fault takes 10..20 us, and asking the kernel for the pages at once 1 us a page.
void keep_memory() {
    constexpr std::size_t page = 4096;
    constexpr std::size_t usual = 1536 << 10;  // bytes that one sound takes, by measurement
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#ifdef MADV_POPULATE_WRITE
    if (void* const memory = std::malloc(usual)) {
        const std::size_t past_page = reinterpret_cast<std::uintptr_t>(memory) % page;
        // A kernel before Linux 5.14 refuses it, and nothing is lost.
        (void)madvise(static_cast<char*>(memory) - past_page, usual, MADV_POPULATE_WRITE);
        std::free(memory);
    }
#endif
}

/// Takes the place of a standard stream that was closed, lest a file gets its number and what is
/// meant for the stream lands in the file. Reading only, so that writing still fails.
void fill_closed_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) < 0) {
            (void)open("/dev/null", O_RDONLY);
        }
    }
}

std::string overview() {
    std::string text =
        "drumgen synthesises drum sounds.\n\n"
        "usage: drumgen COMMAND [OPTIONS]\n\ncommands:\n";
    for (const Command* command : commands()) {
        text += padded(fmt::format("  {}", command->name()), 16);
        text += fmt::format("{}\n", command->summary());
    }
    return text +
           "\n  --version     print the version; with --json as JSON\n"
           "  --help        print this, or the options of a command behind it\n\n"
           "example: drumgen render kick --seed 7 -o kick.wav\n";
}

[[noreturn]] void refuse_command(const std::string& word) {
    std::vector<std::string_view> names{"--version", "--help"};
    for (const Command* command : commands()) {
        names.push_back(command->name());
    }
    const std::string remedy =
        instrument_named(word) != nullptr
            ? fmt::format(", did you mean {}?", in_quotes("drumgen render " + word))
            : did_you_mean(word, names, "; see drumgen --help");
    throw Error(Status::invalid,
                fmt::format("unknown {} {}{}", word.starts_with("-") ? "flag" : "command",
                            in_quotes(word), remedy));
}

Status print_version(const Words& words) {
    const bool json = words.size() == 2 && words[1] == "--json";
    if (words.size() > 1 && !json) {
        throw Error(Status::invalid, "--version takes only --json, not " + in_quotes(words[1]));
    }
    write_stdout(json ? version_json() : version_text());
    return Status::done;
}

}  // namespace

Status run_command_line(Words words) {
    keep_memory();
    fill_closed_streams();
    install_signal_handlers();
    // A shared library built with -Ofast turns on flush-to-zero for the whole process.
    std::fesetenv(FE_DFL_ENV);
    if (words.empty()) {
        throw Error(Status::invalid, "no command given; see drumgen --help");
    }
    // `drumgen help render` is `drumgen render --help`.
    if (words[0] == "help" && words.size() == 2) {
        words = {words[1], "--help"};
    }
    if (words[0] == "help" || words[0] == "--help" || words[0] == "-h") {
        write_stdout(overview());
        return Status::done;
    }
    if (words[0] == "--version") {
        return print_version(words);
    }
    for (const Command* command : commands()) {
        if (command->name() == words[0]) {
            return command->run(Words(words.begin() + 1, words.end()));
        }
    }
    refuse_command(words[0]);
}

}  // namespace drumgen
