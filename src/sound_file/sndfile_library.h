#pragma once

#include <sndfile.h>

#include "base/shared_library.h"

namespace drumgen {

/// The functions of libsndfile that reading and writing a sound take, loaded when they are first asked for:
/// the library and its seven codec libraries cost a process 3.7 ms, as much as rendering a sound.
struct SndfileLibrary {
    explicit SndfileLibrary(const SharedLibrary& library) {
#define DRUMGEN_FUNCTION(name) library.find("sf_" #name, name);
#include "sound_file/sndfile_functions.def"
#undef DRUMGEN_FUNCTION
    }

#define DRUMGEN_FUNCTION(name) \
    decltype(&sf_##name) name = nullptr;  // NOLINT(bugprone-macro-parentheses): a name
#include "sound_file/sndfile_functions.def"
#undef DRUMGEN_FUNCTION
};

/// Throws Error (failed) when the library is missing, each time it is asked for.
[[nodiscard]] const SndfileLibrary& sndfile_library();

/// The version of libsndfile; "missing" without it.
[[nodiscard]] std::string sndfile_version();

}  // namespace drumgen
