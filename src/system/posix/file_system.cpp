#include "system/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>

namespace drumgen {
namespace {

constexpr mode_t new_file = 0666;    // less what umask takes away
constexpr mode_t new_folder = 0777;  // the same
constexpr mode_t permission_bits = 0777;

/// A null device and a terminal take whatever comes, from anybody.
bool is_null_or_terminal(const struct stat& status) {
    // Numbers from Linux's devices.txt; the last two are the majors of pseudo-terminals.
    constexpr unsigned memory_devices = 1;
    constexpr unsigned null = 3;
    constexpr unsigned first_terminal = 136;
    constexpr unsigned last_terminal = 143;
    if (!S_ISCHR(status.st_mode)) {
        return false;
    }
    const unsigned number = major(status.st_rdev);
    return (number == memory_devices && minor(status.st_rdev) == null) ||
           (number >= first_terminal && number <= last_terminal);
}

FileStatus told(const struct stat& status) {
    const bool is_node = S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode);
    FileStatus file;
    file.kind = S_ISREG(status.st_mode)   ? FileStatus::Kind::regular
                : S_ISDIR(status.st_mode) ? FileStatus::Kind::folder
                : S_ISLNK(status.st_mode) ? FileStatus::Kind::link
                                          : FileStatus::Kind::other;
    file.size = static_cast<std::uint64_t>(status.st_size);
    file.device = is_node ? ~std::uint64_t{0} : status.st_dev;
    file.inode = is_node ? status.st_rdev : status.st_ino;
    file.links = status.st_nlink;
    file.permissions = status.st_mode & permission_bits;
    file.takes_anything = is_null_or_terminal(status);
    return file;
}

int flags_of(Access access) {
    switch (access) {
        case Access::create:
            return O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
        case Access::append:
            return O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY;
        case Access::append_or_create:
            return O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC;
        case Access::update:
            return O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
        default:
            return O_RDONLY | O_CLOEXEC;
    }
}

bool wait(int file, short wish, int patience_ms) {
    pollfd wanted{file, wish, 0};
    const int ready = poll(&wanted, 1, patience_ms);
    return ready > 0 || (ready < 0 && errno != EINTR);  // what is wrong shows when it is used
}

class PosixFiles final : public FileSystem {
public:
    int open(const std::string& path, Access access) override {
        return ::open(path.c_str(), flags_of(access), new_file);
    }

    bool close(int file) override {
        // Linux closes the file even when close() is interrupted; a second call could close
        // another's.
        return ::close(file) == 0 || errno == EINTR;
    }

    std::ptrdiff_t read(int file, std::span<std::uint8_t> bytes) override {
        return ::read(file, bytes.data(), bytes.size());
    }

    std::ptrdiff_t read_at(int file, std::span<std::uint8_t> bytes, std::uint64_t offset) override {
        return pread(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    }

    std::ptrdiff_t write(int file, std::span<const std::uint8_t> bytes) override {
        return ::write(file, bytes.data(), bytes.size());
    }

    std::ptrdiff_t write_at(int file, std::span<const std::uint8_t> bytes,
                            std::uint64_t offset) override {
        return pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    }

    bool wait_to_read(int file, int patience_ms) override {
        return wait(file, POLLIN, patience_ms);
    }

    bool wait_to_write(int file, int patience_ms) override {
        return wait(file, POLLOUT, patience_ms);
    }

    bool truncate(int file, std::uint64_t size) override {
        return ftruncate(file, static_cast<off_t>(size)) == 0;
    }

    bool set_permissions(int file, unsigned permissions) override {
        return fchmod(file, permissions) == 0;
    }

    bool sync(int file) override {
        // EINVAL: a file system that has nothing to flush.
        return fsync(file) == 0 || errno == EINVAL;
    }

    bool sync_all(const std::string& folder) override {
        const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (file < 0) {
            return false;
        }
        const bool is_done = syncfs(file) == 0;
        const int error = errno;
        ::close(file);
        errno = error;
        return is_done;
    }

    bool lock(int file) override {
        while (flock(file, LOCK_EX) != 0) {
            if (errno != EINTR) {
                return false;
            }
        }
        return true;
    }

    std::optional<FileStatus> status(int file) override {
        struct stat found {};
        if (fstat(file, &found) != 0) {
            return std::nullopt;
        }
        FileStatus status = told(found);
        status.takes_anything |= S_ISCHR(found.st_mode) && isatty(file) == 1;
        return status;
    }

    std::optional<FileStatus> status(const std::string& path) override {
        struct stat found {};
        return stat(path.c_str(), &found) == 0 ? std::optional(told(found)) : std::nullopt;
    }

    std::optional<FileStatus> link_status(const std::string& path) override {
        struct stat found {};
        return lstat(path.c_str(), &found) == 0 ? std::optional(told(found)) : std::nullopt;
    }

    std::optional<std::string> link_target(const std::string& path) override {
        std::array<char, 4096> target{};  // PATH_MAX of Linux
        const ssize_t size = readlink(path.c_str(), target.data(), target.size());
        return size < 0 ? std::nullopt
                        : std::optional(std::string(target.data(), static_cast<std::size_t>(size)));
    }

    bool may_write(const std::string& path) override {
        return faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
    }

    bool may_execute(const std::string& path) override { return access(path.c_str(), X_OK) == 0; }

    bool rename(const std::string& from, const std::string& to, bool replace) override {
        if (replace) {
            return ::rename(from.c_str(), to.c_str()) == 0;
        }
        if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
            return true;
        }
        // EINVAL, ENOSYS: an old kernel or file system, where link() refuses as well.
        return (errno == EINVAL || errno == ENOSYS) && link(from.c_str(), to.c_str()) == 0 &&
               unlink(from.c_str()) == 0;
    }

    bool remove(const char* path) override { return unlink(path) == 0; }

    bool make_folder(const std::string& path) override {
        return mkdir(path.c_str(), new_folder) == 0;
    }

    bool remove_folder(const std::string& path) override { return rmdir(path.c_str()) == 0; }

    std::optional<std::vector<std::string>> names_in(const std::string& folder) override {
        const std::unique_ptr<DIR, int (*)(DIR*)> open_folder(opendir(folder.c_str()), closedir);
        if (open_folder == nullptr) {
            return std::nullopt;
        }
        std::vector<std::string> names;
        errno = 0;
        while (const dirent* const entry = readdir(open_folder.get())) {
            const std::string_view name = entry->d_name;
            if (name != "." && name != "..") {
                names.emplace_back(name);
            }
        }
        return errno == 0 ? std::optional(std::move(names)) : std::nullopt;
    }
};

}  // namespace

FileSystem& systems_own_files() noexcept {
    static PosixFiles files;
    return files;
}

}  // namespace drumgen
