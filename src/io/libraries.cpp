#include "io/libraries.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "drumgen/error.h"
#include "io/sndfile_library.h"

namespace drumgen {
namespace {

std::string sndfile_version() {
    try {
        // Says "libsndfile-1.2.0".
        const std::string name = sndfile_library().version_string();
        return name.substr(name.find('-') + 1);
    } catch (const Error&) {
        return "missing";
    }
}

}  // namespace

std::vector<Library> io_libraries() {
    return {{"libsndfile", sndfile_version()},
            {"nlohmann/json", formatted("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR,
                                        NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)}};
}

}  // namespace drumgen
