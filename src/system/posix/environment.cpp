#include "system/environment.h"

#include <cstdlib>

namespace drumgen {

std::optional<std::string> environment_variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string data_folder() {
    // A relative one is invalid by the XDG base directory specification.
    if (auto data = environment_variable("XDG_DATA_HOME"); data && data->starts_with('/')) {
        return *data;
    }
    const std::string home = environment_variable("HOME").value_or("");
    return home.empty() ? "" : home + "/.local/share";
}

const char* variable_of_data_folder() {
    return "HOME";
}

}  // namespace drumgen
