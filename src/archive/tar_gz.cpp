#include "archive/tar_gz.h"

#include "archive/gzip.h"
#include "archive/tar.h"

namespace drumgen {

std::vector<std::uint8_t> make_tar_gz(std::span<const KitFile> files) {
    std::vector<std::uint8_t> archive;
    for (const KitFile& file : files) {
        append_tar_entry(archive, file.path(), file.bytes());
    }
    archive.insert(archive.end(), tar_end().begin(), tar_end().end());
    return gzip_stored(archive);
}

}  // namespace drumgen
