#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "io/file.h"

namespace drumgen {

/// Writes sounds one behind the other into a file, into one file after another, or to standard
/// output. A file gets its name when it is complete.
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
    struct Open;
    struct Close {
        void operator()(Open* open) const;
    };

    bool is_tar_;
    Overwrite overwrite_;
    std::unique_ptr<Open, Close> open_;
};

}  // namespace drumgen
