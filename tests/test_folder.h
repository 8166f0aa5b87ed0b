#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace drumgen {

/// An empty folder that is removed in the end.
struct Folder {
    std::filesystem::path path;

    Folder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "drumgen-test-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string at(const std::string& name) const { return (path / name).string(); }
    [[nodiscard]] std::ptrdiff_t entries() const {
        return std::distance(std::filesystem::directory_iterator(path),
                             std::filesystem::directory_iterator());
    }
};

}  // namespace drumgen
