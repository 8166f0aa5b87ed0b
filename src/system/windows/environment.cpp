#include "system/environment.h"

#include <cstdlib>

#include "system/windows/wide.h"

namespace drumgen {

std::optional<std::string> environment_variable(const char* name) {
    const wchar_t* const value = _wgetenv(wide(name).c_str());
    return value == nullptr ? std::nullopt : std::optional(narrow(value));
}

std::string data_folder() {
    return environment_variable(variable_of_data_folder()).value_or("");
}

const char* variable_of_data_folder() {
    return "LOCALAPPDATA";
}

}  // namespace drumgen
