#include "system/process.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cfenv>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/text.h"
#include "drumgen/error.h"
#include "system/file.h"
#include "system/last_words.h"
#include "system/signals.h"

extern char** environ;

namespace drumgen {
namespace {

/// A sound's buffers are larger than malloc's 128 KiB, above which it maps fresh pages for each and
/// gives them back: 800 page faults for one kick, 600 when it keeps them. In a virtual machine a
/// fault takes 10..20 us, and asking the kernel for the pages at once 1 us a page.
void keep_memory() {
    constexpr std::size_t page = 4096;
    constexpr std::size_t usual = 512 << 10;  // bytes that a sound of half a second takes
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
    for (const int stream : {standard_input, standard_output, standard_error}) {
        if (fcntl(stream, F_GETFD) < 0) {
            (void)open("/dev/null", O_RDONLY);
        }
    }
}

/// An open file without a name that holds the bytes, from its start.
File nameless_file(std::span<const std::uint8_t> bytes) {
    std::error_code error;
    std::string path = (std::filesystem::temp_directory_path(error) / "drumgen-XXXXXX").string();
    if (error) {
        path = "/tmp/drumgen-XXXXXX";
    }
    File file(mkostemp(path.data(), O_CLOEXEC));
    if (!file.is_open()) {
        fail_with_errno("write", path);
    }
    unlink(path.c_str());
    write_to(file.number(), bytes, path);
    lseek(file.number(), 0, SEEK_SET);
    return file;
}

}  // namespace

void prepare_process() {
    keep_memory();
    fill_closed_streams();
    install_signal_handlers();
    install_last_words();
    // A shared library built with -Ofast turns on flush-to-zero for the whole process.
    std::fesetenv(FE_DFL_ENV);
}

std::vector<std::string> words_of_command_line(int argc, char** argv) {
    return {argv + (argc > 0 ? 1 : 0), argv + argc};
}

std::uint64_t process_number() {
    return static_cast<std::uint64_t>(getpid());
}

ChildProcess::ChildProcess(std::vector<std::string> words, std::span<const std::uint8_t> bytes) {
    constexpr int number = 3;
    const File file = nameless_file(bytes);
    words.push_back(formatted("/dev/fd/{}", number));
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, standard_input, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, standard_output, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, standard_error, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, file.number(), number);
    // A group of its own, so that what a script starts ends with it.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    pid_t process = -1;
    const int error = posix_spawnp(&process, words.front().c_str(), &actions, &attributes,
                                   arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        throw Error(Status::failed, formatted("cannot play with {}: {}", in_quotes(words.front()),
                                              std::generic_category().message(error)));
    }
    process_ = process;
}

ChildProcess::~ChildProcess() {
    if (process_ >= 0) {
        kill(static_cast<pid_t>(-process_), SIGKILL);
        waitpid(static_cast<pid_t>(process_), nullptr, 0);
    }
}

std::optional<int> ChildProcess::status() {
    int status = 0;
    if (process_ < 0 || waitpid(static_cast<pid_t>(process_), &status, WNOHANG) != process_) {
        return std::nullopt;
    }
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

}  // namespace drumgen
