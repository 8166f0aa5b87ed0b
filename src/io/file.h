#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// Whole file or standard input ("-"), at most `limit` bytes. Throws Error: failed when it can't be
/// read, invalid when it is larger.
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::string& path, std::size_t limit);

/// The folder that a file of this name is in.
[[nodiscard]] std::string folder_of(const std::string& path);

/// The path of a file that is named from a folder.
[[nodiscard]] std::string path_below(const std::string& folder, const std::string& path);

/// Flushes to the disk what was written to the file system of a folder. Throws Error (failed).
void flush_folder(const std::string& folder);

/// Throws Error (failed) that names what was tried, the path, the reason by errno and a remedy.
[[noreturn]] void fail_with_errno(std::string_view doing, const std::string& path);

/// All bytes to an open file. Throws Error (failed) naming `path`.
void write_to(int descriptor, std::span<const std::uint8_t> bytes, const std::string& path);

/// Writes to standard output, all of it, or throws Error (failed).
void write_stdout(std::span<const std::uint8_t> bytes);
void write_stdout(std::string_view text);

/// Removes temporary files on INT, TERM, HUP and PIPE, and dies by the signal; ignores XFSZ so that
/// the write fails instead.
void install_signal_handlers();

}  // namespace drumgen
