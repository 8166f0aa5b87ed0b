#pragma once

#include <string>

namespace drumgen {

/// The scdoc source of drumgen(1). The commands and their options come from their definitions.
[[nodiscard]] std::string manual();

}  // namespace drumgen
