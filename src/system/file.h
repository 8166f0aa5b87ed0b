#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "system/file_system.h"

namespace drumgen {

/// What stands for a standard stream where a file may be named.
inline constexpr std::string_view pipe_name = "-";

/// What messages call a file that is read: its path, or "standard input".
[[nodiscard]] std::string input_place(const std::string& path);

/// An open file, which is closed when this goes; standard streams stay open.
class File {
public:
    File() = default;
    /// number   as FileSystem::open() gives it; negative: none
    explicit File(int number) : number_(number) {}
    ~File() { (void)close(); }
    File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    File& operator=(File&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

    /// False when that fails; errno says why.
    bool close();

private:
    int number_ = -1;
};

/// Is there anything of that name, or what a link of that name leads to?
[[nodiscard]] bool exists(const std::string& path);
[[nodiscard]] bool is_regular_file(const std::string& path);
[[nodiscard]] bool is_folder(const std::string& path);

/// Names in a folder, sorted. Throws Error (failed).
[[nodiscard]] std::vector<std::string> names_in(const std::string& folder);

/// Opens a file to read it, or standard input ("-"). Throws Error (failed).
[[nodiscard]] File open_to_read(const std::string& path);

/// The next bytes, at least one but at the end, as long as it takes. Throws Error (failed) naming
/// `place`.
[[nodiscard]] std::size_t read_some(const File& file, std::span<std::uint8_t> bytes,
                                    const std::string& place);

/// Whole file or standard input ("-"), at most `limit` bytes. Throws Error: failed when it can't be
/// read, invalid when it is larger.
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::string& path, std::size_t limit);

/// Makes a folder, and those that it is to be in. What fails shows when something is put into it.
void make_folders(const std::string& path);

/// Flushes to the disk what was written to the file system of a folder. Throws Error (failed).
void flush_folder(const std::string& folder);

/// Throws Error (failed) that names what was tried, the path, the reason by errno and a remedy.
[[noreturn]] void fail_with_errno(std::string_view doing, const std::string& path);

/// All bytes to an open file, or to a place in it. Throws Error (failed) naming `path`.
void write_to(int file, std::span<const std::uint8_t> bytes, const std::string& path);
void write_at(int file, std::span<const std::uint8_t> bytes, std::uint64_t offset,
              const std::string& path);

/// Writes to standard output, all of it, or throws Error (failed).
void write_stdout(std::span<const std::uint8_t> bytes);
void write_stdout(std::string_view text);

/// Writes to standard error, as far as it goes: nothing can be told when that fails.
void write_stderr(std::string_view text) noexcept;

}  // namespace drumgen
