#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace drumgen {

/// Numbers of the streams that every process has.
inline constexpr int standard_input = 0;
inline constexpr int standard_output = 1;
inline constexpr int standard_error = 2;

/// What is at a path, or behind an open file.
struct FileStatus {
    enum class Kind { regular, folder, link, other };  ///< other: a device, FIFO or socket

    Kind kind = Kind::other;
    std::uint64_t size = 0;       ///< bytes, of a regular file
    std::uint64_t device = 0;     ///< with `inode` it tells one file from all others
    std::uint64_t inode = 0;      ///< of a device: its number, whatever node it is opened by
    std::uint64_t links = 1;      ///< names
    unsigned permissions = 0;     ///< rwxrwxrwx
    bool takes_anything = false;  ///< a null device or a terminal, which anybody may write to

    [[nodiscard]] bool is_regular() const noexcept { return kind == Kind::regular; }
    [[nodiscard]] bool is_folder() const noexcept { return kind == Kind::folder; }
    [[nodiscard]] bool is_link() const noexcept { return kind == Kind::link; }
};

/// How a file is opened.
enum class Access {
    read,
    create,            ///< to write; there must be none of that name
    append,            ///< to a device, a FIFO or an open file, from its end on
    append_or_create,  ///< to read as well
    update,            ///< to read and write a regular file that is there; no link is followed
};

/// All that is asked of the operating system's files. Each call that fails leaves its reason in
/// errno; a name is UTF-8, with /. posix/ and windows/ answer, or in a test whatever is put in
/// their place.
class FileSystem {
public:
    FileSystem() = default;
    virtual ~FileSystem() = default;
    FileSystem(const FileSystem&) = delete;
    FileSystem& operator=(const FileSystem&) = delete;

    /// A number that the others take; negative when it fails.
    [[nodiscard]] virtual int open(const std::string& path, Access access) = 0;
    virtual bool close(int file) = 0;

    /// Bytes that were moved, which may be fewer than wished for; negative when it fails.
    ///   offset   from the start; where the file stands does not change
    [[nodiscard]] virtual std::ptrdiff_t read(int file, std::span<std::uint8_t> bytes) = 0;
    [[nodiscard]] virtual std::ptrdiff_t read_at(int file, std::span<std::uint8_t> bytes,
                                                 std::uint64_t offset) = 0;
    [[nodiscard]] virtual std::ptrdiff_t write(int file, std::span<const std::uint8_t> bytes) = 0;
    [[nodiscard]] virtual std::ptrdiff_t write_at(int file, std::span<const std::uint8_t> bytes,
                                                  std::uint64_t offset) = 0;

    /// Waits until it can be read, or written, at most so long; forever below 0. False when it
    /// can't yet.
    [[nodiscard]] virtual bool wait_to_read(int file, int patience_ms) = 0;
    [[nodiscard]] virtual bool wait_to_write(int file, int patience_ms) = 0;

    [[nodiscard]] virtual bool truncate(int file, std::uint64_t size) = 0;
    [[nodiscard]] virtual bool set_permissions(int file, unsigned permissions) = 0;

    /// To the disk: a file, or all that was written to the file system of a folder.
    [[nodiscard]] virtual bool sync(int file) = 0;
    [[nodiscard]] virtual bool sync_all(const std::string& folder) = 0;

    /// Waits until no other process has it, until it is closed.
    [[nodiscard]] virtual bool lock(int file) = 0;

    /// None when there is nothing, or it can't be looked at. `link_status` follows no link.
    [[nodiscard]] virtual std::optional<FileStatus> status(int file) = 0;
    [[nodiscard]] virtual std::optional<FileStatus> status(const std::string& path) = 0;
    [[nodiscard]] virtual std::optional<FileStatus> link_status(const std::string& path) = 0;

    /// What a symbolic link says.
    [[nodiscard]] virtual std::optional<std::string> link_target(const std::string& path) = 0;
    [[nodiscard]] virtual bool may_write(const std::string& path) = 0;

    /// Is that a program, on Windows by its name without .exe?
    [[nodiscard]] virtual bool may_execute(const std::string& path) = 0;

    /// errno is EEXIST when the target exists and `replace` is false.
    [[nodiscard]] virtual bool rename(const std::string& from, const std::string& to,
                                      bool replace) = 0;

    /// Safe in a signal handler.
    virtual bool remove(const char* path) = 0;

    [[nodiscard]] virtual bool make_folder(const std::string& path) = 0;
    virtual bool remove_folder(const std::string& path) = 0;

    /// Names in a folder, in any order, without . and ..; none when it can't be read.
    [[nodiscard]] virtual std::optional<std::vector<std::string>> names_in(
        const std::string& folder) = 0;
};

/// The operating system's, or what stands in for it.
[[nodiscard]] FileSystem& file_system() noexcept;

/// From now on another one answers, for a test of what happens when it fails; the system's own for
/// null. No thread may be using it.
void replace_file_system(FileSystem* other) noexcept;

/// The one of the system: posix/ or windows/.
[[nodiscard]] FileSystem& systems_own_files() noexcept;

}  // namespace drumgen
