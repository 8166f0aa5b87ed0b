#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "system/file.h"

namespace drumgen {

class TemporaryFile;

enum class Overwrite { yes, no };
enum class Durable { yes, no };

/// Where a path leads when it is written.
struct OutputTarget {
    std::string path;         ///< to open or to replace: what links lead to
    bool is_through = false;  ///< an open file, a device or a FIFO: it is written and stays
    bool exists = false;
    unsigned permissions = 0;  ///< of an existing regular file
};

/// Looks up where `path` leads. A symbolic link stays, what it names is replaced; /dev/stdout,
/// /dev/fd/N and links to them stand for an open file, which must not be replaced behind its
/// owner's back. Throws Error (failed) for a folder, for what may not be written, and with
/// Overwrite::no for any name that exists but devices and FIFOs.
[[nodiscard]] OutputTarget output_target(const std::string& path, Overwrite overwrite);

/// What output_target would throw; empty when the path can be written.
[[nodiscard]] std::string target_problem(const std::string& path, Overwrite overwrite);

/// The path that a chain of symbolic links ends at, which need not exist; the chain ends early at a
/// name of an open file. Empty when it does not end; errno is ELOOP.
[[nodiscard]] std::string end_of_links(const std::string& path);

/// An output that grows. A regular file has its name only after commit(); without that it goes
/// away, and INT, TERM, HUP and PIPE take it away too. Devices and FIFOs get each byte at once.
class OutputFile {
public:
    /// Throws Error (failed).
    OutputFile(std::string path, Overwrite overwrite);
    ~OutputFile();
    OutputFile(OutputFile&&) noexcept;
    OutputFile& operator=(OutputFile&&) noexcept;

    /// Is it a device or a FIFO, so that what was written is gone and nothing can be read back?
    [[nodiscard]] bool is_through() const noexcept { return target_.is_through; }

    /// Throws Error (failed). A FIFO is waited for until somebody reads it.
    void write(std::span<const std::uint8_t> bytes);

    /// To a place in a regular file, for who writes it in another order than from start to end.
    /// Throws Error (failed).
    ///   offset   bytes from the start
    void write_at(std::span<const std::uint8_t> bytes, std::uint64_t offset);

    /// No more is written. Throws Error (failed).
    ///   durable   yes flushes it to the disk; of many files, flush_folder does that at once
    void close(Durable durable);

    /// Gives the closed file its name. Throws Error (failed).
    void commit();

private:
    void open_through();

    std::string path_;
    OutputTarget target_;
    Overwrite overwrite_;
    std::unique_ptr<TemporaryFile> file_;
    File through_;
};

/// A file that has all its bytes and not yet its name, made by one thread and named by another, in
/// its turn. A device or FIFO gets the bytes in that turn.
class PendingFile {
public:
    /// Throws Error (failed).
    PendingFile(std::string path, std::span<const std::uint8_t> bytes, Overwrite overwrite,
                Durable durable);

    /// Gives it its name. Throws Error (failed).
    void commit();

private:
    OutputFile file_;
    std::vector<std::uint8_t> through_;  // what a device or FIFO gets
};

/// Writes a file whole or not at all. Throws Error (failed) naming path and reason.
void write_file(const std::string& path, std::span<const std::uint8_t> bytes, Overwrite overwrite);

}  // namespace drumgen
