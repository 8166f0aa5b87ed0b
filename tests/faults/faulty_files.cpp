// Linked into a drumgen of its own, drumgen-faulty: one call to the system's files fails, or one allocation, as the
// environment says. What it says is looked at before main() runs.
//   DRUMGEN_FAULT       "N:ERRNO": the Nth call, from 0, fails with that number
//   DRUMGEN_FAULT_NEW   "N": the Nth allocation throws
//   DRUMGEN_SHORT       calls that move bytes move at most so many
//   DRUMGEN_TOLD        a file descriptor that gets a byte when something has failed

#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <new>

#include "system/file_system.h"

namespace {

std::atomic<long> allocations_left{-1};

/// Tells whoever has started this that the fault has come about.
void tell_fault() noexcept {
    if (const char* told = std::getenv("DRUMGEN_TOLD"); told != nullptr) {
        const char mark = 'x';
        (void)!::write(std::atoi(told), &mark, 1);
    }
}

void* allocated(std::size_t size) {
    if (allocations_left.load(std::memory_order_relaxed) >= 0 && allocations_left-- == 0) {
        tell_fault();
        throw std::bad_alloc();
    }
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

}  // namespace

void* operator new(std::size_t size) {
    return allocated(size);
}
void* operator new[](std::size_t size) {
    return allocated(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace drumgen {
namespace {

class FaultyFiles : public FileSystem {
public:
    FaultyFiles(long nth, int error, std::size_t most) : left_(nth), error_(error), most_(most) {}

    int open(const std::string& path, Access access) override {
        return fails() ? -1 : own_.open(path, access);
    }
    bool close(int file) override { return own_.close(file) && !fails(); }
    std::ptrdiff_t read(int file, std::span<std::uint8_t> bytes) override {
        return fails() ? -1 : own_.read(file, few(bytes));
    }
    std::ptrdiff_t read_at(int file, std::span<std::uint8_t> bytes, std::uint64_t at) override {
        return fails() ? -1 : own_.read_at(file, few(bytes), at);
    }
    std::ptrdiff_t write(int file, std::span<const std::uint8_t> bytes) override {
        // What tells of the fault has to be heard.
        return file != standard_error && fails() ? -1 : own_.write(file, few(bytes));
    }
    std::ptrdiff_t write_at(int file, std::span<const std::uint8_t> bytes,
                            std::uint64_t at) override {
        return fails() ? -1 : own_.write_at(file, few(bytes), at);
    }
    bool wait_to_read(int file, int ms) override { return own_.wait_to_read(file, ms); }
    bool wait_to_write(int file, int ms) override { return own_.wait_to_write(file, ms); }
    bool truncate(int file, std::uint64_t size) override {
        return !fails() && own_.truncate(file, size);
    }
    bool set_permissions(int file, unsigned bits) override {
        return !fails() && own_.set_permissions(file, bits);
    }
    bool sync(int file) override { return !fails() && own_.sync(file); }
    bool sync_all(const std::string& folder) override { return !fails() && own_.sync_all(folder); }
    bool lock(int file) override { return !fails() && own_.lock(file); }
    std::optional<FileStatus> status(int file) override {
        return fails() ? std::nullopt : own_.status(file);
    }
    std::optional<FileStatus> status(const std::string& path) override {
        return fails() ? std::nullopt : own_.status(path);
    }
    std::optional<FileStatus> link_status(const std::string& path) override {
        return fails() ? std::nullopt : own_.link_status(path);
    }
    std::optional<std::string> link_target(const std::string& path) override {
        return fails() ? std::nullopt : own_.link_target(path);
    }
    bool may_write(const std::string& path) override { return !fails() && own_.may_write(path); }
    bool may_execute(const std::string& path) override { return own_.may_execute(path); }
    bool rename(const std::string& from, const std::string& to, bool replace) override {
        return !fails() && own_.rename(from, to, replace);
    }
    bool remove(const char* path) override { return own_.remove(path); }
    bool make_folder(const std::string& path) override {
        return !fails() && own_.make_folder(path);
    }
    bool remove_folder(const std::string& path) override { return own_.remove_folder(path); }
    std::optional<std::vector<std::string>> names_in(const std::string& folder) override {
        return fails() ? std::nullopt : own_.names_in(folder);
    }

private:
    bool fails() {
        if (left_-- != 0) {
            return false;
        }
        tell_fault();
        errno = error_;
        return true;
    }
    template <class Bytes>
    [[nodiscard]] Bytes few(Bytes bytes) const {
        return most_ == 0 ? bytes : bytes.first(std::min(bytes.size(), most_));
    }

    FileSystem& own_ = systems_own_files();
    std::atomic<long> left_;
    int error_;
    std::size_t most_;
};

/// Puts it in place before the program begins.
struct Installed {
    Installed() {
        const char* fault = std::getenv("DRUMGEN_FAULT");
        const char* most = std::getenv("DRUMGEN_SHORT");
        if (fault != nullptr || most != nullptr) {
            char* end = nullptr;
            const long nth = fault == nullptr ? -1 : std::strtol(fault, &end, 10);
            const int error = fault == nullptr || *end != ':' ? EIO : std::atoi(end + 1);
            static FaultyFiles files(
                nth, error, most == nullptr ? 0 : static_cast<std::size_t>(std::atol(most)));
            replace_file_system(&files);
        }
        if (const char* nth = std::getenv("DRUMGEN_FAULT_NEW"); nth != nullptr) {
            allocations_left = std::atol(nth);
        }
    }
};

const Installed installed;

}  // namespace
}  // namespace drumgen
