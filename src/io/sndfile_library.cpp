#include "io/sndfile_library.h"

#include <dlfcn.h>

#include <cfenv>
#include <string>

#include "base/error.h"

namespace drumgen {
namespace {

/// With the number of its ABI, as the linker would have recorded it.
constexpr const char* file_name = "libsndfile.so.1";

[[noreturn]] void fail() {
    const char* const reason = dlerror();
    throw Error(Status::failed, std::string("cannot read a WAV without libsndfile: ") +
                                    (reason == nullptr ? file_name : reason) +
                                    " (install the package libsndfile1)");
}

template <class Function>
void find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (function == nullptr) {
        fail();
    }
}

SndfileLibrary load() {
    void* const library = dlopen(file_name, RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) {
        fail();
    }
    // A codec library built with -Ofast turns on flush-to-zero when it is loaded.
    std::fesetenv(FE_DFL_ENV);
    SndfileLibrary functions;
    find(library, "sf_version_string", functions.version_string);
    find(library, "sf_strerror", functions.strerror);
    find(library, "sf_open_virtual", functions.open_virtual);
    find(library, "sf_close", functions.close);
    find(library, "sf_command", functions.command);
    find(library, "sf_get_string", functions.get_string);
    find(library, "sf_read_float", functions.read_float);
    find(library, "sf_read_int", functions.read_int);
    return functions;
}

}  // namespace

const SndfileLibrary& sndfile_library() {
    static const SndfileLibrary functions = load();
    return functions;
}

}  // namespace drumgen
