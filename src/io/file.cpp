#include "io/file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <filesystem>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <system_error>

#include "base/text.h"
#include "drumgen/error.h"
#include "io/temporary_file.h"

namespace drumgen {
namespace {

[[noreturn]] void fail(std::string_view doing, const std::string& path, int error,
                       std::string_view remedy = "") {
    std::string problem = "cannot ";
    problem.append(doing).append(" ").append(path).append(": ");
    problem.append(std::generic_category().message(error)).append(remedy);
    throw Error(Status::failed, std::move(problem));
}

/// What a person can do about it.
std::string_view remedy_of(int error) {
    switch (error) {
        case ENOENT:
            return " (make the folder first)";
        case ENOTDIR:
            return " (a part of the path is a file, not a folder)";
        case EISDIR:
            return " (name a file in it)";
        case EEXIST:
            return " (leave out --no-clobber to replace it)";
        case ENOSPC:
            return " (free some space or write elsewhere)";
        case EFBIG:
            return " (raise the limit with ulimit -f)";
        case EACCES:
        case EPERM:
        case EROFS:
            return " (write elsewhere or change its permissions)";
        default:
            return "";
    }
}

/// Closes a file on every way out.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ > STDERR_FILENO) {
            close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// All bytes, or false; errno says why.
bool write_all(int descriptor, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            pollfd ready{descriptor, POLLOUT, 0};
            poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

extern "C" void remove_and_die(int signal_number) {
    remove_temporary_files();
    std::signal(signal_number, SIG_DFL);
    std::raise(signal_number);
}

}  // namespace

std::vector<std::uint8_t> read_file(const std::string& path, std::size_t limit) {
    const bool standard = path == "-";
    const std::string name = standard ? "standard input" : path;
    const Descriptor file(standard ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        fail("read", name, errno, errno == ENOENT ? " (is the name right?)" : "");
    }
    struct stat status {};
    std::size_t size = 0;
    if (fstat(file.number(), &status) == 0 && S_ISREG(status.st_mode)) {
        size = static_cast<std::size_t>(status.st_size);
    }
    constexpr std::size_t chunk = 1 << 16;
    std::vector<std::uint8_t> bytes(std::min(size, limit) + 1);
    std::size_t filled = 0;
    while (true) {
        if (filled == bytes.size()) {
            bytes.resize(std::min(2 * bytes.size() + chunk, limit + 1));
        }
        const ssize_t count = read(file.number(), bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno != EINTR) {
            fail("read", name, errno);
        }
        if (count == 0) {
            break;
        }
        filled += count < 0 ? 0 : static_cast<std::size_t>(count);
        if (filled > limit) {
            throw Error(Status::invalid,
                        formatted("{} is larger than the limit of {} MiB", name, limit >> 20));
        }
    }
    bytes.resize(filled);
    return bytes;
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

std::string path_below(const std::string& folder, const std::string& path) {
    return (std::filesystem::path(folder) / path).string();
}

void flush_folder(const std::string& folder) {
    const Descriptor file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.number() < 0 || syncfs(file.number()) != 0) {
        fail_with_errno("flush", folder);
    }
}

void fail_with_errno(std::string_view doing, const std::string& path) {
    fail(doing, path, errno, remedy_of(errno));
}

void write_to(int descriptor, std::span<const std::uint8_t> bytes, const std::string& path) {
    if (!write_all(descriptor, bytes)) {
        fail_with_errno("write", path);
    }
}

void write_stdout(std::span<const std::uint8_t> bytes) {
    if (!write_all(STDOUT_FILENO, bytes)) {
        fail("write", "standard output", errno, remedy_of(errno));
    }
}

void write_stdout(std::string_view text) {
    write_stdout(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

void install_signal_handlers() {
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
        struct sigaction before {};
        sigaction(number, nullptr, &before);
        if (before.sa_handler == SIG_IGN) {
            continue;  // nohup, or a shell's background job
        }
        struct sigaction action {};
        action.sa_handler = remove_and_die;
        sigemptyset(&action.sa_mask);
        sigaction(number, &action, nullptr);
    }
    std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit fails with EFBIG instead
}

}  // namespace drumgen
