#pragma once

#include <string>
#include <vector>

namespace drumgen {

struct Library {
    std::string name;
    std::string version;
};

/// The libraries that files are read and written with.
[[nodiscard]] std::vector<Library> io_libraries();

}  // namespace drumgen
