#pragma once

#include <string>

namespace drumgen {

/// A shared library that is loaded when it is needed and stays: linked to the program, it would
/// cost every start what a sound costs. How one is loaded stands in system/; whoever builds this
/// for a place that has none says so by a definition of their own.
class SharedLibrary {
public:
    /// name        as the linker would have recorded it, "libzip.so.4"
    /// doing       what can't be done without it, for the message
    /// package     Debian's, for the message
    /// Throws Error (failed) when it is missing.
    SharedLibrary(const std::string& name, std::string doing, std::string package);

    /// Looks up a function. Throws Error (failed) when it has none of that name.
    template <class Function>
    void find(const char* name, Function& function) const {
        function = reinterpret_cast<Function>(symbol(name));
    }

private:
    [[nodiscard]] void* symbol(const char* name) const;
    [[noreturn]] void fail(const std::string& reason) const;

    std::string doing_;
    std::string package_;
    void* handle_;
};

}  // namespace drumgen
