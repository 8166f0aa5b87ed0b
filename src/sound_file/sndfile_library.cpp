#include "sound_file/sndfile_library.h"

#include "drumgen/error.h"

namespace drumgen {

const SndfileLibrary& sndfile_library() {
    static const SndfileLibrary functions(
        SharedLibrary("libsndfile.so.1", "read or write this kind of sound file without libsndfile",
                      "libsndfile1"));
    return functions;
}

std::string sndfile_version() {
    try {
        // Says "libsndfile-1.2.0".
        const std::string name = sndfile_library().version_string();
        return name.substr(name.find('-') + 1);
    } catch (const Error&) {
        return "missing";
    }
}

}  // namespace drumgen
