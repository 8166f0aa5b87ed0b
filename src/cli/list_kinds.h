#pragma once

#include <string_view>
#include <vector>

namespace drumgen {

/// What drumgen list prints, in the order that it tells.
[[nodiscard]] std::vector<std::string_view> list_kinds();

}  // namespace drumgen
