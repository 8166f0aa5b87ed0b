#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace drumgen {

/// Blocks of a TAR archive; entries begin and end at their edges.
inline constexpr std::size_t tar_block_bytes = 512;

/// Appends a regular file to an archive (POSIX ustar): mode 0644, owner 0, no date, so that the
/// same content gives the same bytes. Entries don't depend on what stands before them.
///   name      at most 100 bytes behind a slash, and 155 before it; not empty
///   content   below 8 GiB
///   returns   where the content begins, bytes from the start of the entry: tar_block_bytes
/// Throws Error (failed) for a name or content that the format can't hold.
std::size_t append_tar_entry(std::vector<std::uint8_t>& archive, std::string_view name,
                             std::span<const std::uint8_t> content);

/// What ends an archive: two blocks of zeros.
[[nodiscard]] std::span<const std::uint8_t> tar_end();

}  // namespace drumgen
