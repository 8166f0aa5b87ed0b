#include "io/libraries.h"

#include <sndfile.h>

#include <nlohmann/json.hpp>

namespace drumgen {

std::vector<Library> io_libraries() {
    // Says "libsndfile-1.2.0".
    std::string sndfile = sf_version_string();
    const std::size_t dash = sndfile.find('-');
    return {{"libsndfile", dash == std::string::npos ? sndfile : sndfile.substr(dash + 1)},
            {"nlohmann/json", std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + "." +
                                  std::to_string(NLOHMANN_JSON_VERSION_MINOR) + "." +
                                  std::to_string(NLOHMANN_JSON_VERSION_PATCH)}};
}

}  // namespace drumgen
