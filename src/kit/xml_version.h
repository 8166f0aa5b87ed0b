#pragma once

#include <string>

namespace drumgen {

/// The version of pugixml.
[[nodiscard]] std::string xml_version();

}  // namespace drumgen
