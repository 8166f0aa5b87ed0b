#include "base/shared_library.h"

#include <dlfcn.h>

#include <cfenv>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {
namespace {

std::string reason_of_loader() {
    const char* const reason = dlerror();
    return reason == nullptr ? "" : reason;
}

}  // namespace

SharedLibrary::SharedLibrary(const std::string& name, std::string doing, std::string package)
    : doing_(std::move(doing)),
      package_(std::move(package)),
      handle_(dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL)) {
    if (handle_ == nullptr) {
        fail(reason_of_loader());
    }
    // A library built with -Ofast turns on flush-to-zero when it is loaded.
    std::fesetenv(FE_DFL_ENV);
}

void* SharedLibrary::symbol(const char* name) const {
    void* const found = dlsym(handle_, name);
    if (found == nullptr) {
        fail(reason_of_loader());
    }
    return found;
}

void SharedLibrary::fail(const std::string& reason) const {
    throw Error(Status::failed,
                formatted("cannot {}: {} (install the package {})", doing_, reason, package_));
}

}  // namespace drumgen
