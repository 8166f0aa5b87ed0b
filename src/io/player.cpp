#include "io/player.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/text.h"
#include "drumgen/error.h"
#include "io/file.h"

extern char** environ;

namespace drumgen {
namespace {

/// Programs that play a WAV whose name ends anyhow, the more likely first, each with its options.
const std::array<std::vector<std::string>, 6>& known_players() {
    static const std::array<std::vector<std::string>, 6> players{{
        {"pw-play"},
        {"paplay"},
        {"aplay", "-q"},
        {"play", "-q", "-t", "wav"},
        {"afplay"},
        {"ffplay", "-nodisp", "-autoexit", "-loglevel", "error"},
    }};
    return players;
}

/// Is a program of that name in PATH?
bool is_installed(std::string_view program) {
    const char* const variable = std::getenv("PATH");
    std::string_view left = variable == nullptr ? "" : variable;
    while (!left.empty()) {
        const std::string_view folder = left.substr(0, left.find(':'));
        left.remove_prefix(std::min(left.size(), folder.size() + 1));
        const std::string path = formatted("{}/{}", folder.empty() ? "." : folder, program);
        if (access(path.c_str(), X_OK) == 0) {
            return true;
        }
    }
    return false;
}

/// An open file without a name that holds the bytes, from its start.
int nameless_file(std::span<const std::uint8_t> bytes) {
    std::error_code error;
    std::string path = (std::filesystem::temp_directory_path(error) / "drumgen-XXXXXX").string();
    if (error) {
        path = "/tmp/drumgen-XXXXXX";
    }
    const int file = mkostemp(path.data(), O_CLOEXEC);
    if (file < 0) {
        fail_with_errno("write", path);
    }
    unlink(path.c_str());
    try {
        write_to(file, bytes, path);
    } catch (const Error&) {
        close(file);
        throw;
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

}  // namespace

std::vector<Player::Known> Player::known() {
    std::vector<Known> all;
    for (const std::vector<std::string>& words : known_players()) {
        all.push_back({words.front(), is_installed(words.front())});
    }
    return all;
}

std::vector<std::string> Player::installed() {
    for (const std::vector<std::string>& words : known_players()) {
        if (is_installed(words.front())) {
            return words;
        }
    }
    return {};
}

void Player::play(std::span<const std::uint8_t> wav) {
    stop();
    constexpr int number = 3;
    const int file = nameless_file(wav);
    std::vector<std::string> words = words_;
    words.push_back(formatted("/dev/fd/{}", number));
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, file, number);
    // A group of its own, so that what a script starts ends with it.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    const int error = posix_spawnp(&process_, words.front().c_str(), &actions, &attributes,
                                   arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(file);
    if (error != 0) {
        process_ = -1;
        throw Error(Status::failed, formatted("cannot play with {}: {}", in_quotes(words.front()),
                                              std::generic_category().message(error)));
    }
}

std::string Player::trouble() {
    int status = 0;
    if (process_ < 0 || waitpid(process_, &status, WNOHANG) != process_) {
        return "";
    }
    process_ = -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return "";
    }
    return formatted("{} could not play it, status {}", words_.front(),
                     WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

void Player::stop() noexcept {
    if (process_ >= 0) {
        kill(-process_, SIGKILL);
        waitpid(process_, nullptr, 0);
        process_ = -1;
    }
}

}  // namespace drumgen
