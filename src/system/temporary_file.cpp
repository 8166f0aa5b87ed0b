#include "system/temporary_file.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <thread>

#include "base/text.h"
#include "system/path.h"
#include "system/process.h"
#include "system/signals.h"

namespace drumgen {
namespace {

constexpr std::size_t longest_path = 4096;  // bytes, PATH_MAX of Linux

/// A name that the signal handler removes while `live`. In static storage, so that a handler which
/// reads it while another thread lets go of it reads an old name and never freed memory.
struct PendingName {
    std::atomic<bool> taken{false};
    std::atomic<bool> live{false};
    std::array<char, longest_path> path{};
};

/// One for each file that is being written at the same time; more wait for none, and are only not
/// removed by a signal.
std::array<PendingName, 256> slots;

/// A signal has come that ends the process: no thread may make a file any more.
std::atomic<bool> is_ending{false};
/// Threads between making a file and claiming its slot.
std::atomic<int> creating{0};

int claim_slot(const std::string& path) {
    for (std::size_t i = 0; i < slots.size() && path.size() < longest_path; ++i) {
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
    return formatted("{}{}{}", beginning, purpose(), letters(process_number()));
}

}  // namespace

TemporaryFile::TemporaryFile(const std::string& folder) {
    // Not mkstemp: it makes files that only their owner may read. The number of the process and a
    // count make a name that O_EXCL tests, so that what a killed process left can't be in the way.
    static std::atomic<std::uint64_t> count{0};
    const SignalsBlocked blocked;  // a file can't exist without its slot
    ++creating;
    while (is_ending) {
        --creating;
        std::this_thread::sleep_for(std::chrono::hours(1));  // until the process is gone
        ++creating;
    }
    do {
        path_ = formatted("{}/{}{}{}", folder, own_beginning(), letters(count++), ending);
        file_ = File(file_system().open(path_, Access::create));
    } while (!file_.is_open() && (errno == EEXIST || errno == EINTR));
    if (file_.is_open()) {
        slot_ = claim_slot(path_);
    } else {
        path_.clear();
    }
    const int error = errno;
    --creating;
    errno = error;
}

TemporaryFile::~TemporaryFile() {
    (void)file_.close();
    if (!path_.empty()) {
        file_system().remove(path_.c_str());
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
    return (!durable || file_system().sync(file_.number())) && file_.close();
}

bool TemporaryFile::rename_to(const std::string& target, bool replace) {
    const SignalsBlocked blocked;
    if (!file_system().rename(path_, target, replace)) {
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
    for (const std::string& name :
         file_system().names_in(folder).value_or(std::vector<std::string>())) {
        if (name.starts_with(left) && name.ends_with(ending) && !name.starts_with(own)) {
            file_system().remove(path_below(folder, name).c_str());
        }
    }
}

void remove_temporary_files() noexcept {
    is_ending = true;
    while (creating > 0) {
        // A few microseconds of another thread: this one makes no file while it handles signals.
    }
    for (const PendingName& slot : slots) {
        if (slot.live) {
            file_system().remove(slot.path.data());
        }
    }
}

}  // namespace drumgen
