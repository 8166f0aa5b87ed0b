#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// Whole file or standard input ("-"), at most `limit` bytes. Throws Error: failed when it can't be read, invalid when it is larger.
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::string& path, std::size_t limit);

enum class Overwrite { yes, no };

/// Writes a file whole or not at all: temporary file beside the target, fsync, rename. Devices and FIFOs are written through; a symlink stays and what it names is replaced.
/// INT, TERM and HUP remove the temporary file. Throws Error (failed) naming path and reason.
void write_file(const std::string& path, std::span<const std::uint8_t> bytes, Overwrite overwrite);

/// Writes to standard output, all of it, or throws Error (failed).
void write_stdout(std::span<const std::uint8_t> bytes);
void write_stdout(std::string_view text);

/// Removes temporary files on INT, TERM, HUP; leaves PIPE alone; ignores XFSZ so that the write fails instead. Called once by main.
void install_signal_handlers();

}  // namespace drumgen
