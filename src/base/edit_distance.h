#pragma once

#include <cstddef>
#include <string_view>

namespace drumgen {

/// Edits that turn one word into the other, in bytes: insert, delete, replace, or swap of two
/// neighbours. No byte is edited twice (optimal string alignment), so it costs time of the product
/// of both lengths.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

}  // namespace drumgen
