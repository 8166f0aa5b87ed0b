#include "system/file_system.h"

namespace drumgen {
namespace {

FileSystem* stand_in = nullptr;

}  // namespace

FileSystem& file_system() noexcept {
    return stand_in == nullptr ? systems_own_files() : *stand_in;
}

void replace_file_system(FileSystem* other) noexcept {
    stand_in = other;
}

}  // namespace drumgen
