#include "base/shared_library.h"

#include <windows.h>

#include <cfenv>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "system/windows/wide.h"

namespace drumgen {
namespace {

/// What "libzip.so.4" is called here: by MinGW, by those who build it themselves, by its makers.
std::vector<std::string> names_of(const std::string& name) {
    const std::size_t end = name.find(".so");
    const std::string base = name.substr(0, end);
    const std::string number = name.substr(name.rfind('.') + 1);
    return {formatted("{}-{}.dll", base, number), base + ".dll",
            base.substr(base.starts_with("lib") ? 3 : 0) + ".dll"};
}

HMODULE load(const std::string& name) {
    for (const std::string& one : names_of(name)) {
        if (HMODULE found = LoadLibraryW(wide(one).c_str())) {
            return found;
        }
    }
    return nullptr;
}

}  // namespace

SharedLibrary::SharedLibrary(const std::string& name, std::string doing, std::string package)
    : doing_(std::move(doing)), package_(std::move(package)), handle_(load(name)) {
    if (handle_ == nullptr) {
        fail("no " + listed_or(names_of(name)) +
             " is found; put one beside drumgen.exe, or into a folder of PATH");
    }
    // A library built with -Ofast turns on flush-to-zero when it is loaded.
    std::fesetenv(FE_DFL_ENV);
}

void* SharedLibrary::symbol(const char* name) const {
    const FARPROC found = GetProcAddress(static_cast<HMODULE>(handle_), name);
    if (found == nullptr) {
        fail(formatted("it is too old, it has no {}", name));
    }
    return reinterpret_cast<void*>(found);
}

void SharedLibrary::fail(const std::string& reason) const {
    throw Error(Status::failed, formatted("cannot {}: {}", doing_, reason));
}

}  // namespace drumgen
