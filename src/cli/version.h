#pragma once

#include <string>

namespace drumgen {

/// Version, sound version, instruction set in use, libraries and compiler: for people, and as one
/// JSON object.
[[nodiscard]] std::string version_text();
[[nodiscard]] std::string version_json();

}  // namespace drumgen
