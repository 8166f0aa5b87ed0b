#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "system/file.h"

namespace drumgen {

/// Reads a text of any length line by line, in constant memory.
class LineReader {
public:
    /// Opens a file, or "-" for standard input. Throws Error (failed).
    explicit LineReader(const std::string& path);

    /// How much may be read; next() throws Error (invalid) beyond it.
    struct Limit {
        std::uint64_t bytes = std::numeric_limits<std::uint64_t>::max();
        std::size_t lines = std::numeric_limits<std::size_t>::max();
        std::string remedy{};  ///< what to do then
    };
    void allow(Limit limit) { limit_ = std::move(limit); }

    /// The next line that is not blank; false at the end. Throws Error: failed when reading fails,
    /// invalid when a line is longer than max_patch_bytes.
    [[nodiscard]] bool next(NumberedLine& line);

    /// Can next() answer without waiting for a pipe's other end?
    [[nodiscard]] bool ready();

    /// The first line that is not blank, and whether more follows it; nothing is used up. Empty
    /// when that line is longer than max_patch_bytes.
    struct Opening {
        std::string_view line;
        bool has_more = false;
    };
    [[nodiscard]] Opening peek();

    /// Everything from the start. Only before the first next(). Throws Error (invalid) above
    /// `limit` bytes.
    [[nodiscard]] std::vector<std::uint8_t> all(std::size_t limit);

    /// What messages call the input.
    [[nodiscard]] const std::string& place() const noexcept { return place_; }

    [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_read_; }

private:
    /// Reads some more; false at the end.
    bool fill();
    [[nodiscard]] std::string_view buffered() const noexcept {
        return std::string_view(buffer_).substr(begin_);
    }

    std::string place_;
    File file_;
    std::string buffer_;
    std::size_t begin_ = 0;    // what stands before it is used up
    std::size_t scanned_ = 0;  // behind it; no end of a line stands between
    std::size_t number_ = 0;
    std::uint64_t bytes_read_ = 0;
    Limit limit_;
    bool ended_ = false;
};

}  // namespace drumgen
