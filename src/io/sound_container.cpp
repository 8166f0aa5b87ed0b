#include "io/sound_container.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "io/tar.h"
#include "io/temporary_file.h"

namespace drumgen {
namespace {

constexpr std::string_view pipe = "-";

}  // namespace

/// A container that is being written.
struct SoundContainer::Open {
    std::string path;
    std::uint64_t size = 0;
    std::optional<TemporaryFile> file{};  ///< none for standard output

    [[nodiscard]] int descriptor() const { return file ? file->descriptor() : STDOUT_FILENO; }
};

void SoundContainer::Close::operator()(Open* open) const {
    delete open;
}

std::uint64_t SoundContainer::append(const std::string& path, std::span<const std::uint8_t> bytes) {
    if (open_ && open_->path != path) {
        finish();
    }
    if (!open_) {
        open_.reset(new Open{path});
        struct stat status {};
        if (path != pipe) {
            const bool exists = stat(path.c_str(), &status) == 0;
            if (exists && !S_ISREG(status.st_mode)) {
                errno = S_ISDIR(status.st_mode) ? EISDIR : EEXIST;
                fail_with_errno("write", path);
            }
            if (exists && overwrite_ == Overwrite::no) {
                errno = EEXIST;
                fail_with_errno("write", path);
            }
            open_->file.emplace(folder_of(path));
            if (open_->file->descriptor() < 0) {
                fail_with_errno("write", path);
            }
        }
    }
    const std::uint64_t begin = open_->size;
    write_to(open_->descriptor(), bytes, path == pipe ? "standard output" : path);
    open_->size += bytes.size();
    return begin;
}

void SoundContainer::finish() {
    if (!open_) {
        return;
    }
    const std::unique_ptr<Open, Close> done = std::move(open_);
    if (is_tar_) {
        write_to(done->descriptor(), tar_end(), done->file ? done->path : "standard output");
    }
    if (done->file && (!done->file->finish() ||
                       !done->file->rename_to(done->path, overwrite_ == Overwrite::yes))) {
        fail_with_errno("write", done->path);
    }
}

}  // namespace drumgen
