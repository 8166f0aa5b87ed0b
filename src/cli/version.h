#pragma once

#include <string>

namespace drumgen {

/// "0.1.0"
[[nodiscard]] std::string program_version();

/// Version, sound version, instruction set in use, libraries and compiler: for people, and as one
/// JSON object.
[[nodiscard]] std::string version_text();
[[nodiscard]] std::string version_json();

}  // namespace drumgen
