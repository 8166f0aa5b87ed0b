#pragma once

#include <optional>
#include <string>

namespace drumgen {

/// The value of a variable, in UTF-8; none when it is not set.
[[nodiscard]] std::optional<std::string> environment_variable(const char* name);

/// Where programs keep what is the user's: XDG_DATA_HOME or ~/.local/share, on Windows
/// LOCALAPPDATA. Empty when nobody says.
[[nodiscard]] std::string data_folder();

/// What to set so that there is one, for messages: "HOME".
[[nodiscard]] const char* variable_of_data_folder();

}  // namespace drumgen
