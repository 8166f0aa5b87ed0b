#include "io/temporary_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/text.h"

namespace drumgen {
namespace {

/// A name that the signal handler removes while `live`. In static storage, so that a handler which
/// reads it while another thread lets go of it reads an old name and never freed memory.
struct PendingName {
    std::atomic<bool> taken{false};
    std::atomic<bool> live{false};
    std::array<char, PATH_MAX> path{};
};

/// One for each file that is being written at the same time; more wait for none, and are only not
/// removed by a signal.
std::array<PendingName, 256> slots;

/// Keeps signals away from this thread, so that a file can't exist without its slot.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t before_{};
};

/// A signal has come that ends the process: no thread may make a file any more.
std::atomic<bool> is_ending{false};
/// Threads between making a file and claiming its slot.
std::atomic<int> creating{0};

int claim_slot(const std::string& path) {
    for (std::size_t i = 0; i < slots.size() && path.size() < PATH_MAX; ++i) {
        if (!slots[i].taken.exchange(true)) {
            path.copy(slots[i].path.data(), path.size());
            slots[i].path[path.size()] = '\0';
            slots[i].live = true;
            return static_cast<int>(i);
        }
    }
    return -1;
}

/// What temporary files are for, and a dash behind it; or nothing.
std::string& purpose() {
    static std::string text;
    return text;
}

constexpr std::string_view beginning = ".drumgen-";
constexpr std::string_view ending = ".tmp";

/// Six letters for a number, base 36.
std::string letters(std::uint64_t number) {
    std::string text(6, '0');
    for (char& letter : text) {
        letter = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
        number /= 36;
    }
    return text;
}

/// How the names of this process's files begin.
std::string own_beginning() {
    return formatted("{}{}{}", beginning, purpose(), letters(static_cast<std::uint64_t>(getpid())));
}

}  // namespace

TemporaryFile::TemporaryFile(const std::string& folder) {
    // Not mkstemp: it makes files that only their owner may read. The number of the process and a
    // count make a name that O_EXCL tests, so that what a killed process left can't be in the way.
    static std::atomic<std::uint64_t> count{0};
    const SignalsBlocked blocked;
    ++creating;
    while (is_ending) {
        --creating;
        pause();  // until the process is gone
        ++creating;
    }
    do {
        path_ = formatted("{}/{}{}{}", folder, own_beginning(), letters(count++), ending);
        descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && (errno == EEXIST || errno == EINTR));
    if (descriptor_ >= 0) {
        slot_ = claim_slot(path_);
    } else {
        path_.clear();
    }
    const int error = errno;
    --creating;
    errno = error;
}

TemporaryFile::~TemporaryFile() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
    if (!path_.empty()) {
        unlink(path_.c_str());
        forget();
    }
}

void TemporaryFile::forget() {
    if (slot_ >= 0) {
        PendingName& slot = slots[static_cast<std::size_t>(slot_)];
        slot.live = false;
        slot.taken = false;
    }
    slot_ = -1;
    path_.clear();
}

bool TemporaryFile::finish(bool durable) {
    // EINVAL: a file system that has nothing to flush.
    if (durable && fsync(descriptor_) != 0 && errno != EINVAL) {
        return false;
    }
    const int descriptor = descriptor_;
    descriptor_ = -1;
    // Linux closes the file even when close() is interrupted; a second call could close another's.
    return close(descriptor) == 0 || errno == EINTR;
}

bool TemporaryFile::rename_to(const std::string& target, bool replace) {
    const SignalsBlocked blocked;
    if (!rename_file(path_, target, replace)) {
        return false;
    }
    forget();
    return true;
}

void name_temporary_files(const std::string& text) {
    purpose() = text.empty() ? "" : text + "-";
}

void sweep_temporary_files(const std::string& folder) {
    if (purpose().empty()) {
        return;
    }
    const std::string left = std::string(beginning) + purpose();
    const std::string own = own_beginning();
    std::error_code error;
    using Iterator = std::filesystem::directory_iterator;
    for (Iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.starts_with(left) && name.ends_with(ending) && !name.starts_with(own)) {
            unlink(at->path().c_str());
        }
    }
}

bool rename_file(const std::string& from, const std::string& to, bool replace) {
    if (replace) {
        return rename(from.c_str(), to.c_str()) == 0;
    }
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
        return true;
    }
    // EINVAL, ENOSYS: an old kernel or file system, where link() refuses as well.
    return (errno == EINVAL || errno == ENOSYS) && link(from.c_str(), to.c_str()) == 0 &&
           unlink(from.c_str()) == 0;
}

void remove_temporary_files() noexcept {
    is_ending = true;
    while (creating > 0) {
        // A few microseconds of another thread: this one makes no file while it handles signals.
    }
    for (const PendingName& slot : slots) {
        if (slot.live) {
            unlink(slot.path.data());
        }
    }
}

}  // namespace drumgen
