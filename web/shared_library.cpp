#include "base/shared_library.h"

#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {

// A page has no libraries to load.
SharedLibrary::SharedLibrary(const std::string&, std::string doing, std::string package)
    : doing_(std::move(doing)), package_(std::move(package)), handle_(nullptr) {
    fail("there are none in a page");
}

void* SharedLibrary::symbol(const char*) const {
    return nullptr;
}

void SharedLibrary::fail(const std::string& reason) const {
    throw Error(Status::failed, formatted("cannot {}: {}", doing_, reason));
}

}  // namespace drumgen
