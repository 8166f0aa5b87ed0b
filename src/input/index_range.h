#pragma once

#include <cstdint>
#include <string>

namespace drumgen {

/// Places in a data set, from first to before last.
struct IndexRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

/// "0:1000", as --range takes it. Throws Error (invalid).
[[nodiscard]] IndexRange range_from_text(const std::string& text);

/// Part k of n of a range, "k/n", as --shard takes it: the parts stand one behind the other and
/// differ by at most one. Throws Error (invalid).
[[nodiscard]] IndexRange part_from_text(const IndexRange& range, const std::string& text);

}  // namespace drumgen
