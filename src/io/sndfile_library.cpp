#include "io/sndfile_library.h"

#include "io/shared_library.h"

namespace drumgen {
namespace {

SndfileLibrary load() {
    const SharedLibrary library("libsndfile.so.1", "read a sound without libsndfile",
                                "libsndfile1");
    SndfileLibrary functions;
    library.find("sf_version_string", functions.version_string);
    library.find("sf_strerror", functions.strerror);
    library.find("sf_open_virtual", functions.open_virtual);
    library.find("sf_close", functions.close);
    library.find("sf_read_float", functions.read_float);
    library.find("sf_readf_float", functions.readf_float);
    library.find("sf_read_int", functions.read_int);
    return functions;
}

}  // namespace

const SndfileLibrary& sndfile_library() {
    static const SndfileLibrary functions = load();
    return functions;
}

}  // namespace drumgen
