#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "system/line_reader.h"
#include "system/output_file.h"

namespace drumgen {

/// A list of the sounds of a batch, a line of JSON each. It grows as `PATH.part` and gets its name
/// when the batch is complete; a run that was broken off is taken up from there. A device or FIFO
/// gets each line at once, and no run can be taken up from it.
class Manifest {
public:
    /// Begins it anew, or with `resume` takes up what a broken or complete run left. A complete
    /// list stays as it is until the new one is. Throws Error: invalid when there is nothing that
    /// could be resumed, failed when it can't be written.
    Manifest(const std::string& path, bool resume, Overwrite overwrite);

    /// The next line that the earlier run left; none at its end. Read ahead of keep().
    [[nodiscard]] std::optional<std::string> known();

    /// The next line of the earlier run still holds.
    void keep(const std::string& line);

    /// Adds a line, newline included; what the earlier run left beyond the lines kept is dropped.
    void append(const std::string& line);

    /// Flushes it to the disk and gives it its name. Throws Error: invalid when the earlier run
    /// left more lines than were kept, failed when it can't be written.
    void finish();

    /// What it grows as; empty when the path is a device or FIFO. Throws Error (failed).
    [[nodiscard]] static std::string part_of(const std::string& path);

private:
    void begin();
    void take_up();

    std::string path_;
    std::string part_;
    std::optional<OutputFile> through_;  ///< a device or FIFO instead
    File file_;                          ///< the part; none while a complete list holds
    std::string earlier_path_;
    std::unique_ptr<LineReader> earlier_;
    std::uint64_t size_ = 0;  // bytes that hold
    bool is_cut_ = true;      // nothing lies beyond them
    Overwrite overwrite_;
};

}  // namespace drumgen
