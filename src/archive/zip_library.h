#pragma once

#include <zip.h>

#include "base/shared_library.h"

namespace drumgen {

/// The functions of libzip that kits take, loaded when they are first asked for: the library and
/// the cryptographic one below it would cost every start of the program what a sound costs.
struct ZipLibrary {
    explicit ZipLibrary(const SharedLibrary& library) {
#define DRUMGEN_FUNCTION(name) library.find("zip_" #name, name);
#include "archive/zip_functions.def"
#undef DRUMGEN_FUNCTION
    }

#define DRUMGEN_FUNCTION(name) \
    decltype(&zip_##name) name = nullptr;  // NOLINT(bugprone-macro-parentheses): a name
#include "archive/zip_functions.def"
#undef DRUMGEN_FUNCTION
};

/// Throws Error (failed) when the library is missing, each time it is asked for.
[[nodiscard]] const ZipLibrary& zip_library();

}  // namespace drumgen
