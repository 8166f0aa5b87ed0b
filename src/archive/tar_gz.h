#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "archive/kit_file.h"

namespace drumgen {

/// A gzipped TAR archive of those files in their order. The same files give the same bytes. Throws
/// Error (failed).
[[nodiscard]] std::vector<std::uint8_t> make_tar_gz(std::span<const KitFile> files);

}  // namespace drumgen
