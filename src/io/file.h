#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

class TemporaryFile;

/// Whole file or standard input ("-"), at most `limit` bytes. Throws Error: failed when it can't be read, invalid when it is larger.
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::string& path, std::size_t limit);

enum class Overwrite { yes, no };

/// Writes a file whole or not at all: temporary file beside the target, fsync, rename. Devices and FIFOs are written through; a symlink stays and what it names is replaced.
/// INT, TERM and HUP remove the temporary file. Throws Error (failed) naming path and reason.
void write_file(const std::string& path, std::span<const std::uint8_t> bytes, Overwrite overwrite);

enum class Durable { yes, no };

/// A file that has all its bytes and not yet its name: until commit() nobody sees it, and without
/// that it goes away.
class PendingFile {
public:
    /// As write_file, but for the name.
    ///   durable   yes flushes it to the disk; of many files, flush_folder does that at once
    PendingFile(std::string path, std::span<const std::uint8_t> bytes, Overwrite overwrite,
                Durable durable);
    ~PendingFile();
    PendingFile(PendingFile&&) noexcept;
    PendingFile& operator=(PendingFile&&) noexcept;

    /// Gives it its name. Throws Error (failed).
    void commit();

private:
    std::string path_;
    std::string target_;
    Overwrite overwrite_;
    std::unique_ptr<TemporaryFile> file_;
    std::vector<std::uint8_t> through_;  // what a device or FIFO gets
};

/// The folder that a file of this name is in.
[[nodiscard]] std::string folder_of(const std::string& path);

/// Flushes to the disk what was written to the file system of a folder. Throws Error (failed).
void flush_folder(const std::string& folder);

/// Throws Error (failed) that names what was tried, the path, the reason by errno and a remedy.
[[noreturn]] void fail_with_errno(std::string_view doing, const std::string& path);

/// All bytes to an open file. Throws Error (failed) naming `path`.
void write_to(int descriptor, std::span<const std::uint8_t> bytes, const std::string& path);

/// Writes to standard output, all of it, or throws Error (failed).
void write_stdout(std::span<const std::uint8_t> bytes);
void write_stdout(std::string_view text);

/// Removes temporary files on INT, TERM, HUP; leaves PIPE alone; ignores XFSZ so that the write fails instead. Called once by main.
void install_signal_handlers();

}  // namespace drumgen
