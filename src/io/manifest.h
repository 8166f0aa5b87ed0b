#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "io/line_reader.h"

namespace drumgen {

/// What the manifest says of one sound, but for where it begins in its container, which is known
/// only when it is written.
struct ManifestEntry {
    std::string head;  ///< from the brace to before the offset, with the comma
    std::string tail;  ///< from behind the offset to the brace
};

/// A list of the sounds of a batch, a line of JSON each. It grows as `PATH.part` and gets its name
/// when the batch is complete; a run that was broken off is taken up from there.
class Manifest {
public:
    /// Begins it anew, or with `resume` takes up what a broken or complete run left.
    /// Throws Error (failed).
    Manifest(std::string path, bool resume);
    ~Manifest();
    Manifest(const Manifest&) = delete;
    Manifest& operator=(const Manifest&) = delete;

    /// The next line that the earlier run left; none at its end. Read ahead of keep().
    [[nodiscard]] std::optional<std::string> known();

    /// The next line of the earlier run still holds.
    void keep(const std::string& line);

    /// Adds a line, newline included; what the earlier run left beyond the lines kept is dropped.
    void append(const std::string& line);

    /// Flushes it to the disk and gives it its name. Throws Error: invalid when the earlier run left
    /// more lines than were kept, failed when it can't be written.
    void finish();

private:
    std::string path_;
    std::string part_;
    int descriptor_ = -1;
    std::unique_ptr<LineReader> earlier_;
    std::uint64_t size_ = 0;  // bytes that hold
    bool is_cut_ = true;      // nothing lies beyond them
};

}  // namespace drumgen
