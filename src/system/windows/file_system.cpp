#include "system/file_system.h"

#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <algorithm>
#include <cerrno>

#include "system/windows/wide.h"

namespace drumgen {
namespace {

constexpr unsigned anybody_reads = 0444;
constexpr unsigned anybody_writes = 0666;

HANDLE handle_of(int file) {
    return reinterpret_cast<HANDLE>(_get_osfhandle(file));
}

/// A handle that is closed.
class Handle {
public:
    explicit Handle(HANDLE handle) : handle_(handle) {}
    ~Handle() {
        if (is_valid()) {
            CloseHandle(handle_);
        }
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    [[nodiscard]] bool is_valid() const { return handle_ != INVALID_HANDLE_VALUE; }
    [[nodiscard]] HANDLE get() const { return handle_; }

private:
    HANDLE handle_;
};

/// What is open may be renamed and removed, as elsewhere.
constexpr DWORD shared_by_all = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

/// Opens whatever is there, to look at it.
HANDLE looked_at(const std::string& path, DWORD flags) {
    return CreateFileW(wide_path(path).c_str(), FILE_READ_ATTRIBUTES, shared_by_all, nullptr,
                       OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | flags, nullptr);
}

std::uint64_t both(DWORD high, DWORD low) {
    return (std::uint64_t{high} << 32) | low;
}

std::optional<FileStatus> told(HANDLE handle) {
    FileStatus status;
    if (GetFileType(handle) != FILE_TYPE_DISK) {
        status.kind = FileStatus::Kind::other;
        status.takes_anything = GetFileType(handle) == FILE_TYPE_CHAR;
        // Nothing tells one pipe from another.
        status.device = ~std::uint64_t{0};
        status.inode = reinterpret_cast<std::uintptr_t>(handle);
        status.permissions = anybody_writes;
        return status;
    }
    BY_HANDLE_FILE_INFORMATION found{};
    if (GetFileInformationByHandle(handle, &found) == 0) {
        set_errno();
        return std::nullopt;
    }
    const DWORD attributes = found.dwFileAttributes;
    status.kind = (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? FileStatus::Kind::folder
                                                               : FileStatus::Kind::regular;
    status.size = both(found.nFileSizeHigh, found.nFileSizeLow);
    status.device = found.dwVolumeSerialNumber;
    status.inode = both(found.nFileIndexHigh, found.nFileIndexLow);
    status.links = found.nNumberOfLinks;
    status.permissions =
        (attributes & FILE_ATTRIBUTE_READONLY) != 0 ? anybody_reads : anybody_writes;
    return status;
}

/// Where in a file a call is to read or write; its place moves, which nobody here asks for.
OVERLAPPED at(std::uint64_t offset) {
    OVERLAPPED place{};
    place.Offset = static_cast<DWORD>(offset);
    place.OffsetHigh = static_cast<DWORD>(offset >> 32);
    return place;
}

DWORD at_most(std::size_t bytes) {
    return static_cast<DWORD>(std::min<std::size_t>(bytes, std::size_t{1} << 30));
}

class WindowsFiles final : public FileSystem {
public:
    int open(const std::string& path, Access access) override {
        DWORD rights = GENERIC_READ;
        DWORD creation = OPEN_EXISTING;
        DWORD flags = FILE_ATTRIBUTE_NORMAL;
        int mode = _O_BINARY | _O_NOINHERIT;
        switch (access) {
            case Access::create:
                rights = GENERIC_WRITE;
                creation = CREATE_NEW;
                break;
            case Access::append:
                rights = GENERIC_WRITE;
                mode |= _O_APPEND;
                break;
            case Access::append_or_create:
                rights = GENERIC_READ | GENERIC_WRITE;
                creation = OPEN_ALWAYS;
                mode |= _O_APPEND;
                break;
            case Access::update:
                rights = GENERIC_READ | GENERIC_WRITE;
                flags = FILE_FLAG_OPEN_REPARSE_POINT;
                break;
            default:
                mode |= _O_RDONLY;
        }
        HANDLE handle = CreateFileW(wide_path(path).c_str(), rights, shared_by_all, nullptr,
                                    creation, flags, nullptr);
        if (handle == INVALID_HANDLE_VALUE) {
            set_errno();
            if (const auto found = status(path); found && found->is_folder()) {
                errno = EISDIR;
            }
            return -1;
        }
        const int file = _open_osfhandle(reinterpret_cast<std::intptr_t>(handle), mode);
        if (file < 0) {
            CloseHandle(handle);
        }
        return file;
    }

    bool close(int file) override { return _close(file) == 0; }

    std::ptrdiff_t read(int file, std::span<std::uint8_t> bytes) override {
        DWORD count = 0;
        if (ReadFile(handle_of(file), bytes.data(), at_most(bytes.size()), &count, nullptr) == 0) {
            return nothing_or_failure();
        }
        return count;
    }

    std::ptrdiff_t read_at(int file, std::span<std::uint8_t> bytes, std::uint64_t offset) override {
        OVERLAPPED place = at(offset);
        DWORD count = 0;
        if (ReadFile(handle_of(file), bytes.data(), at_most(bytes.size()), &count, &place) == 0) {
            return nothing_or_failure();
        }
        return count;
    }

    std::ptrdiff_t write(int file, std::span<const std::uint8_t> bytes) override {
        // The C library's, which knows what was opened to append.
        const int count = _write(file, bytes.data(), at_most(bytes.size()));
        if (count < 0 && (_doserrno == ERROR_NO_DATA || _doserrno == ERROR_BROKEN_PIPE)) {
            errno = EPIPE;
        }
        return count;
    }

    std::ptrdiff_t write_at(int file, std::span<const std::uint8_t> bytes,
                            std::uint64_t offset) override {
        OVERLAPPED place = at(offset);
        DWORD count = 0;
        if (WriteFile(handle_of(file), bytes.data(), at_most(bytes.size()), &count, &place) == 0) {
            set_errno();
            return -1;
        }
        return count;
    }

    bool wait_to_read(int file, int patience_ms) override {
        constexpr int step_ms = 10;
        HANDLE handle = handle_of(file);
        switch (GetFileType(handle)) {
            case FILE_TYPE_CHAR:
                return WaitForSingleObject(
                           handle, patience_ms < 0 ? INFINITE : static_cast<DWORD>(patience_ms)) ==
                       WAIT_OBJECT_0;
            case FILE_TYPE_PIPE:
                for (int waited_ms = 0;; waited_ms += step_ms) {
                    DWORD count = 0;
                    // An end of the pipe fails, and shows when it is read.
                    if (PeekNamedPipe(handle, nullptr, 0, nullptr, &count, nullptr) == 0 ||
                        count > 0) {
                        return true;
                    }
                    if (patience_ms >= 0 && waited_ms >= patience_ms) {
                        return false;
                    }
                    Sleep(step_ms);
                }
            default:
                return true;
        }
    }

    bool wait_to_write(int, int) override { return true; }  // a write waits by itself

    bool truncate(int file, std::uint64_t size) override {
        FILE_END_OF_FILE_INFO end{};
        end.EndOfFile.QuadPart = static_cast<LONGLONG>(size);
        return is_done(
            SetFileInformationByHandle(handle_of(file), FileEndOfFileInfo, &end, sizeof end));
    }

    bool set_permissions(int, unsigned) override { return true; }  // a folder's count here

    bool sync(int file) override {
        HANDLE handle = handle_of(file);
        return GetFileType(handle) != FILE_TYPE_DISK || is_done(FlushFileBuffers(handle));
    }

    bool sync_all(const std::string&) override { return true; }  // only an administrator may

    bool lock(int file) override {
        // Far behind all bytes: here a lock keeps others from reading, too.
        OVERLAPPED place = at(std::uint64_t{1} << 62);
        return is_done(LockFileEx(handle_of(file), LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &place));
    }

    std::optional<FileStatus> status(int file) override { return told(handle_of(file)); }

    std::optional<FileStatus> status(const std::string& path) override {
        const Handle handle(looked_at(path, 0));
        if (!handle.is_valid()) {
            set_errno();
            return std::nullopt;
        }
        return told(handle.get());
    }

    std::optional<FileStatus> link_status(const std::string& path) override {
        const Handle handle(looked_at(path, FILE_FLAG_OPEN_REPARSE_POINT));
        if (!handle.is_valid()) {
            set_errno();
            return std::nullopt;
        }
        std::optional<FileStatus> status = told(handle.get());
        FILE_ATTRIBUTE_TAG_INFO tag{};
        if (status &&
            GetFileInformationByHandleEx(handle.get(), FileAttributeTagInfo, &tag, sizeof tag) !=
                0 &&
            tag.ReparseTag == IO_REPARSE_TAG_SYMLINK) {
            status->kind = FileStatus::Kind::link;
        }
        return status;
    }

    std::optional<std::string> link_target(const std::string& path) override {
        // Where a chain of links ends.
        const Handle handle(looked_at(path, 0));
        if (!handle.is_valid()) {
            set_errno();
            return std::nullopt;
        }
        const DWORD size = GetFinalPathNameByHandleW(handle.get(), nullptr, 0, 0);
        std::wstring target(size, L'\0');
        target.resize(GetFinalPathNameByHandleW(handle.get(), target.data(), size, 0));
        constexpr std::wstring_view prefix = L"\\\\?\\";
        return narrow(target.starts_with(prefix) ? target.substr(prefix.size()) : target);
    }

    bool may_write(const std::string& path) override {
        const std::optional<FileStatus> found = status(path);
        if (found && found->permissions == anybody_reads) {
            errno = EACCES;
            return false;
        }
        return found.has_value();
    }

    bool may_execute(const std::string& path) override {
        const std::optional<FileStatus> found = status(path + ".exe");
        return found && found->is_regular();
    }

    bool rename(const std::string& from, const std::string& to, bool replace) override {
        return is_done(MoveFileExW(wide_path(from).c_str(), wide_path(to).c_str(),
                                   replace ? MOVEFILE_REPLACE_EXISTING : 0));
    }

    bool remove(const char* path) override { return is_done(DeleteFileW(wide_path(path).c_str())); }

    bool make_folder(const std::string& path) override {
        return is_done(CreateDirectoryW(wide_path(path).c_str(), nullptr));
    }

    bool remove_folder(const std::string& path) override {
        return is_done(RemoveDirectoryW(wide_path(path).c_str()));
    }

    std::optional<std::vector<std::string>> names_in(const std::string& folder) override {
        std::optional<std::vector<std::string>> names = names_like(folder + "/*");
        if (!names) {
            set_errno();
        }
        return names;
    }

private:
    static bool is_done(BOOL done) {
        if (done == 0) {
            set_errno();
        }
        return done != 0;
    }

    /// The end of a pipe or of a file is no failure.
    static std::ptrdiff_t nothing_or_failure() {
        const DWORD reason = GetLastError();
        if (reason == ERROR_BROKEN_PIPE || reason == ERROR_HANDLE_EOF) {
            return 0;
        }
        set_errno();
        return -1;
    }
};

}  // namespace

FileSystem& systems_own_files() noexcept {
    static WindowsFiles files;
    return files;
}

}  // namespace drumgen
