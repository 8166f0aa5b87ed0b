#pragma once

#include <string>
#include <string_view>

namespace drumgen {

/// The scdoc source of the manual page of a command, or of the whole for "drumgen"; empty when
/// there is no such page. Commands and their options come from their definitions.
[[nodiscard]] std::string manual(std::string_view page);

}  // namespace drumgen
