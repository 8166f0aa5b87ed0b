#include "io/shared_library.h"

#include <dlfcn.h>

#include <cfenv>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {

SharedLibrary::SharedLibrary(const char* file_name, std::string doing, std::string package)
    : doing_(std::move(doing)),
      package_(std::move(package)),
      handle_(dlopen(file_name, RTLD_LAZY | RTLD_LOCAL)) {
    if (handle_ == nullptr) {
        fail();
    }
    // A library built with -Ofast turns on flush-to-zero when it is loaded.
    std::fesetenv(FE_DFL_ENV);
}

void* SharedLibrary::symbol(const char* name) const {
    void* const found = dlsym(handle_, name);
    if (found == nullptr) {
        fail();
    }
    return found;
}

void SharedLibrary::fail() const {
    const char* const reason = dlerror();
    throw Error(Status::failed, formatted("cannot {}: {} (install the package {})", doing_,
                                          reason == nullptr ? "" : reason, package_));
}

}  // namespace drumgen
