#include "system/file.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/bytes.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "system/path.h"

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
#ifdef EDQUOT
        case EDQUOT:
#endif
            return " (free some space or write elsewhere)";
        case EFBIG:
            return " (raise the limit with ulimit -f)";
        case EMFILE:
            return " (raise the limit with ulimit -n)";
        case EACCES:
        case EPERM:
        case EROFS:
            return " (write elsewhere or change its permissions)";
        default:
            return "";
    }
}

/// The same where nothing is written.
std::string_view remedy_of_reading(int error) {
    switch (error) {
        case ENOENT:
            return " (is the name right?)";
        case EMFILE:
            return remedy_of(error);
        default:
            return "";
    }
}

/// All bytes by `put`, which moves some of them, or false; errno says why.
template <class Put>
bool write_all(int file, std::span<const std::uint8_t> bytes, const Put& put) {
    constexpr int forever = -1;
    while (!bytes.empty()) {
        const std::ptrdiff_t written = put(bytes);
        if (written >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            (void)file_system().wait_to_write(file, forever);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool write_all(int file, std::span<const std::uint8_t> bytes) {
    return write_all(file, bytes, [file](std::span<const std::uint8_t> left) {
        return file_system().write(file, left);
    });
}

}  // namespace

std::string input_place(const std::string& path) {
    return path == pipe_name ? "standard input" : path;
}

bool File::close() {
    const int number = std::exchange(number_, -1);
    return number <= standard_error || file_system().close(number);
}

bool exists(const std::string& path) {
    return file_system().status(path).has_value();
}

bool is_regular_file(const std::string& path) {
    const std::optional<FileStatus> status = file_system().status(path);
    return status && status->is_regular();
}

bool is_folder(const std::string& path) {
    const std::optional<FileStatus> status = file_system().status(path);
    return status && status->is_folder();
}

std::vector<std::string> names_in(const std::string& folder) {
    std::optional<std::vector<std::string>> names = file_system().names_in(folder);
    if (!names) {
        fail("read", folder, errno);
    }
    std::sort(names->begin(), names->end());
    return std::move(*names);
}

File open_to_read(const std::string& path) {
    File file(path == pipe_name ? standard_input : file_system().open(path, Access::read));
    if (!file.is_open()) {
        fail("read", path, errno, remedy_of_reading(errno));
    }
    return file;
}

std::size_t read_some(const File& file, std::span<std::uint8_t> bytes, const std::string& place) {
    for (;;) {
        const std::ptrdiff_t count = file_system().read(file.number(), bytes);
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            fail("read", place, errno);
        }
    }
}

std::vector<std::uint8_t> read_file(const std::string& path, std::size_t limit) {
    const std::string name = input_place(path);
    const File file = open_to_read(path);
    const std::optional<FileStatus> status = file_system().status(file.number());
    const std::size_t size = status && status->is_regular() ? status->size : 0;
    constexpr std::size_t chunk = 1 << 16;
    std::vector<std::uint8_t> bytes(std::min(size, limit) + 1);
    std::size_t filled = 0;
    for (;;) {
        if (filled == bytes.size()) {
            bytes.resize(std::min(2 * bytes.size() + chunk, limit + 1));
        }
        const std::size_t count = read_some(file, std::span(bytes).subspan(filled), name);
        if (count == 0) {
            break;
        }
        filled += count;
        if (filled > limit) {
            throw Error(Status::invalid,
                        formatted("{} is larger than the limit of {} MiB", name, limit >> 20));
        }
    }
    bytes.resize(filled);
    return bytes;
}

void make_folders(const std::string& path) {
    if (path.empty() || is_folder(path)) {
        return;
    }
    make_folders(parent_of(path));
    (void)file_system().make_folder(path);
}

void flush_folder(const std::string& folder) {
    if (!file_system().sync_all(folder)) {
        fail_with_errno("flush", folder);
    }
}

void fail_with_errno(std::string_view doing, const std::string& path) {
    fail(doing, path, errno, remedy_of(errno));
}

void write_to(int file, std::span<const std::uint8_t> bytes, const std::string& path) {
    if (!write_all(file, bytes)) {
        fail_with_errno("write", path);
    }
}

void write_at(int file, std::span<const std::uint8_t> bytes, std::uint64_t offset,
              const std::string& path) {
    const std::size_t size = bytes.size();
    const bool is_done = write_all(file, bytes, [&](std::span<const std::uint8_t> left) {
        return file_system().write_at(file, left, offset + (size - left.size()));
    });
    if (!is_done) {
        fail_with_errno("write", path);
    }
}

void write_stdout(std::span<const std::uint8_t> bytes) {
    write_to(standard_output, bytes, "standard output");
}

void write_stdout(std::string_view text) {
    write_stdout(bytes_of(text));
}

void write_stderr(std::string_view text) noexcept {
    (void)file_system().write(standard_error, bytes_of(text));
}

}  // namespace drumgen
