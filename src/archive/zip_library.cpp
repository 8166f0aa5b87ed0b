#include "archive/zip_library.h"

namespace drumgen {

const ZipLibrary& zip_library() {
    static const ZipLibrary functions(
        SharedLibrary("libzip.so.4", "read or write a ZIP without libzip", "libzip4"));
    return functions;
}

}  // namespace drumgen
