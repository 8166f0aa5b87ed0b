#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "system/output_file.h"

namespace drumgen {

/// Writes sounds one behind the other into a file, into one file after another, or to standard
/// output. A file gets its name when it is complete; one that is not goes away.
class SoundContainer {
public:
    /// is_tar      each file ends as a TAR archive does
    SoundContainer(bool is_tar, Overwrite overwrite) : is_tar_(is_tar), overwrite_(overwrite) {}

    /// Appends to the container of that path; another one than before completes that.
    ///   path      "-": standard output
    ///   returns   where the bytes begin in their container
    /// Throws Error (failed).
    std::uint64_t append(const std::string& path, std::span<const std::uint8_t> bytes);

    /// Completes the container that is open. Throws Error (failed).
    void finish();

private:
    void put(std::span<const std::uint8_t> bytes);

    bool is_tar_;
    Overwrite overwrite_;
    std::string path_{};                // of what is open
    std::optional<OutputFile> file_{};  // none for standard output
    bool is_open_ = false;
    std::uint64_t size_ = 0;
};

}  // namespace drumgen
