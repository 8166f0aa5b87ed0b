#pragma once

#include <string>

namespace drumgen {

/// A shared library that is loaded when it is needed and stays: linked to the program, it would
/// cost every start what a sound costs.
class SharedLibrary {
public:
    /// file_name   with the number of its ABI, as the linker would have recorded it
    /// doing       what can't be done without it, for the message
    /// package     Debian's, for the message
    /// Throws Error (failed) when it is missing.
    SharedLibrary(const char* file_name, std::string doing, std::string package);

    /// Looks up a function. Throws Error (failed) when it has none of that name.
    template <class Function>
    void find(const char* name, Function& function) const {
        function = reinterpret_cast<Function>(symbol(name));
    }

private:
    [[nodiscard]] void* symbol(const char* name) const;
    [[noreturn]] void fail() const;

    std::string doing_;
    std::string package_;
    void* handle_;
};

}  // namespace drumgen
